using System.Numerics;
using Gradus.Kernels;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>A long short-term memory over this sequence. Hochreiter and Schmidhuber, 1997.</summary>
    /// <remarks>
    /// With i, f, g, o the quarters of x·Wᵀ + b_ih + h·Uᵀ + b_hh: c ← σ(f)·c + σ(i)·tanh(g), h ← σ(o)·tanh(c).
    /// [batch, time, inputs] → [batch, time, hidden], or both with time first.
    /// </remarks>
    /// <param name="hidden">h before the first step, [batch, hidden].</param>
    /// <param name="cell">c before the first step, [batch, hidden].</param>
    /// <param name="inputWeight">W, [4·hidden, inputs], gates in the order i, f, g, o.</param>
    /// <param name="hiddenWeight">U, [4·hidden, hidden].</param>
    /// <param name="inputBias">b_ih, [4·hidden].</param>
    /// <param name="hiddenBias">b_hh, [4·hidden].</param>
    /// <param name="batchFirst">Whether the sequence is [batch, time, inputs]; else it is [time, batch, inputs]. Default true.</param>
    /// <returns>h after every step, and h and c after the last.</returns>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public (Tensor Output, Tensor Hidden, Tensor Cell) Lstm(
        Tensor hidden, Tensor cell, Tensor inputWeight, Tensor hiddenWeight, Tensor inputBias, Tensor hiddenBias, bool batchFirst = true)
    {
        var outputs = Ops.Lstm.ApplyAll([this, hidden, cell, inputWeight, hiddenWeight, inputBias, hiddenBias], new RecurrentArgs(batchFirst));
        return (outputs[0], outputs[1], outputs[2]);
    }
}

internal static partial class Ops
{
    /// <summary>(all h, last h, last c) of an LSTM, which keeps the gates and cells of all steps.</summary>
    public static readonly LstmOp Lstm = new()
    {
        Symbol = "LSTM",
        MultiplyAdds = static node => Recurrence.Terms(node, (int)LstmOp.Input.InputWeight, (int)LstmOp.Input.HiddenWeight),
        Promote = Promote.Real,
        Outputs = 3,
        ReadsInputs = [LstmOp.Input.X, LstmOp.Input.Hidden, LstmOp.Input.Cell, LstmOp.Input.InputWeight, LstmOp.Input.HiddenWeight],
        ReadsOutputs = [LstmOp.Output.Steps, LstmOp.Output.Gates, LstmOp.Output.Cells],
    };
}

/// <inheritdoc cref="Ops.Lstm"/>
internal sealed unsafe class LstmOp() : FusedOp<RecurrentArgs, LstmOp.Input, LstmOp.Output>("lstm")
{
    public enum Input { X, Hidden, Cell, InputWeight, HiddenWeight, InputBias, HiddenBias }

    public enum Output { Steps, LastHidden, LastCell, Gates, Cells }

    protected override Meta[] Infer(Named<Input, Meta> inputs, RecurrentArgs args)
    {
        var x = inputs[Input.X];
        var size = Recurrence.Infer(Name, 4, args, x, inputs[Input.Hidden], inputs[Input.InputWeight], inputs[Input.HiddenWeight],
            inputs[Input.InputBias], inputs[Input.HiddenBias]);
        Recurrence.Require(Name, "cell state", inputs[Input.Cell], size.Batch, size.Hidden);
        var last = new Meta(Shape.Create([size.Batch, size.Hidden]), x.DType);
        return
        [
            new Meta(Shape.Create([x.Shape[0], x.Shape[1], size.Hidden]), x.DType), last, last,
            new Meta(Shape.Create([size.Rows, Shape.Size(4L * size.Hidden, Name)]), x.DType),
            new Meta(Shape.Create([size.Rows, size.Hidden]), x.DType),
        ];
    }

