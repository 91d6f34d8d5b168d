using Gradus.Kernels;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>
    /// (x − mean)/√(variance + ε)·weight + bias over the last axis, mean and (biased) variance being each row's own. Ba et al., "Layer normalization", 2016.
    /// </summary>
    /// <param name="weight">[columns], or none for 1.</param>
    /// <param name="bias">[columns], or none for 0; needs a weight.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <exception cref="GradusException">The sizes do not fit, or the tensor is a scalar.</exception>
    public Tensor LayerNorm(Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        if (weight is null && bias is not null) throw new GradusException("layerNorm: a bias needs a weight. Give Tensor.Ones as the weight.");
        return Ops.LayerNorm.Apply(weight is null ? [this] : bias is null ? [this, weight] : [this, weight, bias], new NormArgs(epsilon));
    }
}

internal static partial class Ops
{
    /// <summary>
    /// out = (x − mean)/√(variance + ε)·weight + bias over the last axis. Inputs x, weight, bias, the last two or the last one left out. Keeps mean and
    /// 1/√(variance + ε) of each row.
    /// </summary>
    public static readonly LayerNormOp LayerNorm = new()
    {
        Symbol = "layer norm",
        UnitAxis = -1,
        Promote = Promote.Real,
        ReadsInputs = [LayerNormOp.Input.X, LayerNormOp.Input.Weight],
        ReadsOutputs = [LayerNormOp.Output.Mean, LayerNormOp.Output.Scale],
    };
}

/// <inheritdoc cref="Ops.LayerNorm"/>
internal sealed unsafe class LayerNormOp() : FusedOp<NormArgs, LayerNormOp.Input, LayerNormOp.Output>("layerNorm")
{
    public enum Input { X, Weight, Bias }

    public enum Output { Normal, Mean, Scale }

    protected override Meta[] Infer(Named<Input, Meta> inputs, NormArgs args)
    {
        var (output, row) = Normalization.Rows(Name, inputs[Input.X]);
        foreach (var (name, what) in (ReadOnlySpan<(Input, string)>)[(Input.Weight, "weight"), (Input.Bias, "bias")])
        {
            if (inputs.Has(name)) Normalization.Require(Name, inputs[Input.X], -1, what, inputs[name]);
        }

        return [output, row, row];
    }

    protected override Tensor[] Spec(Named<Input, Tensor> inputs, NormArgs args)
    {
        var x = inputs[Input.X];
        var normal = Standardization.Of(x, Axes.Of(x.Shape, [-1], true, Name), args.Epsilon, isCentered: true).Normal;
        if (inputs.Has(Input.Weight)) normal *= inputs[Input.Weight];
        return [inputs.Has(Input.Bias) ? normal + inputs[Input.Bias] : normal];
    }

    protected override void Run<T>(Named<Input, Operand> inputs, NormArgs args, Named<Output, Operand> outputs)
    {
        var (rows, columns) = Normalization.Split(inputs[Input.X].Shape);
        RowNorms.Forward(rows, columns, isCentered: true, args.Epsilon, inputs[Input.X].As<T>(), inputs[Input.Weight].As<T>(), inputs[Input.Bias].As<T>(),
            outputs[Output.Normal].As<T>(), outputs[Output.Mean].As<T>(), outputs[Output.Scale].As<T>());
    }

    protected override void Backward<T>(FusedGradients<NormArgs, Input, Output> g)
    {
        var (rows, columns) = Normalization.Split(g.Inputs[Input.X].Shape);
        RowNorms.Backward(rows, columns, isCentered: true, g.Args.Epsilon, g.Inputs[Input.X].As<T>(), g.Arrived[Output.Normal].As<T>(),
            g.Inputs[Input.Weight].As<T>(), g.Outputs[Output.Mean].As<T>(), g.Outputs[Output.Scale].As<T>(),
            g.Wanted[Input.X].As<T>(), g.Wanted[Input.Weight].As<T>(), g.Wanted[Input.Bias].As<T>());
    }
}
