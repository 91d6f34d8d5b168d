using System.Numerics;

namespace Gradus.Kernels.Tests.Recurrent;

/// <summary>The plain twin of <see cref="Lstm"/>: one sample, one step, one unit at a time.</summary>
internal static unsafe class PlainLstm
{
    public static void Forward<T>(RecurrentSize size, LstmOperands<T> operands) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = size.Hidden, gates = 4 * n;
        var bias = new T[gates];
        for (var gate = 0; gate < gates; gate++) bias[gate] = operands.InputBias[gate] + operands.HiddenBias[gate];
        for (var sample = 0; sample < size.Batch; sample++)
        {
            for (var step = 0; step < size.Time; step++)
            {
                var row = size.Row(sample, step);
                T* at = operands.Gates + (row * gates), cell = operands.Cells + (row * n), hidden = operands.Output + (row * n);
                var before = PlainRecurrent.Before(size, sample, step, operands.FirstCell, operands.Cells);
                fixed (T* added = bias) PlainRecurrent.Affine(gates, size.Inputs, operands.X + (row * size.Inputs), operands.InputWeight, added, at);
                PlainRecurrent.Affine(
                    gates, n, PlainRecurrent.Before(size, sample, step, operands.FirstHidden, operands.Output), operands.HiddenWeight, null,
                    at, accumulate: true);
                for (var gate = 0; gate < gates; gate++) at[gate] = gate / n == 2 ? PlainRecurrent.Tanh(at[gate]) : PlainRecurrent.Sigmoid(at[gate]);
                for (var j = 0; j < n; j++)
                {
                    cell[j] = T.FusedMultiplyAdd(at[n + j], before[j], at[j] * at[(2 * n) + j]);
                    hidden[j] = at[(3 * n) + j] * PlainRecurrent.Tanh(cell[j]);
                }
            }
        }
    }

    public static void Backward<T>(RecurrentSize size, LstmOperands<T> operands, LstmGradients<T> gradients) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = size.Hidden, gates = 4 * n;
        fixed (T* dGates = new T[size.Rows * gates])
        {
            for (var sample = 0; sample < size.Batch; sample++)
            {
                T* dHidden = gradients.FirstHidden + (sample * n), dCell = gradients.FirstCell + (sample * n);
                new Span<T>(gradients.LastHidden + (sample * n), n).CopyTo(new Span<T>(dHidden, n));
                new Span<T>(gradients.LastCell + (sample * n), n).CopyTo(new Span<T>(dCell, n));
                for (var step = size.Time - 1; step >= 0; step--)
                {
                    var row = size.Row(sample, step);
                    T* to = dGates + (row * gates), at = operands.Gates + (row * gates);
                    var before = PlainRecurrent.Before(size, sample, step, operands.FirstCell, operands.Cells);
                    for (var j = 0; j < n; j++)
                    {
                        T i = at[j], f = at[n + j], g = at[(2 * n) + j], o = at[(3 * n) + j];
                        var dh = dHidden[j] + gradients.Output[(row * n) + j];
                        var squashed = PlainRecurrent.Tanh(operands.Cells[(row * n) + j]);
                        var dc = T.FusedMultiplyAdd(dh * o, PlainRecurrent.OneMinusSquare(squashed), dCell[j]);
                        to[j] = dc * g * (i * (T.One - i));
                        to[n + j] = dc * before[j] * (f * (T.One - f));
                        to[(2 * n) + j] = dc * i * PlainRecurrent.OneMinusSquare(g);
                        to[(3 * n) + j] = dh * squashed * (o * (T.One - o));
                        dCell[j] = dc * f;
                    }

                    GemmReference.Run(1, n, gates, to, 0, 1, operands.HiddenWeight, n, 1, dHidden, n, null, accumulate: false);
                }
            }

            GemmReference.Run(size.Rows, size.Inputs, gates, dGates, gates, 1, operands.InputWeight, size.Inputs, 1,
                gradients.X, size.Inputs, null, accumulate: false);
            PlainRecurrent.WeightGradient(size.Rows, gates, size.Inputs, dGates, gates, operands.X, gradients.InputWeight);
            PlainRecurrent.HiddenWeightGradient(size, gates, dGates, gates, operands.FirstHidden, operands.Output, gradients.HiddenWeight);
            PlainRecurrent.SumRows(size.Rows, gates, dGates, gates, gradients.InputBias);
            PlainRecurrent.SumRows(size.Rows, gates, dGates, gates, gradients.HiddenBias);
        }
    }
}