    protected override Tensor[] Spec(Named<Input, Tensor> inputs, RecurrentArgs args)
    {
        var axis = args.BatchFirst ? 1 : 0;
        Tensor hidden = inputs[Input.Hidden], cell = inputs[Input.Cell];
        var steps = new Tensor[inputs[Input.X].Shape[axis]];
        for (var step = 0; step < steps.Length; step++)
        {
            var x = inputs[Input.X].Select(axis, step);
            var gates = Recurrence.Part(
                x.Linear(inputs[Input.InputWeight], inputs[Input.InputBias]) + hidden.Linear(inputs[Input.HiddenWeight], inputs[Input.HiddenBias]), 4);
            cell = (gates[1].Sigmoid() * cell) + (gates[0].Sigmoid() * gates[2].Tanh());
            hidden = gates[3].Sigmoid() * cell.Tanh();
            steps[step] = hidden;
        }

        return [Tensor.Stack(steps, axis), hidden, cell];
    }

    protected override void Run<T>(Named<Input, Operand> inputs, RecurrentArgs args, Named<Output, Operand> outputs)
    {
        var size = Recurrence.Size(inputs[Input.X].Shape, inputs[Input.Hidden].Shape[1], args);
        // Without a graph nobody asks for gates and cells again.
        var isKept = outputs.Has(Output.Gates);
        using var scratch = Buffers.Rent(isKept ? 1 : (nint)size.Rows * 5 * size.Hidden * sizeof(T));
        var gates = isKept ? outputs[Output.Gates].As<T>() : (T*)scratch.Pointer;
        var cells = isKept ? outputs[Output.Cells].As<T>() : gates + ((nint)size.Rows * 4 * size.Hidden);
        var operands = Operands(inputs, outputs[Output.Steps].As<T>(), gates, cells);
        Lstm.Forward(size, operands);
        Recurrence.Last(size, operands.Output, operands.FirstHidden, outputs[Output.LastHidden].As<T>());
        Recurrence.Last(size, cells, operands.FirstCell, outputs[Output.LastCell].As<T>());
    }

    protected override void Backward<T>(FusedGradients<RecurrentArgs, Input, Output> g)
    {
        var size = Recurrence.Size(g.Inputs[Input.X].Shape, g.Inputs[Input.Hidden].Shape[1], g.Args);
        var operands = Operands(g.Inputs, g.Outputs[Output.Steps].As<T>(), g.Outputs[Output.Gates].As<T>(), g.Outputs[Output.Cells].As<T>());
        Lstm.Backward(size, operands, new LstmGradients<T>
        {
            Output = g.Arrived[Output.Steps].As<T>(),
            LastHidden = g.Arrived[Output.LastHidden].As<T>(),
            LastCell = g.Arrived[Output.LastCell].As<T>(),
            X = g.Wanted[Input.X].As<T>(),
            FirstHidden = g.Wanted[Input.Hidden].As<T>(),
            FirstCell = g.Wanted[Input.Cell].As<T>(),
            InputWeight = g.Wanted[Input.InputWeight].As<T>(),
            HiddenWeight = g.Wanted[Input.HiddenWeight].As<T>(),
            InputBias = g.Wanted[Input.InputBias].As<T>(),
            HiddenBias = g.Wanted[Input.HiddenBias].As<T>(),
        });
    }

    private static LstmOperands<T> Operands<T>(Named<Input, Operand> inputs, T* output, T* gates, T* cells) where T : unmanaged, INumber<T> => new()
    {
        X = inputs[Input.X].As<T>(),
        FirstHidden = inputs[Input.Hidden].As<T>(),
        FirstCell = inputs[Input.Cell].As<T>(),
        InputWeight = inputs[Input.InputWeight].As<T>(),
        HiddenWeight = inputs[Input.HiddenWeight].As<T>(),
        InputBias = inputs[Input.InputBias].As<T>(),
        HiddenBias = inputs[Input.HiddenBias].As<T>(),
        Output = output,
        Gates = gates,
        Cells = cells,
    };
}
