using Gradus.Kernels;

namespace Gradus;

/// <summary>The parts of batch norm between which the shards of a batch meet: of [samples, channels, …] in f32, with numbers for each channel.</summary>
internal static unsafe class ChannelNormKernels
{
    /// <summary>Each channel's mean and (biased) variance.</summary>
    public static void Moments(Tensor x, double epsilon, Span<float> means, Span<float> variances)
    {
        x = x.Contiguous();
        var (samples, channels, places) = Normalization.SplitChannels(x.Shape);
        fixed (byte* origin = &x.Storage.Origin)
        fixed (float* mean = means, variance = variances)
            ChannelNorms.Moments(samples, channels, places, epsilon, x.See(origin).As<float>(), mean, variance);
        GC.KeepAlive(x);
    }

    /// <summary>Σ g·(x − mean)/√(variance + ε) and Σ g: the gradients of weight and bias.</summary>
    public static void Sums(
        Tensor x, Tensor g, double epsilon, ReadOnlySpan<float> means, ReadOnlySpan<float> variances, Span<float> weights, Span<float> biases)
    {
        (x, g) = (x.Contiguous(), g.Contiguous());
        var (samples, channels, places) = Normalization.SplitChannels(x.Shape);
        fixed (byte* origin = &x.Storage.Origin, arrived = &g.Storage.Origin)
        fixed (float* mean = means, variance = variances, weight = weights, bias = biases)
        {
            // Of the factors, which only dx has, any numbers do.
            ChannelNorms.ApplyBackward(
                samples, channels, places, epsilon, x.See(origin).As<float>(), g.See(arrived).As<float>(), mean, mean, variance,
                null, weight, bias, null, null);
        }

        GC.KeepAlive(x);
        GC.KeepAlive(g);
    }

    /// <summary>factor·g + slope·(x − mean) + offset.</summary>
    public static Tensor Gradient(
        Tensor x, Tensor g, ReadOnlySpan<float> means, ReadOnlySpan<float> factors, ReadOnlySpan<float> slopes, ReadOnlySpan<float> offsets)
    {
        (x, g) = (x.Contiguous(), g.Contiguous());
        var result = Tensor.Allocate(x.Meta.Fresh(x.DType));
        var (samples, channels, places) = Normalization.SplitChannels(x.Shape);
        fixed (byte* origin = &x.Storage.Origin, arrived = &g.Storage.Origin, target = &result.Storage.Origin)
        fixed (float* mean = means, factor = factors, slope = slopes, offset = offsets)
        {
            ChannelNorms.Gradient(
                samples, channels, places, x.See(origin).As<float>(), g.See(arrived).As<float>(), mean, factor, slope, offset, result.See(target).As<float>());
        }

        GC.KeepAlive(x);
        GC.KeepAlive(g);
        result.Own(TensorScope.Current);
        return result;
    }
}
