using System.Numerics;
using Gradus.Kernels;

namespace Gradus;

/// <summary>From dense operands to the recurrent kernels.</summary>
internal static unsafe class RecurrentKernels
{
    /// <summary>Outputs (all hidden states, the last hidden state, the last cell state) and workspaces (gates, cells).</summary>
    public static Meta[] InferLstm(Meta[] inputs, RecurrentArgs args)
    {
        var shape = Infer("lstm", inputs, args, cells: 1, gates: 4);
        Shape output = Output(inputs[0], shape.Hidden), last = Shape.Create([shape.Batch, shape.Hidden]);
        var type = inputs[0].DType;
        return
        [
            new Meta(output, type), new Meta(last, type), new Meta(last, type),
            new Meta(Shape.Create([shape.Rows, Shape.Size(4L * shape.Hidden, "recurrent")]), type),
            new Meta(Shape.Create([shape.Rows, shape.Hidden]), type),
        ];
    }

    /// <summary>Outputs (all hidden states, the last hidden state) and the workspace (gates).</summary>
    public static Meta[] InferGru(Meta[] inputs, RecurrentArgs args)
    {
        var shape = Infer("gru", inputs, args, cells: 0, gates: 3);
        var type = inputs[0].DType;
        return
        [
            new Meta(Output(inputs[0], shape.Hidden), type), new Meta(Shape.Create([shape.Batch, shape.Hidden]), type),
            new Meta(Shape.Create([shape.Rows, Shape.Size(4L * shape.Hidden, "recurrent")]), type),
        ];
    }

    public static void RunLstm(Operand[] inputs, RecurrentArgs args, Operand[] outputs)
    {
        if (outputs[0].DType == DType.Float32) RunLstm<float>(inputs, args, outputs);
        else RunLstm<double>(inputs, args, outputs);
    }

    public static void BackwardLstm(FusedGradients<RecurrentArgs> gradients)
    {
        if (gradients.Input(0).DType == DType.Float32) BackwardLstm<float>(gradients);
        else BackwardLstm<double>(gradients);
    }

    public static void RunGru(Operand[] inputs, RecurrentArgs args, Operand[] outputs)
    {
        if (outputs[0].DType == DType.Float32) RunGru<float>(inputs, args, outputs);
        else RunGru<double>(inputs, args, outputs);
    }

    public static void BackwardGru(FusedGradients<RecurrentArgs> gradients)
    {
        if (gradients.Input(0).DType == DType.Float32) BackwardGru<float>(gradients);
        else BackwardGru<double>(gradients);
    }

    private static RecurrentSize Infer(string operation, Meta[] inputs, RecurrentArgs args, int cells, int gates)
    {
        var x = inputs[0];
        if (x.Rank != 3)
        {
            throw new GradusException($"{operation}: the input is {x}, expected {(args.BatchFirst ? "[batch, time, inputs]" : "[time, batch, inputs]")}.");
        }

        var weight = inputs[2 + cells];
        if (weight.Rank != 2 || weight.Shape[0] % gates != 0 || weight.Shape[1] != x.Shape[2])
        {
            throw new GradusException($"{operation}: the input is {x}, the input weight {weight}: expected [{gates}·hidden, {x.Shape[2]}].");
        }

        var size = Size(x.Shape, weight.Shape[0] / gates, args);
        Require(operation, "hidden state", inputs[1], size.Batch, size.Hidden);
        if (cells > 0) Require(operation, "cell state", inputs[2], size.Batch, size.Hidden);
        Require(operation, "hidden weight", inputs[3 + cells], gates * size.Hidden, size.Hidden);
        Require(operation, "input bias", inputs[4 + cells], gates * size.Hidden);
        Require(operation, "hidden bias", inputs[5 + cells], gates * size.Hidden);
        return size;
    }

    private static void Require(string operation, string name, Meta input, params ReadOnlySpan<int> sizes)
    {
        if (!input.Shape.AsSpan().SequenceEqual(sizes)) throw new GradusException($"{operation}: the {name} is {input}, expected {Shape.Create(sizes)}.");
    }

    private static Shape Output(Meta x, int hidden) => Shape.Create([x.Shape[0], x.Shape[1], hidden]);

    private static RecurrentSize Size(Shape x, int hidden, RecurrentArgs args) =>
        args.BatchFirst ? new RecurrentSize(x[0], x[1], x[2], hidden, BatchFirst: true) : new RecurrentSize(x[1], x[0], x[2], hidden, BatchFirst: false);

