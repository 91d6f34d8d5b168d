using System.Numerics;

namespace Gradus.Kernels;

/// <summary>The operands of a GRU. Weights are [3·hidden, inputs] and [3·hidden, hidden], gates in the order r, z, n.</summary>
internal readonly unsafe struct GruOperands<T> where T : unmanaged, INumber<T>
{
    public required T* X { get; init; }

    public required T* FirstHidden { get; init; }

    public required T* InputWeight { get; init; }

    public required T* HiddenWeight { get; init; }

    public required T* InputBias { get; init; }

    public required T* HiddenBias { get; init; }

    /// <summary>All hidden states, ordered like X.</summary>
    public required T* Output { get; init; }

    /// <summary>The gates r, z, n after their functions and the hidden state's part of n, [rows, 4·hidden].</summary>
    public required T* Gates { get; init; }
}

/// <summary>The gradients of a GRU: those of its results, which may be null, and where those of its operands go, null where they are not wanted.</summary>
internal readonly unsafe struct GruGradients<T> where T : unmanaged, INumber<T>
{
    public required T* Output { get; init; }

    public required T* LastHidden { get; init; }

    public required T* X { get; init; }

    public required T* FirstHidden { get; init; }

    public required T* InputWeight { get; init; }

    public required T* HiddenWeight { get; init; }

    public required T* InputBias { get; init; }

    public required T* HiddenBias { get; init; }
}

/// <summary>A gated recurrent unit over a whole sequence: r, z = σ(x·Wᵀ + b + h·Uᵀ + c), n = tanh(x·Wᵀ + b + r·(h·Uᵀ + c)), h ← (1 − z)·n + z·h.</summary>
/// <remarks>
/// The inputs' part of all steps is one product, and so is each weight's gradient, but for the columns in which the two parts' gradients differ.
/// </remarks>
internal static unsafe class Gru
{
    /// <summary>Writes outputs and gates.</summary>
    public static void Forward<T>(RecurrentSize size, GruOperands<T> operands) where T : unmanaged, INumber<T>
    {
        var gates = 3 * size.Hidden;
        using var scratch = Buffers.Rent((nint)size.Hidden * gates * sizeof(T));
        var transposed = (T*)scratch.Pointer;
        RecurrentProducts.Transpose(gates, size.Hidden, operands.HiddenWeight, transposed);
        Gemm.Run(size.Rows, gates, size.Inputs, operands.X, size.Inputs, 1, operands.InputWeight, 1, size.Inputs,
            operands.Gates, 4 * size.Hidden, operands.InputBias);
        Workers.Run(size.Blocks, new ForwardJob<T>(size, operands, transposed));
    }

    /// <summary>Writes the gradients that are wanted. Sequences that no gradient asks for give none, whatever stands in them.</summary>
    public static void Backward<T>(RecurrentSize size, GruOperands<T> operands, GruGradients<T> gradients) where T : unmanaged, INumber<T>
    {
        Descend(size, operands, gradients);
        nint weights = 3 * (nint)size.Hidden, states = (nint)size.Batch * size.Hidden;
        static bool IsSpoilt(T* gradient, nint count) => UnaskedSequences<T>.HasNaN(gradient, count);
        var isSpoilt = IsSpoilt(gradients.InputWeight, weights * size.Inputs) || IsSpoilt(gradients.HiddenWeight, weights * size.Hidden) ||
            IsSpoilt(gradients.InputBias, weights) || IsSpoilt(gradients.HiddenBias, weights) ||
            IsSpoilt(gradients.X, (nint)size.Rows * size.Inputs) || IsSpoilt(gradients.FirstHidden, states);
        if (!isSpoilt) return;

        var unasked = new UnaskedSequences<T>(size, gradients.Output, (nint)gradients.LastHidden);
        if (!unasked.Any) return;
        using var scratch = Buffers.Rent((((nint)size.Rows * (size.Inputs + (5 * size.Hidden))) + states) * sizeof(T));
        var memory = (T*)scratch.Pointer;
        Descend(size, operands with
        {
            X = unasked.Steps(operands.X, size.Inputs, ref memory),
            FirstHidden = unasked.States(operands.FirstHidden, ref memory),
            Output = unasked.Steps(operands.Output, size.Hidden, ref memory),
            Gates = unasked.Steps(operands.Gates, 4 * size.Hidden, ref memory),
        }, gradients);
    }

