using System.Numerics;
using Gradus.Kernels;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>A gated recurrent unit over this sequence. Cho et al., 2014, in PyTorch's form.</summary>
    /// <remarks>
    /// r = σ(x·W_rᵀ + b_ir + h·U_rᵀ + b_hr), z alike, n = tanh(x·W_nᵀ + b_in + r·(h·U_nᵀ + b_hn)), h ← (1 − z)·n + z·h.
    /// [batch, time, inputs] → [batch, time, hidden], or both with time first.
    /// </remarks>
    /// <param name="hidden">h before the first step, [batch, hidden].</param>
    /// <param name="inputWeight">W, [3·hidden, inputs], gates in the order r, z, n.</param>
    /// <param name="hiddenWeight">U, [3·hidden, hidden].</param>
    /// <param name="inputBias">b_i, [3·hidden].</param>
    /// <param name="hiddenBias">b_h, [3·hidden].</param>
    /// <param name="batchFirst">Whether the sequence is [batch, time, inputs]; else it is [time, batch, inputs]. Default true.</param>
    /// <returns>h after every step, and after the last.</returns>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public (Tensor Output, Tensor Hidden) Gru(
        Tensor hidden, Tensor inputWeight, Tensor hiddenWeight, Tensor inputBias, Tensor hiddenBias, bool batchFirst = true)
    {
        var outputs = Ops.Gru.ApplyAll([this, hidden, inputWeight, hiddenWeight, inputBias, hiddenBias], new RecurrentArgs(batchFirst));
        return (outputs[0], outputs[1]);
    }
}

internal static partial class Ops
{
    /// <summary>(all h, last h) of a GRU, which keeps the gates of all steps.</summary>
    public static readonly GruOp Gru = new()
    {
        Symbol = "GRU",
        MultiplyAdds = static node => Recurrence.Terms(node, (int)GruOp.Input.InputWeight, (int)GruOp.Input.HiddenWeight),
        Promote = Promote.Real,
        Outputs = 2,
        ReadsInputs = [GruOp.Input.X, GruOp.Input.Hidden, GruOp.Input.InputWeight, GruOp.Input.HiddenWeight],
        ReadsOutputs = [GruOp.Output.Steps, GruOp.Output.Gates],
    };
}

/// <inheritdoc cref="Ops.Gru"/>
internal sealed unsafe class GruOp() : FusedOp<RecurrentArgs, GruOp.Input, GruOp.Output>("gru")
{
    public enum Input { X, Hidden, InputWeight, HiddenWeight, InputBias, HiddenBias }

    public enum Output { Steps, LastHidden, Gates }

    protected override Meta[] Infer(Named<Input, Meta> inputs, RecurrentArgs args)
    {
        var x = inputs[Input.X];
        var size = Recurrence.Infer(Name, 3, args, x, inputs[Input.Hidden], inputs[Input.InputWeight], inputs[Input.HiddenWeight],
            inputs[Input.InputBias], inputs[Input.HiddenBias]);
        return
        [
            new Meta(Shape.Create([x.Shape[0], x.Shape[1], size.Hidden]), x.DType),
            new Meta(Shape.Create([size.Batch, size.Hidden]), x.DType),
            new Meta(Shape.Create([size.Rows, Shape.Size(4L * size.Hidden, Name)]), x.DType),
        ];
    }

    protected override Tensor[] Spec(Named<Input, Tensor> inputs, RecurrentArgs args)
    {
        var axis = args.BatchFirst ? 1 : 0;
        var hidden = inputs[Input.Hidden];
        var steps = new Tensor[inputs[Input.X].Shape[axis]];
        for (var step = 0; step < steps.Length; step++)
        {
            var fromInput = Recurrence.Part(inputs[Input.X].Select(axis, step).Linear(inputs[Input.InputWeight], inputs[Input.InputBias]), 3);
            var fromState = Recurrence.Part(hidden.Linear(inputs[Input.HiddenWeight], inputs[Input.HiddenBias]), 3);
            var update = (fromInput[1] + fromState[1]).Sigmoid();
            var candidate = (fromInput[2] + ((fromInput[0] + fromState[0]).Sigmoid() * fromState[2])).Tanh();
            hidden = ((1 - update) * candidate) + (update * hidden);
            steps[step] = hidden;
        }

        return [Tensor.Stack(steps, axis), hidden];
    }

    protected override void Run<T>(Named<Input, Operand> inputs, RecurrentArgs args, Named<Output, Operand> outputs)
    {
        var size = Recurrence.Size(inputs[Input.X].Shape, inputs[Input.Hidden].Shape[1], args);
        // Without a graph nobody asks for the gates again.
        var isKept = outputs.Has(Output.Gates);
        using var scratch = Buffers.Rent(isKept ? 1 : (nint)size.Rows * 4 * size.Hidden * sizeof(T));
        var operands = Operands(inputs, outputs[Output.Steps].As<T>(), isKept ? outputs[Output.Gates].As<T>() : (T*)scratch.Pointer);
        Gru.Forward(size, operands);
        Recurrence.Last(size, operands.Output, operands.FirstHidden, outputs[Output.LastHidden].As<T>());
    }

    protected override void Backward<T>(FusedGradients<RecurrentArgs, Input, Output> g)
    {
        var size = Recurrence.Size(g.Inputs[Input.X].Shape, g.Inputs[Input.Hidden].Shape[1], g.Args);
        Gru.Backward(size, Operands(g.Inputs, g.Outputs[Output.Steps].As<T>(), g.Outputs[Output.Gates].As<T>()), new GruGradients<T>
        {
            Output = g.Arrived[Output.Steps].As<T>(),
            LastHidden = g.Arrived[Output.LastHidden].As<T>(),
            X = g.Wanted[Input.X].As<T>(),
            FirstHidden = g.Wanted[Input.Hidden].As<T>(),
            InputWeight = g.Wanted[Input.InputWeight].As<T>(),
            HiddenWeight = g.Wanted[Input.HiddenWeight].As<T>(),
            InputBias = g.Wanted[Input.InputBias].As<T>(),
            HiddenBias = g.Wanted[Input.HiddenBias].As<T>(),
        });
    }

    private static GruOperands<T> Operands<T>(Named<Input, Operand> inputs, T* output, T* gates) where T : unmanaged, INumber<T> => new()
    {
        X = inputs[Input.X].As<T>(),
        FirstHidden = inputs[Input.Hidden].As<T>(),
        InputWeight = inputs[Input.InputWeight].As<T>(),
        HiddenWeight = inputs[Input.HiddenWeight].As<T>(),
        InputBias = inputs[Input.InputBias].As<T>(),
        HiddenBias = inputs[Input.HiddenBias].As<T>(),
        Output = output,
        Gates = gates,
    };
}
