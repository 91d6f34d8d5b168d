using System.Numerics;

namespace Gradus.Kernels.Tests.Norms;

/// <summary>The plain twin of <see cref="ChannelNorms"/>: the same numbers in the same order, one at a time.</summary>
internal static unsafe class PlainChannelNorms
{
    /// <summary>Runs shorter than this are gathered: a channel is then summed as one run, else run after run.</summary>
    private const int ShortRun = 16;

    public static void Forward<T>(int samples, int channels, int places, double epsilon, T* x, T* weight, T* bias, T* z, T* means, T* variances, bool hasOwn)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = T.CreateChecked(samples * places);
        for (var channel = 0; channel < channels; channel++)
        {
            var at = Places(channel, samples, channels, places);
            if (hasOwn)
            {
                var mean = Sum<T>(at, places, (i, sum) => sum + x[i]) / count;
                means[channel] = mean;
                variances[channel] = Sum<T>(at, places, (i, sum) => T.FusedMultiplyAdd(x[i] - mean, x[i] - mean, sum)) / count;
            }

            var factor = Scale(variances[channel], epsilon) * weight[channel];
            foreach (var i in at) z[i] = T.FusedMultiplyAdd(x[i] - means[channel], factor, bias[channel]);
        }
    }

    public static void Backward<T>(
        int samples, int channels, int places, double epsilon, T* x, T* g, T* weight, T* means, T* variances, T* gMeans, T* gVariances,
        T* dx, T* dWeight, T* dBias, T* dMeans, T* dVariances, bool hasOwn) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var count = T.CreateChecked(samples * places);
        for (var channel = 0; channel < channels; channel++)
        {
            var at = Places(channel, samples, channels, places);
            var mean = means[channel];
            var sum = Sum<T>(at, places, (i, total) => total + g[i]);
            var products = Sum<T>(at, places, (i, total) => T.FusedMultiplyAdd(g[i], x[i] - mean, total));
            var scale = Scale(variances[channel], epsilon);
            var factor = scale * weight[channel];
            var cube = factor * scale * (scale * products);
            dWeight[channel] = scale * products;
            dBias[channel] = sum;
            T slope = T.Zero, offset = T.Zero;
            if (hasOwn)
            {
                slope = (-cube + (T.CreateChecked(2) * gVariances[channel])) / count;
                offset = (-(factor * sum) + gMeans[channel]) / count;
            }
            else
            {
                dMeans[channel] = -(factor * sum);
                dVariances[channel] = T.CreateChecked(-0.5) * cube;
            }

            foreach (var i in at) dx[i] = T.FusedMultiplyAdd(g[i], factor, T.FusedMultiplyAdd(x[i] - mean, slope, offset));
        }
    }

    private static T Scale<T>(T variance, double epsilon) where T : unmanaged, IFloatingPointIeee754<T> => T.One / T.Sqrt(variance + T.CreateChecked(epsilon));

    /// <summary>Where a channel's elements lie, sample after sample.</summary>
    private static int[] Places(int channel, int samples, int channels, int places) =>
        [.. Enumerable.Range(0, samples * places).Select(index => (((index / places * channels) + channel) * places) + (index % places))];

    private static T Sum<T>(int[] at, int places, Func<int, T, T> add) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var total = T.Zero;
        foreach (var run in at.Chunk(places < ShortRun ? at.Length : places)) total += PlainLanes.Sum<T>(run.Length, (j, sum) => add(run[j], sum));
        return total;
    }
}
