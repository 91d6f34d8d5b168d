using Gradus.Testing;

namespace Gradus.Kernels.Tests.Windows;

/// <summary>Convolution and its adjoints against loops, and bit by bit against themselves.</summary>
[Collection(nameof(ThreadTests))]
public unsafe class ConvolutionTests
{
    /// <summary>Every combination of kernels, strides, paddings and dilations on small odd shapes; channels around the sizes of tiles.</summary>
    private static IEnumerable<ConvShape> Shapes()
    {
        (int Inputs, int Outputs, int Groups)[] channels = [(1, 1, 1), (3, 5, 1), (2, 33, 1), (13, 16, 1), (4, 6, 2), (3, 3, 3), (2, 6, 2)];
        var turn = 0;
        foreach (var kernel in new[] { (1, 1), (3, 3), (2, 5) })
            foreach (var stride in new[] { 1, 2, 3 })
                foreach (var padding in new[] { 0, 1, 3 })
                    foreach (var dilation in new[] { 1, 2 })
                        foreach (var size in new[] { (7, 11), (9, 37) })
                        {
                            var (inputs, outputs, groups) = channels[turn++ % channels.Length];
                            var shape = new ConvShape(
                                1 + (turn % 3), inputs, size.Item1, size.Item2, outputs, kernel.Item1, kernel.Item2,
                                stride, 1 + (stride % 3), padding, padding / 2, dilation, 3 - dilation, groups);
                            if (shape.OutHeight > 0 && shape.OutWidth > 0) yield return shape;
                        }

        foreach (var shape in WindowRuns.EachEngine) yield return shape;
    }

    [Fact]
    public void Forward_and_both_gradients_are_sums_over_windows()
    {
        // given: operands that end at a page that nobody may touch
        foreach (var shape in Shapes())
        {
            using var use = new Use<float>(shape);

            // when
            Convolution.Forward(in shape, use.X.Pointer, use.W.Pointer, use.Bias.Pointer, use.Y.Pointer);
            Convolution.InputGradient(in shape, use.G.Pointer, use.W.Pointer, use.Dx.Pointer);
            Convolution.WeightGradient(in shape, use.X.Pointer, use.G.Pointer, use.Dw.Pointer);

            // then
            use.Naive(out var y, out var dx, out var dw);
            Close(shape, y, use.Y.Span, 1e-5);
            Close(shape, dx, use.Dx.Span, 1e-5);
            Close(shape, dw, use.Dw.Span, 2e-5);
        }
    }

    [Fact]
    public void Nothing_is_read_or_written_before_the_operands()
    {
        // given: operands that begin at a page that nobody may touch, in float64
        foreach (var shape in Shapes())
        {
            using var use = new Use<double>(shape, guardBefore: true);

            // when
            Convolution.Forward(in shape, use.X.Pointer, use.W.Pointer, null, use.Y.Pointer);
            Convolution.InputGradient(in shape, use.G.Pointer, use.W.Pointer, use.Dx.Pointer);
            Convolution.WeightGradient(in shape, use.X.Pointer, use.G.Pointer, use.Dw.Pointer);

            // then
            use.Bias.Span.Clear();
            use.Naive(out var y, out var dx, out var dw);
            Close(shape, y, use.Y.Span, 1e-13);
            Close(shape, dx, use.Dx.Span, 1e-13);
            Close(shape, dw, use.Dw.Span, 1e-13);
        }
    }

    [Fact]
    public void Every_way_to_compute_gives_the_bits_of_one_chain_after_the_other()
    {
        foreach (var shape in WindowRuns.EachEngine)
        {
            // when
            var single = WindowRuns.Run<float>(shape)[0];
            var twice = WindowRuns.Run<double>(shape)[0];

            // then
            Assert.Equal(WindowRuns.PlainForward<float>(shape), single);
            Assert.Equal(WindowRuns.PlainForward<double>(shape), twice);
        }
    }

