using System.Numerics;

namespace Gradus.Kernels.Tests.Attention;

/// <summary>Attention between guard pages against its plain twin, forward and backward, at sizes around the vectors, the lanes and the tiles.</summary>
public class AttentionTests
{
    // The last but one has two tiles of queries; the last has keys that no query of a causal attention reaches.
    [Theory]
    [InlineData(1, 1, 1, 1, 1, 1), InlineData(2, 3, 7, 5, 3, 1), InlineData(1, 2, 17, 33, 7, 9), InlineData(1, 1, 33, 17, 17, 33)]
    [InlineData(2, 1, 65, 65, 33, 17), InlineData(1, 2, 131, 67, 5, 7), InlineData(1, 1, 9, 40, 4, 4)]
    public void Every_size_has_the_bits_of_the_plain_loops(int batches, int heads, int queries, int keys, int width, int valueWidth)
    {
        foreach (var masking in Enum.GetValues<Masking>())
        {
            foreach (var isCausal in new[] { false, true })
            {
                var size = new AttentionSize(batches, heads, queries, keys, width, valueWidth, 1 / Math.Sqrt(width), isCausal);
                Check<float>(size, masking, guardBefore: isCausal);
                Check<double>(size, masking, guardBefore: !isCausal);
            }
        }
    }

    private static void Check<T>(AttentionSize size, Masking masking, bool guardBefore) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // given
        var expected = AttentionRuns.Run<T>(size, masking, plain: true);

        // when
        var actual = AttentionRuns.Run<T>(size, masking, guardBefore: guardBefore);

        // then
        SameResults.Assert(expected, actual, $"{size} {masking}");
    }
}
