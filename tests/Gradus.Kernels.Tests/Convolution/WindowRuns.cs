using System.Numerics;

namespace Gradus.Kernels.Tests.Windows;

/// <summary>Runs a convolution and its adjoints between guard pages, by the kernels or by plain chains, and gives all results.</summary>
internal static unsafe class WindowRuns
{
    /// <summary>
    /// One shape for each way to compute: patches of a first layer, one and several bands, rows as lanes, the phases of strides, single points, and rows of
    /// over a thousand windows.
    /// </summary>
    public static IEnumerable<ConvShape> EachEngine { get; } =
    [
        new(3, 1, 28, 28, 32, 3, 3, 1, 1, 1, 1, 1, 1, 1), new(2, 3, 9, 11, 5, 2, 2, 2, 2, 0, 1, 1, 1, 1), new(1, 1, 1, 2100, 6, 1, 9, 1, 1, 0, 4, 1, 1, 1),
        new(2, 16, 15, 13, 33, 3, 3, 2, 2, 1, 1, 1, 1, 1), new(2, 20, 12, 10, 16, 3, 3, 1, 3, 1, 0, 1, 2, 1), new(2, 12, 7, 3, 18, 1, 1, 2, 5, 0, 0, 1, 1, 1),
        new(2, 6, 19, 21, 12, 3, 3, 2, 2, 1, 1, 1, 1, 6), new(3, 40, 9, 9, 17, 1, 1, 1, 1, 0, 0, 1, 1, 1), new(2, 20, 40, 40, 24, 5, 5, 1, 1, 2, 2, 1, 1, 2),
    ];

    /// <summary>y, dx and dw.</summary>
    public static T[][] Run<T>(ConvShape shape, bool guardBefore = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var memory = new GuardedOperands<T>(guardBefore);
        T* x = memory.Operand((int)(shape.Images * shape.InImage)), w = memory.Operand(shape.Filters * shape.FilterSize), bias = memory.Operand(shape.Filters),
            g = memory.Operand((int)(shape.Images * shape.OutImage));
        T* y = memory.Result((int)(shape.Images * shape.OutImage)), dx = memory.Result((int)(shape.Images * shape.InImage)),
            dw = memory.Result(shape.Filters * shape.FilterSize);
        Convolution.Forward(in shape, x, w, bias, y);
        Convolution.InputGradient(in shape, g, w, dx);
        Convolution.WeightGradient(in shape, x, g, dw);
        return memory.Results;
    }

    /// <summary>y by one chain of fused multiply-adds after the other, element by element.</summary>
    public static T[] PlainForward<T>(ConvShape s) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var memory = new GuardedOperands<T>(false);
        T* x = memory.Operand((int)(s.Images * s.InImage)), w = memory.Operand(s.Filters * s.FilterSize), bias = memory.Operand(s.Filters);
        var y = new T[s.Images * s.OutImage];
        var segments = new ProductSegments(s.FilterSize);
        for (var at = 0; at < y.Length; at++)
        {
            int q = at % s.OutWidth, p = at / s.OutWidth % s.OutHeight, o = (int)(at / s.OutPlane % s.Filters), n = (int)(at / s.OutImage);
            for (var segment = 0; segment < segments.Count; segment++)
            {
                var sum = T.Zero;
                for (var term = segments.Start(segment); term < segments.Start(segment) + segments.Length(segment); term++)
                {
                    int j = term % s.KernelWidth, i = term / s.KernelWidth % s.KernelHeight, c = (o / s.GroupFilters * s.GroupChannels) + (term / s.Taps);
                    int row = (p * s.StrideHeight) - s.PaddingHeight + (i * s.DilationHeight),
                        column = (q * s.StrideWidth) - s.PaddingWidth + (j * s.DilationWidth);
                    var value = row < 0 || row >= s.Height || column < 0 || column >= s.Width
                        ? T.Zero
                        : x[(((((n * s.Channels) + c) * s.Height) + row) * s.Width) + column];
                    sum = T.FusedMultiplyAdd(value, w[(o * s.FilterSize) + term], sum);
                }

                y[at] = segment == 0 ? sum : y[at] + sum;
            }

            y[at] += bias[o];
        }

        return y;
    }
}
