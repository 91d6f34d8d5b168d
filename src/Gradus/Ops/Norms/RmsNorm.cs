using Gradus.Kernels;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>x/√(mean(x²) + ε)·weight over the last axis. Zhang and Sennrich, "Root mean square layer normalization", 2019.</summary>
    /// <param name="weight">[columns], or none for 1.</param>
    /// <param name="epsilon">ε; by default the distance from 1 to the next number of the element type.</param>
    /// <exception cref="GradusException">The sizes do not fit, or the tensor is a scalar.</exception>
    public Tensor RmsNorm(Tensor? weight = null, double? epsilon = null) =>
        Ops.RmsNorm.Apply(
            weight is null ? [this] : [this, weight],
            new NormArgs(epsilon ?? (DType == DType.Float64 ? 2.220446049250313e-16 : 1.1920928955078125e-07)));
}

internal static partial class Ops
{
    /// <summary>out = x/√(mean(x²) + ε)·weight over the last axis. Inputs x and weight, or x alone. Keeps 1/√(mean(x²) + ε) of each row.</summary>
    public static readonly RmsNormOp RmsNorm = new()
    {
        Symbol = "RMS norm",
        UnitAxis = -1,
        Promote = Promote.Real,
        ReadsInputs = [RmsNormOp.Input.X, RmsNormOp.Input.Weight],
        ReadsOutputs = [RmsNormOp.Output.Scale],
    };
}

/// <inheritdoc cref="Ops.RmsNorm"/>
internal sealed unsafe class RmsNormOp() : FusedOp<NormArgs, RmsNormOp.Input, RmsNormOp.Output>("rmsNorm")
{
    public enum Input { X, Weight }

    public enum Output { Normal, Scale }

    protected override Meta[] Infer(Named<Input, Meta> inputs, NormArgs args)
    {
        var (output, row) = Normalization.Rows(Name, inputs[Input.X]);
        if (inputs.Has(Input.Weight)) Normalization.Require(Name, inputs[Input.X], -1, "weight", inputs[Input.Weight]);
        return [output, row];
    }

    protected override Tensor[] Spec(Named<Input, Tensor> inputs, NormArgs args)
    {
        var x = inputs[Input.X];
        var normal = Standardization.Of(x, Axes.Of(x.Shape, [-1], true, Name), args.Epsilon, isCentered: false).Normal;
        return [inputs.Has(Input.Weight) ? normal * inputs[Input.Weight] : normal];
    }

    protected override void Run<T>(Named<Input, Operand> inputs, NormArgs args, Named<Output, Operand> outputs)
    {
        var (rows, columns) = Normalization.Split(inputs[Input.X].Shape);
        RowNorms.Forward(rows, columns, isCentered: false, args.Epsilon, inputs[Input.X].As<T>(), inputs[Input.Weight].As<T>(), null,
            outputs[Output.Normal].As<T>(), null, outputs[Output.Scale].As<T>());
    }

    protected override void Backward<T>(FusedGradients<NormArgs, Input, Output> g)
    {
        var (rows, columns) = Normalization.Split(g.Inputs[Input.X].Shape);
        RowNorms.Backward(rows, columns, isCentered: false, g.Args.Epsilon, g.Inputs[Input.X].As<T>(), g.Arrived[Output.Normal].As<T>(),
            g.Inputs[Input.Weight].As<T>(), null, g.Outputs[Output.Scale].As<T>(), g.Wanted[Input.X].As<T>(), g.Wanted[Input.Weight].As<T>(), null);
    }
}
