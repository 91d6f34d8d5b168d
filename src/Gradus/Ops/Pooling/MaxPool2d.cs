using Gradus.Kernels;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// The greatest element of each window: [N, C, H, W] → [N, C, H′, W′], sizes as in <see cref="Conv2d"/>. The gradient goes to the first of equal elements.
    /// </summary>
    /// <param name="kernel">The size of a window.</param>
    /// <param name="stride">Positions from one window to the next; the kernel's size if left out.</param>
    /// <param name="padding">Positions around the image that never win; at most half of the kernel.</param>
    /// <param name="dilation">Positions from one tap of a window to the next; 1 if left out.</param>
    /// <param name="ceilMode">Whether the last window may reach beyond the padding, as long as it begins before: sizes are rounded up. Default: false.</param>
    /// <exception cref="GradusException">The windows do not fit.</exception>
    public Tensor MaxPool2d(Size2 kernel, Size2? stride = null, Size2 padding = default, Size2? dilation = null, bool ceilMode = false)
    {
        var args = new PoolArgs(kernel, stride ?? kernel, padding, dilation ?? 1, CountPadding: false);
        return Ops.MaxPool2d.Apply([ceilMode ? Beyond(args, double.NegativeInfinity) : this], args);
    }
}

internal static partial class Ops
{
    /// <summary>The greatest element of each window. Keeps which tap of its window it is.</summary>
    public static readonly MaxPool2dOp MaxPool2d = new()
    {
        Symbol = "max pool",
        Derivatives = [DerivativeSymbol.Rule("g at the largest of each window", @"g \text{ at each maximum}")],
        Role = OpRole.Masking,
        Promote = Promote.Real,
        ReadsInputs = [],
        ReadsOutputs = [MaxPool2dOp.Output.Taps],
    };
}

/// <inheritdoc cref="Ops.MaxPool2d"/>
internal sealed unsafe class MaxPool2dOp() : FusedOp<PoolArgs, MaxPool2dOp.Input, MaxPool2dOp.Output>("maxPool2d")
{
    public enum Input { X }

    public enum Output { Greatest, Taps }

    protected override Meta[] Infer(Named<Input, Meta> inputs, PoolArgs args)
    {
        var shape = WindowKernels.InferPool(Name, inputs[Input.X], args);
        return [new Meta(shape, inputs[Input.X].DType), new Meta(shape, TapType(args))];
    }

    protected override Tensor[] Spec(Named<Input, Tensor> inputs, PoolArgs args) => [WindowSpecs.MaxPool(inputs[Input.X], args)];

    protected override void Run<T>(Named<Input, Operand> inputs, PoolArgs args, Named<Output, Operand> outputs)
    {
        Operand x = inputs[Input.X], greatest = outputs[Output.Greatest], taps = outputs[Output.Taps];
        var shape = WindowKernels.Describe(x.Shape, args);
        if (TapType(args) == DType.Bool) MaxPooling.Forward(in shape, x.As<T>(), greatest.As<T>(), taps.As<byte>());
        else MaxPooling.Forward(in shape, x.As<T>(), greatest.As<T>(), taps.As<int>());
    }

    protected override void Backward<T>(FusedGradients<PoolArgs, Input, Output> g)
    {
        Operand gradient = g.Arrived[Output.Greatest], taps = g.Outputs[Output.Taps], dx = g.Wanted[Input.X];
        var shape = WindowKernels.Describe(dx.Shape, g.Args);
        if (taps.DType == DType.Bool) MaxPooling.Backward(in shape, gradient.As<T>(), taps.As<byte>(), dx.As<T>());
        else MaxPooling.Backward(in shape, gradient.As<T>(), taps.As<int>(), dx.As<T>());
    }

    /// <summary>The type in which a maximum's tap is kept: a byte, which only bool has, where that holds the number.</summary>
    private static DType TapType(PoolArgs args) => (long)args.Kernel.Height * args.Kernel.Width <= 256 ? DType.Bool : DType.Int32;
}