    private static void Descend<T>(RecurrentSize size, GruOperands<T> operands, GruGradients<T> gradients) where T : unmanaged, INumber<T>
    {
        int hidden = size.Hidden, pitch = 4 * hidden, state = checked(size.Batch * hidden);
        using var scratch = Buffers.Rent((((nint)size.Rows * (pitch + hidden)) + state) * sizeof(T));
        var dGates = (T*)scratch.Pointer;
        var previous = dGates + ((nint)size.Rows * pitch);
        var dHidden = gradients.FirstHidden != null ? gradients.FirstHidden : previous + ((nint)size.Rows * hidden);
        Lstm.Start(gradients.LastHidden, dHidden, state);
        Workers.Run(size.Blocks, new BackwardJob<T>(size, operands, gradients.Output, dHidden, dGates));

        // Columns 0 … 2·hidden hold r and z for both parts, then n for the hidden state's part, last n for the inputs' part.
        var dCandidate = dGates + (3 * hidden);
        nint candidateRows = 2 * (nint)hidden * size.Inputs;
        if (gradients.X != null)
        {
            Gemm.Run(size.Rows, size.Inputs, 2 * hidden, dGates, pitch, 1, operands.InputWeight, size.Inputs, 1, gradients.X, size.Inputs);
            Gemm.Run(size.Rows, size.Inputs, hidden, dCandidate, pitch, 1, operands.InputWeight + candidateRows, size.Inputs, 1,
                gradients.X, size.Inputs, accumulate: true);
        }

        if (gradients.InputWeight != null)
        {
            RecurrentProducts.WeightGradient(size.Rows, 2 * hidden, size.Inputs, dGates, pitch, operands.X, gradients.InputWeight);
            RecurrentProducts.WeightGradient(size.Rows, hidden, size.Inputs, dCandidate, pitch, operands.X, gradients.InputWeight + candidateRows);
        }

        if (gradients.HiddenWeight != null)
        {
            RecurrentProducts.Previous(size, operands.Output, operands.FirstHidden, previous);
            RecurrentProducts.WeightGradient(size.Rows, 3 * hidden, hidden, dGates, pitch, previous, gradients.HiddenWeight);
        }

        if (gradients.HiddenBias != null) RecurrentProducts.SumRows(size.Rows, 3 * hidden, dGates, pitch, gradients.HiddenBias);
        if (gradients.InputBias == null) return;
        RecurrentProducts.SumRows(size.Rows, 2 * hidden, dGates, pitch, gradients.InputBias);
        RecurrentProducts.SumRows(size.Rows, hidden, dCandidate, pitch, gradients.InputBias + (2 * hidden));
    }

    private readonly struct ForwardJob<T>(RecurrentSize size, GruOperands<T> operands, T* transposed) : IJob where T : unmanaged, INumber<T>
    {
        public void Run(int block)
        {
            var (start, count) = size.Block(block);
            int hidden = size.Hidden, gates = 3 * hidden;
            using var scratch = Buffers.Rent((nint)count * gates * sizeof(T));
            var parts = (T*)scratch.Pointer;
            for (var step = 0; step < size.Time; step++)
            {
                var stride = step == 0 ? hidden : size.SampleStride * hidden;
                var before = step == 0 ? operands.FirstHidden + ((nint)start * hidden) : operands.Output + (size.Row(start, step - 1) * hidden);
                Gemm.Run(count, gates, hidden, before, stride, 1, transposed, gates, 1, parts, gates, operands.HiddenBias);
                for (var sample = 0; sample < count; sample++)
                {
                    var row = size.Row(start + sample, step);
                    GruCell.Forward(hidden, operands.Gates + (row * 4 * hidden), parts + ((nint)sample * gates), before + (sample * stride),
                        operands.Output + (row * hidden));
                }
            }
        }
    }

    private readonly struct BackwardJob<T>(RecurrentSize size, GruOperands<T> operands, T* gOutput, T* dHidden, T* dGates) : IJob
        where T : unmanaged, INumber<T>
    {
        public void Run(int block)
        {
            var (start, count) = size.Block(block);
            int hidden = size.Hidden, pitch = 4 * hidden;
            for (var step = size.Time - 1; step >= 0; step--)
            {
                for (var sample = start; sample < start + count; sample++)
                {
                    var row = size.Row(sample, step);
                    var dh = dHidden + ((nint)sample * hidden);
                    if (gOutput != null) Elementwise.BinarySpan(default(AddOperator), hidden, dh, 1, gOutput + (row * hidden), 1, dh);
                    var before = step == 0 ? operands.FirstHidden + ((nint)sample * hidden) : operands.Output + (size.Row(sample, step - 1) * hidden);
                    GruCell.Backward(hidden, operands.Gates + (row * pitch), before, dh, dGates + (row * pitch));
                }

                Gemm.Run(count, hidden, 3 * hidden, dGates + (size.Row(start, step) * pitch), size.SampleStride * pitch, 1, operands.HiddenWeight, hidden, 1,
                    dHidden + ((nint)start * hidden), hidden, accumulate: true);
            }
        }
    }
}
