using Gradus.Kernels;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// (x − mean)/√(variance + ε)·weight + bias for each channel over samples and places: [samples, channels, …]. Ioffe and Szegedy, "Batch normalization",
    /// 2015.
    /// </summary>
    /// <param name="weight">[channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <returns>The result, and the channels' means and (biased) variances.</returns>
    /// <exception cref="GradusException">The sizes do not fit, or a channel has only one value.</exception>
    public (Tensor Output, Tensor Mean, Tensor Variance) BatchNorm(Tensor weight, Tensor bias, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        var outputs = Ops.BatchNorm.ApplyAll([this, weight, bias], new NormArgs(epsilon));
        return (outputs[0], outputs[1], outputs[2]);
    }
}

internal static partial class Ops
{
    /// <summary>
    /// (out, mean, variance): out = (x − mean)/√(variance + ε)·weight + bias, mean and biased variance being those of each channel (axis 1). Inputs x, weight,
    /// bias.
    /// </summary>
    public static readonly BatchNormOp BatchNorm = new()
    {
        Symbol = "batch norm",
        UnitAxis = 1,
        Promote = Promote.Real,
        Outputs = 3,
        ReadsInputs = [BatchNormOp.Input.X, BatchNormOp.Input.Weight],
        ReadsOutputs = [BatchNormOp.Output.Mean, BatchNormOp.Output.Variance],
    };
}

/// <inheritdoc cref="Ops.BatchNorm"/>
internal sealed unsafe class BatchNormOp() : FusedOp<NormArgs, BatchNormOp.Input, BatchNormOp.Output>("batchNorm")
{
    public enum Input { X, Weight, Bias }

    public enum Output { Normal, Mean, Variance }

    protected override Meta[] Infer(Named<Input, Meta> inputs, NormArgs args)
    {
        var x = inputs[Input.X];
        var (output, channel) = Normalization.Channels(Name, x);
        Normalization.Require(Name, x, 1, "weight", inputs[Input.Weight]);
        Normalization.Require(Name, x, 1, "bias", inputs[Input.Bias]);
        if (output.Layout.Count / Math.Max(1, output.Shape[1]) < 2)
        {
            throw new GradusException($"{Name}: the input is {x}: one value for each channel has no variance. Use a larger batch, or Eval().");
        }

        return [output, channel, channel];
    }

    protected override Tensor[] Spec(Named<Input, Tensor> inputs, NormArgs args)
    {
        var x = inputs[Input.X];
        int[] others = [.. Enumerable.Range(0, x.Rank).Where(static axis => axis != 1)];
        var (normal, mean, variance) = Standardization.Of(x, Axes.Of(x.Shape, others, true, Name), args.Epsilon, isCentered: true);
        var output = (normal * Normalization.OnChannels(inputs[Input.Weight], x)) + Normalization.OnChannels(inputs[Input.Bias], x);
        return [output, mean.Reshape(-1), variance.Reshape(-1)];
    }

    protected override void Run<T>(Named<Input, Operand> inputs, NormArgs args, Named<Output, Operand> outputs)
    {
        var (samples, channels, places) = Normalization.SplitChannels(inputs[Input.X].Shape);
        ChannelNorms.Forward(samples, channels, places, args.Epsilon,
            inputs[Input.X].As<T>(), inputs[Input.Weight].As<T>(), inputs[Input.Bias].As<T>(),
            outputs[Output.Normal].As<T>(), outputs[Output.Mean].As<T>(), outputs[Output.Variance].As<T>());
    }

    protected override void Backward<T>(FusedGradients<NormArgs, Input, Output> g)
    {
        var x = g.Inputs[Input.X];
        var (samples, channels, places) = Normalization.SplitChannels(x.Shape);
        // Only the statistics may have been used: then no gradient comes along the output.
        var arrived = g.Arrived[Output.Normal].As<T>();
        using var zeros = Buffers.Rent(arrived == null ? x.Count * sizeof(T) : 1);
        if (arrived == null)
        {
            arrived = (T*)zeros.Pointer;
            new Span<byte>(arrived, checked((int)(x.Count * sizeof(T)))).Clear();
        }

        ChannelNorms.Backward(samples, channels, places, g.Args.Epsilon, x.As<T>(), arrived, g.Inputs[Input.Weight].As<T>(),
            g.Outputs[Output.Mean].As<T>(), g.Outputs[Output.Variance].As<T>(), g.Arrived[Output.Mean].As<T>(), g.Arrived[Output.Variance].As<T>(),
            g.Wanted[Input.X].As<T>(), g.Wanted[Input.Weight].As<T>(), g.Wanted[Input.Bias].As<T>());
    }
}
