using System.Numerics;
using System.Runtime.InteropServices;

namespace Gradus.Kernels;

internal static unsafe partial class Rows
{
    /// <summary>lossᵣ = ln Σ e^(x − max x) − (x[labelᵣ] − max x): cross-entropy of logits and class labels, row by row.</summary>
    /// <returns>The first row whose label is not in 0 … columns − 1, or −1; nothing is computed then.</returns>
    public static nint CrossEntropy<T, TLabel>(nint rows, nint columns, T* x, TLabel* labels, T* loss)
        where T : unmanaged where TLabel : unmanaged, IBinaryInteger<TLabel>
    {
        var wrong = WrongLabel(rows, columns, labels);
        if (wrong < 0) Run(rows, columns, new CrossEntropyRow<T, TLabel>(columns, x, labels, loss));
        return wrong;
    }

    /// <summary>dx = (softmax x − onehot label) · gᵣ in each row. dx may be x.</summary>
    /// <returns>The first row whose label is not in 0 … columns − 1, or −1; nothing is computed then.</returns>
    public static nint CrossEntropyBackward<T, TLabel>(nint rows, nint columns, T* x, TLabel* labels, T* g, T* dx)
        where T : unmanaged where TLabel : unmanaged, IBinaryInteger<TLabel>
    {
        var wrong = WrongLabel(rows, columns, labels);
        if (wrong < 0) Run(rows, columns, new CrossEntropyBackwardRow<T, TLabel>(columns, x, labels, g, dx));
        return wrong;
    }

    private static nint WrongLabel<TLabel>(nint rows, nint columns, TLabel* labels) where TLabel : unmanaged, IBinaryInteger<TLabel>
    {
        for (nint row = 0; row < rows; row++)
        {
            if ((ulong)long.CreateTruncating(labels[row]) >= (ulong)columns) return row;
        }

        return -1;
    }

    private readonly struct CrossEntropyRow<T, TLabel>(nint columns, T* x, TLabel* labels, T* loss) : IRow
        where T : unmanaged where TLabel : unmanaged, IBinaryInteger<TLabel>
    {
        public void Run(nint row)
        {
            var from = x + (row * columns);
            var max = Max(from, columns);
            var own = from[nint.CreateTruncating(labels[row])];
            // Of infinite logits each has an equal share; every other class, and every class of a row of −∞ alone, has none.
            if (IsInfinite(max))
            {
                loss[row] = IsInfinite(own) && Scalar<T>.Any(Scalar<T>.Less(Scalar<T>.Zero, own))
                    ? LogOfInfinities(columns, from)
                    : Scalar<T>.Constant(double.PositiveInfinity);
            }
            else
            {
                loss[row] = Minus(LogOf(SumExpShifted(columns, from, max)), Minus(own, max));
            }
        }
    }

    private readonly struct CrossEntropyBackwardRow<T, TLabel>(nint columns, T* x, TLabel* labels, T* g, T* dx) : IRow
        where T : unmanaged where TLabel : unmanaged, IBinaryInteger<TLabel>
    {
        public void Run(nint row)
        {
            var from = x + (row * columns);
            var to = dx + (row * columns);
            if (IsZero(g[row]))
            {
                // Nothing flows back, even from logits that are not numbers.
                NativeMemory.Clear(to, (nuint)(columns * sizeof(T)));
                return;
            }

            var sum = Weigh(columns, from, to);
            // 1 − p at the label is taken before the factor, not from a product that has been rounded.
            var label = nint.CreateTruncating(labels[row]);
            var atLabel = Scalar<T>.Multiply(Minus(Scalar<T>.Divide(to[label], sum), Scalar<T>.Constant(1)), g[row]);
            Elementwise.UnarySpan(new DivideMultiplyOperator<T>(sum, g[row]), columns, to, to);
            to[label] = atLabel;
        }
    }
}
