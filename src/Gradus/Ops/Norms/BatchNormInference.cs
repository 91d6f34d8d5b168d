using Gradus.Kernels;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>(x − mean)/√(variance + ε)·weight + bias for each channel, mean and variance being given: [samples, channels, …].</summary>
    /// <param name="weight">[channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="mean">[channels].</param>
    /// <param name="variance">[channels].</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <exception cref="GradusException">The sizes do not fit.</exception>
    public Tensor BatchNorm(Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        return Ops.BatchNormInference.Apply([this, weight, bias, mean, variance], new NormArgs(epsilon));
    }
}

internal static partial class Ops
{
    /// <summary>out = (x − mean)/√(variance + ε)·weight + bias for each channel (axis 1). Inputs x, weight, bias, mean, variance.</summary>
    public static readonly BatchNormInferenceOp BatchNormInference = new()
    {
        Symbol = "batch norm",
        UnitAxis = 1,
        Promote = Promote.Real,
        ReadsInputs =
        [
            BatchNormInferenceOp.Input.X, BatchNormInferenceOp.Input.Weight, BatchNormInferenceOp.Input.Mean, BatchNormInferenceOp.Input.Variance,
        ],
        ReadsOutputs = [],
    };
}

/// <inheritdoc cref="Ops.BatchNormInference"/>
internal sealed unsafe class BatchNormInferenceOp() : FusedOp<NormArgs, BatchNormInferenceOp.Input, BatchNormInferenceOp.Output>("batchNormInference")
{
    public enum Input { X, Weight, Bias, Mean, Variance }

    public enum Output { Normal }

    protected override Meta[] Infer(Named<Input, Meta> inputs, NormArgs args)
    {
        var x = inputs[Input.X];
        var (output, _) = Normalization.Channels("batchNorm", x);
        Normalization.Require("batchNorm", x, 1, "weight", inputs[Input.Weight]);
        Normalization.Require("batchNorm", x, 1, "bias", inputs[Input.Bias]);
        Normalization.Require("batchNorm", x, 1, "mean", inputs[Input.Mean]);
        Normalization.Require("batchNorm", x, 1, "variance", inputs[Input.Variance]);
        return [output];
    }

    protected override Tensor[] Spec(Named<Input, Tensor> inputs, NormArgs args)
    {
        var x = inputs[Input.X];
        Tensor Of(Input name) => Normalization.OnChannels(inputs[name], x);
        return [((x - Of(Input.Mean)) / (Of(Input.Variance) + args.Epsilon).Sqrt() * Of(Input.Weight)) + Of(Input.Bias)];
    }

    protected override void Run<T>(Named<Input, Operand> inputs, NormArgs args, Named<Output, Operand> outputs)
    {
        var (samples, channels, places) = Normalization.SplitChannels(inputs[Input.X].Shape);
        ChannelNorms.Apply(samples, channels, places, args.Epsilon, inputs[Input.X].As<T>(), inputs[Input.Weight].As<T>(), inputs[Input.Bias].As<T>(),
            inputs[Input.Mean].As<T>(), inputs[Input.Variance].As<T>(), outputs[Output.Normal].As<T>());
    }

    protected override void Backward<T>(FusedGradients<NormArgs, Input, Output> g)
    {
        var (samples, channels, places) = Normalization.SplitChannels(g.Inputs[Input.X].Shape);
        ChannelNorms.ApplyBackward(samples, channels, places, g.Args.Epsilon, g.Inputs[Input.X].As<T>(), g.Arrived[Output.Normal].As<T>(),
            g.Inputs[Input.Weight].As<T>(), g.Inputs[Input.Mean].As<T>(), g.Inputs[Input.Variance].As<T>(),
            g.Wanted[Input.X].As<T>(), g.Wanted[Input.Weight].As<T>(), g.Wanted[Input.Bias].As<T>(),
            g.Wanted[Input.Mean].As<T>(), g.Wanted[Input.Variance].As<T>());
    }
}
