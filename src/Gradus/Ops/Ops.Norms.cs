namespace Gradus;

internal static partial class Ops
{
    /// <summary>
    /// out = (x − mean)/√(variance + ε)·weight + bias over the last axis. Inputs x, weight, bias, the last two or the last one left out. Keeps mean and
    /// 1/√(variance + ε) of each row.
    /// </summary>
    public static readonly FusedOp<NormArgs> LayerNorm = new("layerNorm")
    {
        Symbol = "layer norm",
        UnitAxis = -1,
        Promote = Promote.Real,
        Infer = static (inputs, _) =>
        {
            var output = NormKernels.InferRows("layerNorm", inputs);
            var row = new Meta(Shape.Create(output.Shape.AsSpan()[..^1]), output.DType);
            return [output, row, row];
        },
        Spec = static (t, args) => [Scaled(Standardization.Of(t[0], Axes.Of(t[0].Shape, [-1], true, "layerNorm"), args.Epsilon, isCentered: true).Normal, t)],
        Run = static (inputs, args, outputs) => NormKernels.Rows(inputs, isCentered: true, args.Epsilon, outputs),
        Backward = static gradients => NormKernels.RowsBackward(gradients, gradients.Inputs, isCentered: true),
    };

    /// <summary>out = x/√(mean(x²) + ε)·weight over the last axis. Inputs x and weight, or x alone. Keeps 1/√(mean(x²) + ε) of each row.</summary>
    public static readonly FusedOp<NormArgs> RmsNorm = new("rmsNorm")
    {
        Symbol = "RMS norm",
        UnitAxis = -1,
        Promote = Promote.Real,
        Infer = static (inputs, _) =>
        {
            var output = NormKernels.InferRows("rmsNorm", inputs);
            return [output, new Meta(Shape.Create(output.Shape.AsSpan()[..^1]), output.DType)];
        },
        Spec = static (t, args) => [Scaled(Standardization.Of(t[0], Axes.Of(t[0].Shape, [-1], true, "rmsNorm"), args.Epsilon, isCentered: false).Normal, t)],
        Run = static (inputs, args, outputs) => NormKernels.Rows(inputs, isCentered: false, args.Epsilon, outputs),
        Backward = static gradients => NormKernels.RowsBackward(gradients, gradients.Inputs, isCentered: false),
    };

    /// <summary>
    /// (out, mean, variance): out = (x − mean)/√(variance + ε)·weight + bias, mean and biased variance being those of each channel (axis 1). Inputs x, weight,
    /// bias.
    /// </summary>
    public static readonly FusedOp<NormArgs> BatchNorm = new("batchNorm")
    {
        Symbol = "batch norm",
        UnitAxis = 1,
        Promote = Promote.Real,
        Outputs = 3,
        Infer = static (inputs, _) =>
        {
            var output = NormKernels.InferChannels(inputs);
            if (output.Layout.Count / Math.Max(1, output.Shape[1]) < 2)
            {
                throw new GradusException($"batchNorm: the input is {inputs[0]}: one value for each channel has no variance. Use a larger batch, or Eval().");
            }

            var channel = new Meta(Shape.Create([output.Shape[1]]), output.DType);
            return [output, channel, channel];
        },
        Spec = static (t, args) =>
        {
            int[] others = [.. Enumerable.Range(0, t[0].Rank).Where(static axis => axis != 1)];
            var (normal, mean, variance) = Standardization.Of(t[0], Axes.Of(t[0].Shape, others, true, "batchNorm"), args.Epsilon, isCentered: true);
            return [(normal * OnChannels(t[1], t[0])) + OnChannels(t[2], t[0]), mean.Reshape(-1), variance.Reshape(-1)];
        },
        Run = static (inputs, args, outputs) => NormKernels.Batch(inputs, args.Epsilon, outputs),
        Backward = static gradients => NormKernels.BatchBackward(gradients),
    };

    /// <summary>out = (x − mean)/√(variance + ε)·weight + bias for each channel (axis 1). Inputs x, weight, bias, mean, variance.</summary>
    public static readonly FusedOp<NormArgs> BatchNormInference = new("batchNormInference")
    {
        Symbol = "batch norm",
        UnitAxis = 1,
        Promote = Promote.Real,
        Infer = static (inputs, _) => [NormKernels.InferChannels(inputs)],
        Spec = static (t, args) => [Normalized(t[0], t[1], t[2], OnChannels(t[3], t[0]), OnChannels(t[4], t[0]), args.Epsilon)],
        Run = static (inputs, args, outputs) => NormKernels.Inference(inputs, args.Epsilon, outputs),
        Backward = static gradients => NormKernels.InferenceBackward(gradients),
    };

    private static Tensor Scaled(Tensor normal, Tensor[] inputs)
    {
        if (inputs.Length > 1) normal *= inputs[1];
        return inputs.Length > 2 ? normal + inputs[2] : normal;
    }

    private static Tensor Normalized(Tensor x, Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon) =>
        ((x - mean) / (variance + epsilon).Sqrt() * OnChannels(weight, x)) + OnChannels(bias, x);

    /// <summary>[channels] → [channels, 1, …], to be broadcast against x.</summary>
    private static Tensor OnChannels(Tensor perChannel, Tensor x) => perChannel.Reshape([-1, .. Enumerable.Repeat(1, x.Rank - 2)]);
}
