using System.Numerics;

namespace Gradus.Kernels.Tests.Recurrent;

/// <summary>The plain twin of <see cref="Gru"/>: one sample, one step, one unit at a time.</summary>
internal static unsafe class PlainGru
{
    public static void Forward<T>(RecurrentSize size, GruOperands<T> operands) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = size.Hidden, gates = 3 * n;
        fixed (T* parts = new T[gates])
        {
            for (var sample = 0; sample < size.Batch; sample++)
            {
                for (var step = 0; step < size.Time; step++)
                {
                    var row = size.Row(sample, step);
                    T* at = operands.Gates + (row * 4 * n), before = PlainRecurrent.Before(size, sample, step, operands.FirstHidden, operands.Output);
                    PlainRecurrent.Affine(gates, size.Inputs, operands.X + (row * size.Inputs), operands.InputWeight, operands.InputBias, at);
                    PlainRecurrent.Affine(gates, n, before, operands.HiddenWeight, operands.HiddenBias, parts);
                    for (var j = 0; j < n; j++)
                    {
                        at[j] = PlainRecurrent.Sigmoid(at[j] + parts[j]);
                        at[n + j] = PlainRecurrent.Sigmoid(at[n + j] + parts[n + j]);
                        at[(3 * n) + j] = parts[(2 * n) + j];
                        at[(2 * n) + j] = PlainRecurrent.Tanh(T.FusedMultiplyAdd(at[j], at[(3 * n) + j], at[(2 * n) + j]));
                        operands.Output[(row * n) + j] = T.FusedMultiplyAdd(at[n + j], before[j] - at[(2 * n) + j], at[(2 * n) + j]);
                    }
                }
            }
        }
    }

    public static void Backward<T>(RecurrentSize size, GruOperands<T> operands, GruGradients<T> gradients) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = size.Hidden, pitch = 4 * n;
        fixed (T* dGates = new T[size.Rows * pitch])
        {
            for (var sample = 0; sample < size.Batch; sample++)
            {
                var dHidden = gradients.FirstHidden + (sample * n);
                new Span<T>(gradients.LastHidden + (sample * n), n).CopyTo(new Span<T>(dHidden, n));
                for (var step = size.Time - 1; step >= 0; step--)
                {
                    var row = size.Row(sample, step);
                    T* to = dGates + (row * pitch), at = operands.Gates + (row * pitch),
                        before = PlainRecurrent.Before(size, sample, step, operands.FirstHidden, operands.Output);
                    for (var j = 0; j < n; j++)
                    {
                        T r = at[j], z = at[n + j], candidate = at[(2 * n) + j], part = at[(3 * n) + j];
                        var dh = dHidden[j] + gradients.Output[(row * n) + j];
                        var dCandidate = dh * (T.One - z) * PlainRecurrent.OneMinusSquare(candidate);
                        to[j] = dCandidate * part * (r * (T.One - r));
                        to[n + j] = dh * (before[j] - candidate) * (z * (T.One - z));
                        to[(2 * n) + j] = dCandidate * r;
                        to[(3 * n) + j] = dCandidate;
                        dHidden[j] = dh * z;
                    }

                    GemmReference.Run(1, n, 3 * n, to, 0, 1, operands.HiddenWeight, n, 1, dHidden, n, null, accumulate: true);
                }
            }

            // Columns 0 … 2·n hold r and z for both parts, then n for the hidden state's part, last n for the inputs' part.
            var dCandidates = dGates + (3 * n);
            var candidateRows = 2 * n * size.Inputs;
            GemmReference.Run(size.Rows, size.Inputs, 2 * n, dGates, pitch, 1, operands.InputWeight, size.Inputs, 1,
                gradients.X, size.Inputs, null, accumulate: false);
            GemmReference.Run(size.Rows, size.Inputs, n, dCandidates, pitch, 1, operands.InputWeight + candidateRows, size.Inputs, 1,
                gradients.X, size.Inputs, null, accumulate: true);
            PlainRecurrent.WeightGradient(size.Rows, 2 * n, size.Inputs, dGates, pitch, operands.X, gradients.InputWeight);
            PlainRecurrent.WeightGradient(size.Rows, n, size.Inputs, dCandidates, pitch, operands.X, gradients.InputWeight + candidateRows);
            PlainRecurrent.HiddenWeightGradient(size, 3 * n, dGates, pitch, operands.FirstHidden, operands.Output, gradients.HiddenWeight);
            PlainRecurrent.SumRows(size.Rows, 3 * n, dGates, pitch, gradients.HiddenBias);
            PlainRecurrent.SumRows(size.Rows, 2 * n, dGates, pitch, gradients.InputBias);
            PlainRecurrent.SumRows(size.Rows, n, dCandidates, pitch, gradients.InputBias + (2 * n));
        }
    }
}
