using System.Numerics;

namespace Gradus.Kernels.Tests.Norms;

/// <summary>The plain twin of <see cref="RowNorms"/>: the same numbers in the same order, one at a time.</summary>
internal static unsafe class PlainRowNorms
{
    public static void Forward<T>(int rows, int columns, bool isCentered, double epsilon, T* x, T* weight, T* bias, T* z, T* means, T* scales)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = T.CreateChecked(columns);
        for (var row = 0; row < rows; row++)
        {
            T* from = x + (row * columns), to = z + (row * columns);
            var mean = isCentered ? PlainLanes.Sum<T>(columns, (j, sum) => sum + from[j]) / count : T.Zero;
            var squares = PlainLanes.Sum<T>(columns, (j, sum) => T.FusedMultiplyAdd(from[j] - mean, from[j] - mean, sum));
            var scale = T.One / T.Sqrt((squares / count) + T.CreateChecked(epsilon));
            for (var j = 0; j < columns; j++)
            {
                var normal = (from[j] - mean) * scale;
                to[j] = weight == null ? normal : bias == null ? normal * weight[j] : T.FusedMultiplyAdd(normal, weight[j], bias[j]);
            }

            means[row] = mean;
            scales[row] = scale;
        }
    }

    public static void Backward<T>(int rows, int columns, bool isCentered, T* x, T* g, T* weight, T* means, T* scales, T* dx, T* dWeight, T* dBias)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = T.CreateChecked(columns);
        var block = Math.Max(Math.Max(1, 16384 / columns), (rows + 63) / 64);
        for (var start = 0; start < rows; start += block)
        {
            T[] weightSum = new T[columns], biasSum = new T[columns];
            for (var row = start; row < Math.Min(rows, start + block); row++)
            {
                T* from = x + (row * columns), gradient = g + (row * columns);
                T mean = isCentered ? means[row] : T.Zero, scale = scales[row];
                T Normal(int j) => (from[j] - mean) * scale;
                T Weighted(int j) => weight == null ? gradient[j] : gradient[j] * weight[j];
                var offset = isCentered ? PlainLanes.Sum<T>(columns, (j, sum) => sum + Weighted(j)) / count : T.Zero;
                var slope = PlainLanes.Sum<T>(columns, (j, sum) => T.FusedMultiplyAdd(Weighted(j), Normal(j), sum)) / count;
                for (var j = 0; j < columns; j++)
                {
                    weightSum[j] = T.FusedMultiplyAdd(gradient[j], Normal(j), weightSum[j]);
                    biasSum[j] = gradient[j] + biasSum[j];
                    dx[(row * columns) + j] = T.FusedMultiplyAdd(-Normal(j), slope, Weighted(j) - offset) * scale;
                }
            }

            for (var j = 0; j < columns; j++)
            {
                dWeight[j] = start == 0 ? weightSum[j] : dWeight[j] + weightSum[j];
                dBias[j] = start == 0 ? biasSum[j] : dBias[j] + biasSum[j];
            }
        }
    }
}
