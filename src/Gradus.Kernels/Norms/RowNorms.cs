using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gradus.Kernels;

/// <summary>Layer norm and root-mean-square norm of the rows of a contiguous [rows, columns] matrix.</summary>
/// <remarks>x̂ = (x − mean)·scale, scale = 1/√(Σ(x − mean)²/columns + ε); the root-mean-square norm is the same with 0 for the mean.</remarks>
internal static unsafe class RowNorms
{
    private const int Grain = 16384;
    private const int MostPartials = 64;

    /// <summary>z = x̂·weight + bias. Weight, bias, means and scales may be null.</summary>
    public static void Forward<T>(nint rows, nint columns, bool isCentered, double epsilon, T* x, T* weight, T* bias, T* z, T* means, T* scales)
        where T : unmanaged
    {
        var step = Math.Max(1, Grain / Math.Max(1, columns));
        Workers.Run((int)((rows + step - 1) / step), new ForwardJob<T>(rows, columns, step, isCentered, epsilon, x, weight, bias, z, means, scales));
    }

    /// <summary>The gradients; any of the results may be null. Those of weight and bias are summed in blocks of rows that follow from the shape.</summary>
    public static void Backward<T>(
        nint rows, nint columns, bool isCentered, double epsilon, T* x, T* g, T* weight, T* means, T* scales, T* dx, T* dWeight, T* dBias)
        where T : unmanaged
    {
        var step = Math.Max(Math.Max(1, Grain / Math.Max(1, columns)), (rows + MostPartials - 1) / MostPartials);
        var chunks = (int)((rows + step - 1) / step);
        using var scratch = Buffers.Rent((Math.Max(chunks, 1) * 2 * columns) * sizeof(T));
        var partials = (T*)scratch.Pointer;
        NativeMemory.Clear(partials, (nuint)(Math.Max(chunks, 1) * 2 * columns * sizeof(T)));
        Workers.Run(chunks, new BackwardJob<T>(rows, columns, step, isCentered, epsilon, x, g, weight, means, scales, dx, partials));
        for (var chunk = 1; chunk < chunks; chunk++)
        {
            Elementwise.BinarySpan(default(AddOperator), 2 * columns, partials, 1, partials + (chunk * 2 * columns), 1, partials);
        }

        if (dWeight != null) Elementwise.Copy(columns, partials, dWeight);
        if (dBias != null) Elementwise.Copy(columns, partials + columns, dBias);
    }

    private readonly struct ForwardJob<T>(
        nint rows, nint columns, nint step, bool isCentered, double epsilon, T* x, T* weight, T* bias, T* z, T* means, T* scales) : IJob
        where T : unmanaged
    {
        public void Run(int chunk)
        {
            var end = Math.Min(rows, (chunk + 1) * step);
            for (var row = chunk * step; row < end; row++)
            {
                var from = x + (row * columns);
                var mean = isCentered ? Statistics.Mean(LaneSums.Run<T, SumTerms<T>>(columns, new(from)).First, columns) : default;
                var scale = Statistics.InverseRoot(Statistics.Mean(LaneSums.Run<T, SquareTerms<T>>(columns, new(from, mean)).First, columns), epsilon);
                if (ExactMoments.AreNeeded(mean, scale, columns)) (mean, scale) = Exactly(from, z + (row * columns));
                else NormSpans.Normalize(columns, from, mean, scale, weight, bias, z + (row * columns));
                if (means != null) means[row] = mean;
                if (scales != null) scales[row] = scale;
            }
        }

        private (T Mean, T Scale) Exactly(T* from, T* to)
        {
            var moments = ExactMoments.Of<T, Row<T>>(new(from, columns), isCentered, epsilon);
            for (nint j = 0; j < columns; j++)
            {
                var value = Scalar<T>.Constant(moments.Normal(ExactMoments.Number(from[j])));
                to[j] = weight == null ? value : bias == null ? Scalar<T>.Multiply(value, weight[j]) : Scalar<T>.FusedMultiplyAdd(value, weight[j], bias[j]);
            }

            return (Scalar<T>.Constant(moments.Mean), Scalar<T>.Constant(moments.InverseRoot));
        }
    }

