using System.Numerics;
using System.Runtime.InteropServices;

namespace Gradus.Kernels;

/// <summary>The operands of an LSTM. Weights are [4·hidden, inputs] and [4·hidden, hidden], gates in the order i, f, g, o.</summary>
internal readonly unsafe struct LstmOperands<T> where T : unmanaged, INumber<T>
{
    public required T* X { get; init; }

    public required T* FirstHidden { get; init; }

    public required T* FirstCell { get; init; }

    public required T* InputWeight { get; init; }

    public required T* HiddenWeight { get; init; }

    public required T* InputBias { get; init; }

    public required T* HiddenBias { get; init; }

    /// <summary>All hidden states, ordered like X.</summary>
    public required T* Output { get; init; }

    /// <summary>The gates after their functions, [rows, 4·hidden].</summary>
    public required T* Gates { get; init; }

    /// <summary>The cell states, [rows, hidden].</summary>
    public required T* Cells { get; init; }
}

/// <summary>The gradients of an LSTM: those of its results, which may be null, and where those of its operands go, null where they are not wanted.</summary>
internal readonly unsafe struct LstmGradients<T> where T : unmanaged, INumber<T>
{
    public required T* Output { get; init; }

    public required T* LastHidden { get; init; }

    public required T* LastCell { get; init; }

    public required T* X { get; init; }

    public required T* FirstHidden { get; init; }

    public required T* FirstCell { get; init; }

    public required T* InputWeight { get; init; }

    public required T* HiddenWeight { get; init; }

    public required T* InputBias { get; init; }

    public required T* HiddenBias { get; init; }
}

/// <summary>A long short-term memory over a whole sequence: i, f, o = σ(x·Wᵀ + h·Uᵀ + b), g = tanh(…), c ← f·c + i·g, h ← o·tanh(c).</summary>
/// <remarks>The inputs' part of all steps is one product; the gradients of the weights and of the input are one product each.</remarks>
internal static unsafe class Lstm
{
    /// <summary>Writes outputs, gates and cells.</summary>
    public static void Forward<T>(RecurrentSize size, LstmOperands<T> operands) where T : unmanaged, INumber<T>
    {
        var gates = 4 * size.Hidden;
        using var scratch = Buffers.Rent((((nint)size.Hidden * gates) + gates) * sizeof(T));
        var transposed = (T*)scratch.Pointer;
        var bias = transposed + ((nint)size.Hidden * gates);
        RecurrentProducts.Transpose(gates, size.Hidden, operands.HiddenWeight, transposed);
        Elementwise.BinarySpan(default(AddOperator), gates, operands.InputBias, 1, operands.HiddenBias, 1, bias);
        Gemm.Run(size.Rows, gates, size.Inputs, operands.X, size.Inputs, 1, operands.InputWeight, 1, size.Inputs, operands.Gates, gates, bias);
        Workers.Run(size.Blocks, new ForwardJob<T>(size, operands, transposed));
    }

    /// <summary>Writes the gradients that are wanted. Sequences that no gradient asks for give none, whatever stands in them.</summary>
    public static void Backward<T>(RecurrentSize size, LstmOperands<T> operands, LstmGradients<T> gradients) where T : unmanaged, INumber<T>
    {
        Descend(size, operands, gradients);
        nint weights = 4 * (nint)size.Hidden, states = (nint)size.Batch * size.Hidden;
        static bool IsSpoilt(T* gradient, nint count) => UnaskedSequences<T>.HasNaN(gradient, count);
        var isSpoilt = IsSpoilt(gradients.InputWeight, weights * size.Inputs) || IsSpoilt(gradients.HiddenWeight, weights * size.Hidden) ||
            IsSpoilt(gradients.InputBias, weights) || IsSpoilt(gradients.HiddenBias, weights) ||
            IsSpoilt(gradients.X, (nint)size.Rows * size.Inputs) || IsSpoilt(gradients.FirstHidden, states) || IsSpoilt(gradients.FirstCell, states);
        if (!isSpoilt) return;

        var unasked = new UnaskedSequences<T>(size, gradients.Output, (nint)gradients.LastHidden, (nint)gradients.LastCell);
        if (!unasked.Any) return;
        using var scratch = Buffers.Rent((((nint)size.Rows * (size.Inputs + (6 * size.Hidden))) + (2 * states)) * sizeof(T));
        var memory = (T*)scratch.Pointer;
        Descend(size, operands with
        {
            X = unasked.Steps(operands.X, size.Inputs, ref memory),
            FirstHidden = unasked.States(operands.FirstHidden, ref memory),
            FirstCell = unasked.States(operands.FirstCell, ref memory),
            Output = unasked.Steps(operands.Output, size.Hidden, ref memory),
            Gates = unasked.Steps(operands.Gates, 4 * size.Hidden, ref memory),
            Cells = unasked.Steps(operands.Cells, size.Hidden, ref memory),
        }, gradients);
    }

