using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gradus.Kernels;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel Random Numbers: As Easy as 1, 2, 3"): random words as a function of a counter, without a state.
/// </summary>
/// <remarks>
/// The 128-bit counter is (block, stream), low words first; the key is the seed. One block is four words of 32 bits. A float32 draw is one word, a float64
/// or integer draw two, so element i of a call depends only on (key, stream, counter + i): any cut among threads and any continuation gives the same numbers.
/// </remarks>
internal static unsafe partial class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>One block, as two halves of two words each: the plain twin of <see cref="Words"/>, for who draws a few numbers at a time.</summary>
    public static (ulong First, ulong Second) Block(ulong key, ulong stream, ulong block)
    {
        uint c0 = (uint)block, c1 = (uint)(block >> 32), c2 = (uint)stream, c3 = (uint)(stream >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = (ulong)Multiplier0 * c0;
            var p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0 | ((ulong)c1 << 32), c2 | ((ulong)c3 << 32));
    }

    /// <summary>Writes the words of blocks block … block + blocks − 1, four each.</summary>
    public static void Words(ulong key, ulong stream, ulong block, nint blocks, uint* words)
    {
        if (Vector512.IsHardwareAccelerated) WordsLoop<Simd512<long>, Vector512<long>>(key, stream, block, blocks, words);
        else if (Vector256.IsHardwareAccelerated) WordsLoop<Simd256<long>, Vector256<long>>(key, stream, block, blocks, words);
        else WordsLoop<Simd128<long>, Vector128<long>>(key, stream, block, blocks, words);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void WordsLoop<S, V>(ulong key, ulong stream, ulong block, nint blocks, uint* words) where S : ISimd<long, V> where V : struct
    {
        var counters = stackalloc long[8];
        var pairs = stackalloc long[16];
        for (var lane = 0; lane < S.Width; lane++) counters[lane] = (long)(block + (ulong)lane);
        var next = S.Load(counters);
        for (nint done = 0; done < blocks; done += S.Width)
        {
            var c0 = next;
            next = S.Add(next, S.Constant(S.Width));
            var c1 = S.ShiftRightBits(c0, 32);
            var c2 = S.ConstantBits((long)stream);
            var c3 = S.ConstantBits((long)(stream >> 32));
            var k0 = (uint)key;
            var k1 = (uint)(key >> 32);
            var m0 = S.ConstantBits(Multiplier0);
            var m1 = S.ConstantBits(Multiplier1);
            for (var round = 0; round < Rounds; round++)
            {
                // The high halves of the lanes may hold anything: a product reads the low halves only.
                var p0 = S.MultiplyLow32(c0, m0);
                var p1 = S.MultiplyLow32(c2, m1);
                c0 = S.Xor(S.Xor(S.ShiftRightBits(p1, 32), c1), S.ConstantBits(k0));
                c2 = S.Xor(S.Xor(S.ShiftRightBits(p0, 32), c3), S.ConstantBits(k1));
                c1 = p1;
                c3 = p0;
                k0 += Weyl0;
                k1 += Weyl1;
            }

            var low = S.ConstantBits(0xFFFFFFFF);
            S.Store(S.Or(S.And(c0, low), S.ShiftLeftBits(c1, 32)), pairs);
            S.Store(S.Or(S.And(c2, low), S.ShiftLeftBits(c3, 32)), pairs + S.Width);
            var count = Math.Min(S.Width, blocks - done);
            for (var lane = 0; lane < count; lane++)
            {
                *(long*)(words + (4 * (done + lane))) = pairs[lane];
                *(long*)(words + (4 * (done + lane)) + 2) = pairs[lane + S.Width];
            }
        }
    }
}
