using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gradus.Kernels.Tests.Attention;
using Gradus.Kernels.Tests.MatMul;
using Gradus.Kernels.Tests.Norms;
using Gradus.Kernels.Tests.Recurrent;
using Gradus.Kernels.Tests.Windows;

namespace Gradus.Kernels.Tests;

/// <summary>One number for the bits of each family of fused kernels, at sizes that are divided among threads and end within a vector.</summary>
internal static class KernelHash
{
    public static string[] Compute() =>
    [
        $"products {ProductHash.Compute()}",
        $"norms {Hash(Norms<float>(), Norms<double>())}",
        $"windows {Hash(
            WindowRuns.EachEngine.SelectMany(static shape => WindowRuns.Run<float>(shape)),
            WindowRuns.EachEngine.SelectMany(static shape => WindowRuns.Run<double>(shape)))}",
        $"attention {Hash(Attention<float>(), Attention<double>())}",
        $"recurrent {Hash(Recurrent<float>(), Recurrent<double>())}",
    ];

    private static IEnumerable<T[]> Norms<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. NormRuns.Rows<T>(300, 65, isCentered: true, hasWeight: true, hasBias: true),
        .. NormRuns.Rows<T>(7, 33, isCentered: false, hasWeight: true, hasBias: false),
        .. NormRuns.Channels<T>(33, 65, 35), .. NormRuns.Channels<T>(17, 5, 7), .. NormRuns.ChannelsApplied<T>(5, 7, 65),
    ];

    private static IEnumerable<T[]> Attention<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. AttentionRuns.Run<T>(new AttentionSize(2, 3, 33, 17, 7, 9, 0.4, IsCausal: false), Masking.Scores),
        .. AttentionRuns.Run<T>(new AttentionSize(1, 2, 131, 131, 5, 17, 0.4, IsCausal: true), Masking.None),
    ];

    private static IEnumerable<T[]> Recurrent<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. RecurrentRuns.Lstm<T>(new RecurrentSize(35, 3, 9, 33, BatchFirst: true)),
        .. RecurrentRuns.Gru<T>(new RecurrentSize(35, 3, 9, 33, BatchFirst: false)),
    ];

    private static string Hash(IEnumerable<float[]> singles, IEnumerable<double[]> doubles)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var single in singles) hash.AppendData(MemoryMarshal.AsBytes<float>(single));
        foreach (var @double in doubles) hash.AppendData(MemoryMarshal.AsBytes<double>(@double));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