    private static void Descend<T>(RecurrentSize size, LstmOperands<T> operands, LstmGradients<T> gradients) where T : unmanaged, INumber<T>
    {
        int gates = 4 * size.Hidden, state = checked(size.Batch * size.Hidden);
        using var scratch = Buffers.Rent((((nint)size.Rows * (gates + size.Hidden)) + (2 * (nint)state)) * sizeof(T));
        var dGates = (T*)scratch.Pointer;
        var previous = dGates + ((nint)size.Rows * gates);
        var dHidden = gradients.FirstHidden != null ? gradients.FirstHidden : previous + ((nint)size.Rows * size.Hidden);
        var dCell = gradients.FirstCell != null ? gradients.FirstCell : previous + ((nint)size.Rows * size.Hidden) + state;
        Start(gradients.LastHidden, dHidden, state);
        Start(gradients.LastCell, dCell, state);
        Workers.Run(size.Blocks, new BackwardJob<T>(size, operands, gradients.Output, dHidden, dCell, dGates));

        if (gradients.X != null) Gemm.Run(size.Rows, size.Inputs, gates, dGates, gates, 1, operands.InputWeight, size.Inputs, 1, gradients.X, size.Inputs);
        if (gradients.InputWeight != null) RecurrentProducts.WeightGradient(size.Rows, gates, size.Inputs, dGates, gates, operands.X, gradients.InputWeight);
        if (gradients.HiddenWeight != null)
        {
            RecurrentProducts.Previous(size, operands.Output, operands.FirstHidden, previous);
            RecurrentProducts.WeightGradient(size.Rows, gates, size.Hidden, dGates, gates, previous, gradients.HiddenWeight);
        }

        var bias = gradients.InputBias != null ? gradients.InputBias : gradients.HiddenBias;
        if (bias == null) return;
        RecurrentProducts.SumRows(size.Rows, gates, dGates, gates, bias);
        if (gradients.HiddenBias != null && gradients.HiddenBias != bias) Elementwise.Copy(gates, bias, gradients.HiddenBias);
    }

    /// <summary>A gradient that the walk back through time begins with; zeros where none arrived.</summary>
    internal static void Start<T>(T* given, T* target, int count) where T : unmanaged
    {
        if (given == null) NativeMemory.Clear(target, (nuint)count * (nuint)sizeof(T));
        else Elementwise.Copy(count, given, target);
    }

    private readonly struct ForwardJob<T>(RecurrentSize size, LstmOperands<T> operands, T* transposed) : IJob where T : unmanaged, INumber<T>
    {
        public void Run(int block)
        {
            var (start, count) = size.Block(block);
            int hidden = size.Hidden, gates = 4 * hidden;
            for (var step = 0; step < size.Time; step++)
            {
                var row = size.Row(start, step);
                var before = step == 0 ? operands.FirstHidden + ((nint)start * hidden) : operands.Output + (size.Row(start, step - 1) * hidden);
                var stride = step == 0 ? hidden : size.SampleStride * hidden;
                Gemm.Run(count, gates, hidden, before, stride, 1, transposed, gates, 1,
                    operands.Gates + (row * gates), size.SampleStride * gates, accumulate: true);
                for (var sample = start; sample < start + count; sample++)
                {
                    row = size.Row(sample, step);
                    var cell = step == 0 ? operands.FirstCell + ((nint)sample * hidden) : operands.Cells + (size.Row(sample, step - 1) * hidden);
                    LstmCell.Forward(hidden, operands.Gates + (row * gates), cell, operands.Cells + (row * hidden), operands.Output + (row * hidden));
                }
            }
        }
    }

    private readonly struct BackwardJob<T>(RecurrentSize size, LstmOperands<T> operands, T* gOutput, T* dHidden, T* dCell, T* dGates) : IJob
        where T : unmanaged, INumber<T>
    {
        public void Run(int block)
        {
            var (start, count) = size.Block(block);
            int hidden = size.Hidden, gates = 4 * hidden;
            for (var step = size.Time - 1; step >= 0; step--)
            {
                for (var sample = start; sample < start + count; sample++)
                {
                    var row = size.Row(sample, step);
                    T* dh = dHidden + ((nint)sample * hidden), dc = dCell + ((nint)sample * hidden);
                    if (gOutput != null) Elementwise.BinarySpan(default(AddOperator), hidden, dh, 1, gOutput + (row * hidden), 1, dh);
                    var cell = step == 0 ? operands.FirstCell + ((nint)sample * hidden) : operands.Cells + (size.Row(sample, step - 1) * hidden);
                    LstmCell.Backward(hidden, operands.Gates + (row * gates), cell, operands.Cells + (row * hidden), dh, dc, dGates + (row * gates));
                }

                Gemm.Run(count, hidden, gates, dGates + (size.Row(start, step) * gates), size.SampleStride * gates, 1,
                    operands.HiddenWeight, hidden, 1, dHidden + ((nint)start * hidden), hidden);
            }
        }
    }
}
