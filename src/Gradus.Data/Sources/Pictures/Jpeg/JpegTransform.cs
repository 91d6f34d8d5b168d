namespace Gradus.Data;

/// <summary>
/// The inverse discrete cosine transform of a block of 8 × 8 in whole numbers, so that every machine gives the same samples: Loeffler, Ligtenberg and
/// Moschytz (1989), as the reference implementation of JPEG scales it.
/// </summary>
internal static class JpegTransform
{
    private const int ConstantBits = 13;
    private const int FirstPassBits = 2;

    /// <summary>Where the coefficients of a scan lie in a block.</summary>
    public static ReadOnlySpan<byte> Zigzag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>From coefficients to samples.</summary>
    /// <param name="block">64 coefficients, row by row.</param>
    /// <param name="quantization">By what they are multiplied.</param>
    /// <param name="samples">From the block's first sample on.</param>
    /// <param name="stride">Samples in a row.</param>
    public static void Invert(ReadOnlySpan<short> block, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        Span<int> work = stackalloc int[64];
        for (var at = 0; at < 64; at++) work[at] = block[at] * quantization[at];
        for (var column = 0; column < 8; column++) Pass(work[column..], 8, ConstantBits - FirstPassBits);
        for (var row = 0; row < 8; row++)
        {
            var line = work.Slice(8 * row, 8);
            Pass(line, 1, ConstantBits + FirstPassBits + 3);
            for (var column = 0; column < 8; column++) samples[(row * stride) + column] = (byte)Math.Clamp(line[column] + 128, 0, 255);
        }
    }

    /// <summary>Eight numbers, so far apart, in place; they are divided by a power of two. Damaged numbers may overflow, the same way each time.</summary>
    private static void Pass(Span<int> line, int step, int shift)
    {
        unchecked
        {
            int z2 = line[2 * step], z3 = line[6 * step];
            var z1 = (z2 + z3) * 4433;
            int even2 = z1 - (z3 * 15137), even3 = z1 + (z2 * 6270);
            int even0 = (line[0] + line[4 * step]) << ConstantBits, even1 = (line[0] - line[4 * step]) << ConstantBits;
            int sum0 = even0 + even3, sum3 = even0 - even3, sum1 = even1 + even2, sum2 = even1 - even2;
            int odd0 = line[7 * step], odd1 = line[5 * step], odd2 = line[3 * step], odd3 = line[step];
            z1 = odd0 + odd3;
            z2 = odd1 + odd2;
            z3 = odd0 + odd2;
            var z4 = odd1 + odd3;
            var z5 = (z3 + z4) * 9633;
            z1 *= -7373;
            z2 *= -20995;
            z3 = (z3 * -16069) + z5;
            z4 = (z4 * -3196) + z5;
            odd0 = (odd0 * 2446) + z1 + z3;
            odd1 = (odd1 * 16819) + z2 + z4;
            odd2 = (odd2 * 25172) + z2 + z3;
            odd3 = (odd3 * 12299) + z1 + z4;
            var half = 1 << (shift - 1);
            line[0] = (sum0 + odd3 + half) >> shift;
            line[7 * step] = (sum0 - odd3 + half) >> shift;
            line[step] = (sum1 + odd2 + half) >> shift;
            line[6 * step] = (sum1 - odd2 + half) >> shift;
            line[2 * step] = (sum2 + odd1 + half) >> shift;
            line[5 * step] = (sum2 - odd1 + half) >> shift;
            line[3 * step] = (sum3 + odd0 + half) >> shift;
            line[4 * step] = (sum3 - odd0 + half) >> shift;
        }
    }
}