    [Fact]
    public void An_images_bits_do_not_depend_on_its_batch_or_on_the_threads()
    {
        // given
        ConvShape[] shapes =
        [
            new(5, 20, 19, 23, 40, 3, 3, 1, 1, 1, 1, 1, 1, 1), new(7, 70, 14, 14, 33, 3, 3, 2, 2, 1, 1, 1, 1, 1),
            new(5, 64, 9, 9, 17, 1, 1, 1, 1, 0, 0, 1, 1, 1),
            new(6, 16, 30, 30, 16, 3, 3, 1, 1, 1, 1, 1, 1, 16), new(6, 16, 30, 30, 32, 3, 3, 2, 2, 1, 1, 1, 1, 16),
            new(40, 1, 28, 28, 8, 5, 5, 1, 1, 0, 0, 1, 1, 1),
        ];
        foreach (var shape in shapes)
        {
            using var use = new Use<float>(shape);
            foreach (var threads in new[] { 1, 2, 3 })
            {
                using var count = new ThreadCount(threads);

                // when
                var whole = Run(shape, use, 0);
                var last = Run(shape with { Images = 1 }, use, shape.Images - 1);
                if (threads == 1) use.Remembered = whole.Dw;

                // then
                Assert.Equal(whole.Y.AsSpan()[^last.Y.Length..].ToArray(), last.Y);
                Assert.Equal(whole.Dx.AsSpan()[^last.Dx.Length..].ToArray(), last.Dx);
                Assert.Equal(use.Remembered, whole.Dw);
            }
        }
    }

    [Fact]
    public void Padding_takes_part_as_zeros()
    {
        // given: one tap of the kernel is infinite, and only over the padding is it multiplied by zero
        var shape = new ConvShape(1, 1, 3, 3, 1, 3, 3, 1, 1, 1, 1, 1, 1, 1);
        var depthwise = shape with { Channels = 2, Filters = 2, Groups = 2 };
        foreach (var each in new[] { shape, depthwise })
        {
            using var use = new Use<float>(each);
            use.X.Span.Fill(1);
            use.W.Span.Fill(1);
            use.W.Span[0] = float.PositiveInfinity;

            // when
            Convolution.Forward(in each, use.X.Pointer, use.W.Pointer, null, use.Y.Pointer);

            // then
            Assert.All(use.Y.Span[..4].ToArray(), static value => Assert.True(float.IsNaN(value)));
            Assert.Equal(float.PositiveInfinity, use.Y.Span[4]);
        }
    }

    [Theory, InlineData(double.PositiveInfinity), InlineData(double.NaN)]
    public void A_number_that_is_not_finite_spoils_the_weights_that_see_it_alone(double spoilt)
    {
        // given: the last element of the first row, which of the three windows of a row only the last sees, by its last tap
        var shape = new ConvShape(2, 3, 2, 5, 6, 1, 3, 1, 1, 0, 0, 1, 1, 3);
        using var use = new Use<double>(shape);
        use.X.Span[4] = spoilt;

        // when
        Convolution.WeightGradient(in shape, use.X.Pointer, use.G.Pointer, use.Dw.Pointer);

        // then: two filters see the channel
        use.Naive(out _, out _, out var dw);
        Assert.Equal([2, 5], Enumerable.Range(0, dw.Length).Where(index => !double.IsFinite(use.Dw.Span[index])));
        Assert.Equal(dw, use.Dw.Span.ToArray(), static (want, got) => want.Equals(got) || Math.Abs(want - got) < 1e-15);
    }

    private static (float[] Y, float[] Dx, float[] Dw) Run(ConvShape shape, Use<float> use, int image)
    {
        var y = new float[shape.Images * shape.OutImage];
        var dx = new float[shape.Images * shape.InImage];
        var dw = new float[shape.Filters * shape.FilterSize];
        fixed (float* toY = y, toDx = dx, toDw = dw)
        {
            Convolution.Forward(in shape, use.X.Pointer + (image * shape.InImage), use.W.Pointer, use.Bias.Pointer, toY);
            Convolution.InputGradient(in shape, use.G.Pointer + (image * shape.OutImage), use.W.Pointer, toDx);
            Convolution.WeightGradient(in shape, use.X.Pointer + (image * shape.InImage), use.G.Pointer + (image * shape.OutImage), toDw);
        }

        return (y, dx, dw);
    }