    private static void RunLstm<T>(Operand[] inputs, RecurrentArgs args, Operand[] outputs) where T : unmanaged, INumber<T>
    {
        var size = Size(inputs[0].Shape, inputs[1].Shape[1], args);
        // Without a graph nobody asks for gates and cells again.
        var isKept = outputs.Length > 3;
        using var scratch = Buffers.Rent(isKept ? 1 : (nint)size.Rows * 5 * size.Hidden * sizeof(T));
        var gates = isKept ? outputs[3].As<T>() : (T*)scratch.Pointer;
        var cells = isKept ? outputs[4].As<T>() : gates + ((nint)size.Rows * 4 * size.Hidden);
        var operands = new LstmOperands<T>
        {
            X = inputs[0].As<T>(),
            FirstHidden = inputs[1].As<T>(),
            FirstCell = inputs[2].As<T>(),
            InputWeight = inputs[3].As<T>(),
            HiddenWeight = inputs[4].As<T>(),
            InputBias = inputs[5].As<T>(),
            HiddenBias = inputs[6].As<T>(),
            Output = outputs[0].As<T>(),
            Gates = gates,
            Cells = cells,
        };
        Lstm.Forward(size, operands);
        Last(size, operands.Output, operands.FirstHidden, outputs[1].As<T>());
        Last(size, cells, operands.FirstCell, outputs[2].As<T>());
    }

    private static void BackwardLstm<T>(FusedGradients<RecurrentArgs> g) where T : unmanaged, INumber<T>
    {
        var operands = new LstmOperands<T>
        {
            X = g.Input(0).As<T>(),
            FirstHidden = g.Input(1).As<T>(),
            FirstCell = g.Input(2).As<T>(),
            InputWeight = g.Input(3).As<T>(),
            HiddenWeight = g.Input(4).As<T>(),
            InputBias = g.Input(5).As<T>(),
            HiddenBias = g.Input(6).As<T>(),
            Output = g.Output(0).As<T>(),
            Gates = g.Output(3).As<T>(),
            Cells = g.Output(4).As<T>(),
        };
        Lstm.Backward(Size(g.Input(0).Shape, g.Input(1).Shape[1], g.Args), operands, new LstmGradients<T>
        {
            Output = g.Gradient(0).As<T>(),
            LastHidden = g.Gradient(1).As<T>(),
            LastCell = g.Gradient(2).As<T>(),
            X = g.Result(0).As<T>(),
            FirstHidden = g.Result(1).As<T>(),
            FirstCell = g.Result(2).As<T>(),
            InputWeight = g.Result(3).As<T>(),
            HiddenWeight = g.Result(4).As<T>(),
            InputBias = g.Result(5).As<T>(),
            HiddenBias = g.Result(6).As<T>(),
        });
    }

    private static void RunGru<T>(Operand[] inputs, RecurrentArgs args, Operand[] outputs) where T : unmanaged, INumber<T>
    {
        var size = Size(inputs[0].Shape, inputs[1].Shape[1], args);
        var isKept = outputs.Length > 2;
        using var scratch = Buffers.Rent(isKept ? 1 : (nint)size.Rows * 4 * size.Hidden * sizeof(T));
        var operands = new GruOperands<T>
        {
            X = inputs[0].As<T>(),
            FirstHidden = inputs[1].As<T>(),
            InputWeight = inputs[2].As<T>(),
            HiddenWeight = inputs[3].As<T>(),
            InputBias = inputs[4].As<T>(),
            HiddenBias = inputs[5].As<T>(),
            Output = outputs[0].As<T>(),
            Gates = isKept ? outputs[2].As<T>() : (T*)scratch.Pointer,
        };
        Gru.Forward(size, operands);
        Last(size, operands.Output, operands.FirstHidden, outputs[1].As<T>());
    }

    private static void BackwardGru<T>(FusedGradients<RecurrentArgs> g) where T : unmanaged, INumber<T>
    {
        var operands = new GruOperands<T>
        {
            X = g.Input(0).As<T>(),
            FirstHidden = g.Input(1).As<T>(),
            InputWeight = g.Input(2).As<T>(),
            HiddenWeight = g.Input(3).As<T>(),
            InputBias = g.Input(4).As<T>(),
            HiddenBias = g.Input(5).As<T>(),
            Output = g.Output(0).As<T>(),
            Gates = g.Output(2).As<T>(),
        };
        Gru.Backward(Size(g.Input(0).Shape, g.Input(1).Shape[1], g.Args), operands, new GruGradients<T>
        {
            Output = g.Gradient(0).As<T>(),
            LastHidden = g.Gradient(1).As<T>(),
            X = g.Result(0).As<T>(),
            FirstHidden = g.Result(1).As<T>(),
            InputWeight = g.Result(2).As<T>(),
            HiddenWeight = g.Result(3).As<T>(),
            InputBias = g.Result(4).As<T>(),
            HiddenBias = g.Result(5).As<T>(),
        });
    }

    /// <summary>The state after the last step; that before the first where there are no steps.</summary>
    private static void Last<T>(RecurrentSize size, T* states, T* first, T* last) where T : unmanaged
    {
        var bytes = (nint)size.Hidden * sizeof(T);
        for (var sample = 0; sample < size.Batch; sample++)
        {
            var from = size.Time == 0 ? first + ((nint)sample * size.Hidden) : states + (size.Row(sample, size.Time - 1) * size.Hidden);
            Buffer.MemoryCopy(from, last + ((nint)sample * size.Hidden), bytes, bytes);
        }
    }
}