    private readonly struct Row<T>(T* x, nint columns) : IRuns<T> where T : unmanaged
    {
        public int Count => 1;

        public nint Length => columns;

        public T* At(int run) => x;
    }

    private readonly struct BackwardJob<T>(
        nint rows, nint columns, nint step, bool isCentered, double epsilon, T* x, T* g, T* weight, T* means, T* scales, T* dx, T* partials) : IJob
        where T : unmanaged
    {
        public void Run(int chunk)
        {
            var end = Math.Min(rows, (chunk + 1) * step);
            var weightSum = partials + (chunk * 2 * columns);
            for (var row = chunk * step; row < end; row++)
            {
                var at = row * columns;
                var mean = isCentered ? means[row] : default;
                var scale = scales[row];
                if (ExactMoments.AreNeeded(mean, scale, columns))
                {
                    Exactly(at, weightSum);
                    continue;
                }

                var (plain, weighted) = LaneSums.Run<T, RowGradientTerms<T>>(columns, new(x + at, g + at, weight, mean, scale, weightSum, weightSum + columns));
                if (dx == null) continue;
                // dx = scale·(g·w − mean(g·w) − x̂·mean(g·w·x̂))
                var offset = isCentered ? Statistics.Mean(plain, columns) : default;
                NormSpans.RowGradient(columns, x + at, g + at, weight, mean, scale, offset, Statistics.Mean(weighted, columns), dx + at);
            }
        }

        private void Exactly(nint at, T* weightSum)
        {
            var moments = ExactMoments.Of<T, Row<T>>(new(x + at, columns), isCentered, epsilon);
            double plain = 0, weighted = 0;
            for (nint j = 0; j < columns; j++)
            {
                var (normal, gradient) = (moments.Normal(ExactMoments.Number(x[at + j])), Weighted(at, j));
                if (ExactMoments.Number(g[at + j]) != 0) weightSum[j] = Scalar<T>.FusedMultiplyAdd(g[at + j], Scalar<T>.Constant(normal), weightSum[j]);
                weightSum[columns + j] = Scalar<T>.Add(g[at + j], weightSum[columns + j]);
                plain += gradient;
                weighted += ExactMoments.Chain(gradient, normal);
            }

            var offset = isCentered ? plain / columns : 0;
            for (nint j = 0; dx != null && j < columns; j++)
            {
                var inner = Weighted(at, j) - offset - ExactMoments.Chain(weighted / columns, moments.Normal(ExactMoments.Number(x[at + j])));
                dx[at + j] = Scalar<T>.Constant(ExactMoments.Chain(inner, moments.InverseRoot));
            }
        }

        private double Weighted(nint at, nint j) => ExactMoments.Chain(ExactMoments.Number(g[at + j]), weight == null ? 1 : ExactMoments.Number(weight[j]));
    }
}

/// <summary>Small steps that the norms share.</summary>
internal static class Statistics
{
    /// <summary>sum / count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Mean<T>(T sum, nint count) where T : unmanaged => Scalar<T>.Divide(sum, Scalar<T>.Constant(count));

    /// <summary>1 / √(variance + ε).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InverseRoot<T>(T variance, double epsilon) where T : unmanaged =>
        Scalar<T>.Divide(Scalar<T>.Constant(1), Scalar<T>.Sqrt(Scalar<T>.Add(variance, Scalar<T>.Constant(epsilon))));

    /// <summary>A variance in the numbers' own type, at most its largest number: from ∞ no running mean comes back.</summary>
    public static T Finite<T>(double variance) where T : unmanaged => Scalar<T>.Constant(Math.Min(variance, Largest<T>()));

    /// <summary>Whether a variance is the largest number of its type, which then stands for what is above.</summary>
    public static bool IsLargest<T>(T variance) where T : unmanaged => ExactMoments.Number(variance) == Largest<T>();

    private static double Largest<T>() where T : unmanaged => typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue;
}