    private static void Close<T>(ConvShape shape, double[] expected, Span<T> actual, double tolerance) where T : unmanaged, System.Numerics.INumber<T>
    {
        for (var index = 0; index < expected.Length; index++)
        {
            var got = double.CreateChecked(actual[index]);
            if (!(Math.Abs(got - expected[index]) <= tolerance)) Assert.Fail($"{shape}: element {index} is {got}, expected {expected[index]}");
        }
    }

    /// <summary>Operands and results of one shape, filled at random, against guard pages.</summary>
    private sealed class Use<T> : IDisposable where T : unmanaged, System.Numerics.INumber<T>
    {
        private readonly ConvShape _shape;

        public Use(ConvShape shape, bool guardBefore = false)
        {
            _shape = shape;
            var random = new System.Random(1);
            GuardedMemory<T> Make(nint length)
            {
                var memory = new GuardedMemory<T>((int)length, guardBefore);
                foreach (ref var value in memory.Span) value = T.CreateChecked((float)random.NextDouble() - 0.5f);
                return memory;
            }

            X = Make(shape.Images * shape.InImage);
            W = Make(shape.Filters * shape.FilterSize);
            Bias = Make(shape.Filters);
            Y = Make(shape.Images * shape.OutImage);
            G = Make(shape.Images * shape.OutImage);
            Dx = Make(shape.Images * shape.InImage);
            Dw = Make(shape.Filters * shape.FilterSize);
        }

        public GuardedMemory<T> X { get; }

        public GuardedMemory<T> W { get; }

        public GuardedMemory<T> Bias { get; }

        public GuardedMemory<T> Y { get; }

        public GuardedMemory<T> G { get; }

        public GuardedMemory<T> Dx { get; }

        public GuardedMemory<T> Dw { get; }

        public float[] Remembered { get; set; } = [];

        public void Naive(out double[] y, out double[] dx, out double[] dw)
        {
            var s = _shape;
            double[] xs = Of(X), ws = Of(W), bs = Of(Bias), gs = Of(G);
            y = new double[gs.Length];
            dx = new double[xs.Length];
            dw = new double[ws.Length];
            for (var yi = 0; yi < y.Length; yi++)
            {
                int q = yi % s.OutWidth, p = yi / s.OutWidth % s.OutHeight, o = (int)(yi / s.OutPlane % s.Filters), n = (int)(yi / s.OutImage);
                y[yi] = bs[o];
                for (var term = 0; term < s.FilterSize; term++)
                {
                    int j = term % s.KernelWidth, i = term / s.KernelWidth % s.KernelHeight, c = (o / s.GroupFilters * s.GroupChannels) + (term / s.Taps);
                    int row = (p * s.StrideHeight) - s.PaddingHeight + (i * s.DilationHeight),
                        column = (q * s.StrideWidth) - s.PaddingWidth + (j * s.DilationWidth);
                    if (row < 0 || row >= s.Height || column < 0 || column >= s.Width) continue;
                    var xi = (((((n * s.Channels) + c) * s.Height) + row) * s.Width) + column;
                    var wi = (o * s.FilterSize) + term;
                    y[yi] += xs[xi] * ws[wi];
                    dx[xi] += gs[yi] * ws[wi];
                    dw[wi] += gs[yi] * xs[xi];
                }
            }
        }

        public void Dispose()
        {
            foreach (var memory in new[] { X, W, Bias, Y, G, Dx, Dw }) memory.Dispose();
        }

        private static double[] Of(GuardedMemory<T> memory) => [.. memory.Span.ToArray().Select(double.CreateChecked)];
    }
}
