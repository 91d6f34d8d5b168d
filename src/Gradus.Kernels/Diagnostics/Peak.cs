using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>What the machine can do at most: the limits that kernels are held against.</summary>
internal static unsafe class Peak
{
    private const int Rounds = 20_000;
    private const int Chains = 12;

    /// <summary>The most floating-point operations a second that fused multiply-adds of float32 give on all threads: two for each lane.</summary>
    public static double MultiplyAdds()
    {
        // As many chunks as threads, several times over: a thread that is descheduled costs a chunk, not the figure.
        var chunks = Workers.Count * 8;
        var lanes = Isa.Width / (8 * sizeof(float));
        var best = 0.0;
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            Workers.Run(chunks, default(MultiplyAddJob));
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Max(best, 2.0 * lanes * Chains * Rounds * chunks / seconds);
        }

        return best;
    }

    /// <summary>The most bytes a second that move between memory and all threads: a sum of two arrays larger than any cache, three arrays counted.</summary>
    public static double MemoryBandwidth()
    {
        const int Count = 1 << 25;
        using var block = Buffers.Rent((nint)3 * Count * sizeof(float));
        var x = (float*)block.Pointer;
        new Span<float>(x, Count).Fill(1);
        new Span<float>(x + Count, Count).Fill(2);
        new Span<float>(x + (2 * Count), Count).Clear();
        var best = 0.0;
        for (var attempt = 0; attempt < 7; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            Elementwise.Binary(default(AddOperator), Count, x, x + Count, x + (2 * Count));
            best = Math.Max(best, 3.0 * Count * sizeof(float) / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private readonly struct MultiplyAddJob : IJob
    {
        public void Run(int chunk)
        {
            // The sums must be used, or the compiler could leave the loop out.
            var sum = Vector512.IsHardwareAccelerated ? Loop<Simd512<float>, Vector512<float>>()
                : Vector256.IsHardwareAccelerated ? Loop<Simd256<float>, Vector256<float>>()
                : Loop<Simd128<float>, Vector128<float>>();
            if (!float.IsFinite(sum)) throw new InvalidOperationException("The multiply-adds of finite numbers were not finite.");
        }
    }

    // Twelve chains hide the latency of a multiply-add (4 cycles, two a cycle) with room to spare.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Loop<S, V>() where S : ISimd<float, V> where V : struct
    {
        V m = S.Create(0.999f), a = S.Create(0.001f);
        V c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
        for (var round = 0; round < Rounds; round++)
        {
            c0 = S.FusedMultiplyAdd(c0, m, a);
            c1 = S.FusedMultiplyAdd(c1, m, a);
            c2 = S.FusedMultiplyAdd(c2, m, a);
            c3 = S.FusedMultiplyAdd(c3, m, a);
            c4 = S.FusedMultiplyAdd(c4, m, a);
            c5 = S.FusedMultiplyAdd(c5, m, a);
            c6 = S.FusedMultiplyAdd(c6, m, a);
            c7 = S.FusedMultiplyAdd(c7, m, a);
            c8 = S.FusedMultiplyAdd(c8, m, a);
            c9 = S.FusedMultiplyAdd(c9, m, a);
            c10 = S.FusedMultiplyAdd(c10, m, a);
            c11 = S.FusedMultiplyAdd(c11, m, a);
        }

        var lower = S.Add(S.Add(S.Add(c0, c1), S.Add(c2, c3)), S.Add(c4, c5));
        var sum = S.Add(lower, S.Add(S.Add(S.Add(c6, c7), S.Add(c8, c9)), S.Add(c10, c11)));
        var lanes = stackalloc float[16];
        S.Store(sum, lanes);
        return lanes[0];
    }
}
