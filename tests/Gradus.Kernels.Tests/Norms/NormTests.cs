using System.Numerics;

namespace Gradus.Kernels.Tests.Norms;

/// <summary>Norms between guard pages against their plain twins, forward and backward, at sizes around the vectors and the lanes.</summary>
public class NormTests
{
    // The last two are cut into several blocks of rows.
    [Theory, InlineData(1, 1), InlineData(3, 1), InlineData(1, 7), InlineData(5, 17), InlineData(7, 33)]
    [InlineData(3, 65), InlineData(2, 129), InlineData(300, 65), InlineData(3, 9001)]
    public void Rows_have_the_bits_of_the_plain_loops(int rows, int columns)
    {
        Check<float>();
        Check<double>();

        void Check<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach (var (isCentered, hasWeight, hasBias, guardBefore) in new[]
            {
                (true, true, true, false), (true, true, true, true), (true, true, false, false), (false, true, false, true), (false, false, false, false),
            })
            {
                // given
                var expected = NormRuns.Rows<T>(rows, columns, isCentered, hasWeight, hasBias, plain: true);

                // when
                var actual = NormRuns.Rows<T>(rows, columns, isCentered, hasWeight, hasBias, guardBefore: guardBefore);

                // then
                SameResults.Assert(expected, actual, $"[{rows},{columns}] centered {isCentered} weight {hasWeight} bias {hasBias}");
            }
        }
    }

    // Runs of fewer than 16 places are gathered; the last shape is divided among threads.
    [Theory]
    [InlineData(1, 1, 1), InlineData(7, 3, 1), InlineData(17, 5, 7), InlineData(3, 2, 15), InlineData(3, 2, 16)]
    [InlineData(2, 3, 17), InlineData(1, 7, 33), InlineData(5, 1, 65), InlineData(33, 65, 35)]
    public void Channels_have_the_bits_of_the_plain_loops(int samples, int channels, int places)
    {
        Check<float>(guardBefore: false);
        Check<double>(guardBefore: true);

        void Check<T>(bool guardBefore) where T : unmanaged, IFloatingPointIeee754<T>
        {
            // given
            var own = NormRuns.Channels<T>(samples, channels, places, plain: true);
            var applied = NormRuns.ChannelsApplied<T>(samples, channels, places, plain: true);

            // when
            var actualOwn = NormRuns.Channels<T>(samples, channels, places, guardBefore: guardBefore);
            var actualApplied = NormRuns.ChannelsApplied<T>(samples, channels, places, guardBefore: guardBefore);

            // then
            SameResults.Assert(own, actualOwn, $"[{samples},{channels},{places}]");
            SameResults.Assert(applied, actualApplied, $"[{samples},{channels},{places}] applied");
        }
    }
}
