using System.Numerics;

namespace Gradus.Kernels.Tests.Norms;

/// <summary>Runs a norm forward and backward between guard pages, by its kernel or by its plain twin, and gives all its results.</summary>
internal static unsafe class NormRuns
{
    private const double Epsilon = 1e-5;

    public static T[][] Rows<T>(int rows, int columns, bool isCentered, bool hasWeight, bool hasBias, bool plain = false, bool guardBefore = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var memory = new GuardedOperands<T>(guardBefore);
        T* x = memory.Operand(rows * columns), g = memory.Operand(rows * columns),
            weight = hasWeight ? memory.Operand(columns) : null, bias = hasBias ? memory.Operand(columns) : null;
        T* z = memory.Result(rows * columns), means = memory.Result(rows), scales = memory.Result(rows);
        T* dx = memory.Result(rows * columns), dWeight = memory.Result(columns), dBias = memory.Result(columns);
        if (plain)
        {
            PlainRowNorms.Forward(rows, columns, isCentered, Epsilon, x, weight, bias, z, means, scales);
            PlainRowNorms.Backward(rows, columns, isCentered, x, g, weight, means, scales, dx, dWeight, dBias);
        }
        else
        {
            RowNorms.Forward(rows, columns, isCentered, Epsilon, x, weight, bias, z, means, scales);
            RowNorms.Backward(rows, columns, isCentered, Epsilon, x, g, weight, means, scales, dx, dWeight, dBias);
        }

        return memory.Results;
    }

    /// <summary>With each channel's own statistics.</summary>
    public static T[][] Channels<T>(int samples, int channels, int places, bool plain = false, bool guardBefore = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var memory = new GuardedOperands<T>(guardBefore);
        var n = samples * channels * places;
        T* x = memory.Operand(n), g = memory.Operand(n), weight = memory.Operand(channels), bias = memory.Operand(channels),
            gMeans = memory.Operand(channels), gVariances = memory.Operand(channels);
        T* z = memory.Result(n), means = memory.Result(channels), variances = memory.Result(channels),
            dx = memory.Result(n), dWeight = memory.Result(channels), dBias = memory.Result(channels);
        if (plain)
        {
            PlainChannelNorms.Forward(samples, channels, places, Epsilon, x, weight, bias, z, means, variances, hasOwn: true);
            PlainChannelNorms.Backward(
                samples, channels, places, Epsilon, x, g, weight, means, variances, gMeans, gVariances, dx, dWeight, dBias, null, null, hasOwn: true);
        }
        else
        {
            ChannelNorms.Forward(samples, channels, places, Epsilon, x, weight, bias, z, means, variances);
            ChannelNorms.Backward(samples, channels, places, Epsilon, x, g, weight, means, variances, gMeans, gVariances, dx, dWeight, dBias);
        }

        return memory.Results;
    }

    /// <summary>With statistics that are given.</summary>
    public static T[][] ChannelsApplied<T>(int samples, int channels, int places, bool plain = false, bool guardBefore = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var memory = new GuardedOperands<T>(guardBefore);
        var n = samples * channels * places;
        T* x = memory.Operand(n), g = memory.Operand(n), weight = memory.Operand(channels), bias = memory.Operand(channels),
            means = memory.Operand(channels), variances = memory.Operand(channels, T.Abs);
        T* z = memory.Result(n), dx = memory.Result(n), dWeight = memory.Result(channels), dBias = memory.Result(channels),
            dMeans = memory.Result(channels), dVariances = memory.Result(channels);
        if (plain)
        {
            PlainChannelNorms.Forward(samples, channels, places, Epsilon, x, weight, bias, z, means, variances, hasOwn: false);
            PlainChannelNorms.Backward(
                samples, channels, places, Epsilon, x, g, weight, means, variances, null, null, dx, dWeight, dBias, dMeans, dVariances, hasOwn: false);
        }
        else
        {
            ChannelNorms.Apply(samples, channels, places, Epsilon, x, weight, bias, means, variances, z);
            ChannelNorms.ApplyBackward(samples, channels, places, Epsilon, x, g, weight, means, variances, dx, dWeight, dBias, dMeans, dVariances);
        }

        return memory.Results;
    }
}
