using System.Numerics;

namespace Gradus.Kernels.Tests.Recurrent;

/// <summary>
/// Recurrent layers between guard pages against their plain twins, forward and backward, at sizes around the vectors and the blocks of samples.
/// </summary>
public class RecurrentTests
{
    // More than 16 samples are cut into blocks; the last shape has more rows than the sums over rows have lanes.
    [Theory, InlineData(1, 1, 1, 1), InlineData(3, 2, 7, 5), InlineData(2, 3, 5, 17)]
    [InlineData(17, 2, 3, 7), InlineData(1, 7, 33, 33), InlineData(33, 5, 9, 65)]
    public void Every_size_has_the_bits_of_the_plain_loops(int batch, int time, int inputs, int hidden)
    {
        foreach (var batchFirst in new[] { false, true })
        {
            var size = new RecurrentSize(batch, time, inputs, hidden, batchFirst);
            Check<float>(size, guardBefore: batchFirst);
            Check<double>(size, guardBefore: !batchFirst);
        }
    }

    private static void Check<T>(RecurrentSize size, bool guardBefore) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // given
        var (lstm, gru) = (RecurrentRuns.Lstm<T>(size, plain: true), RecurrentRuns.Gru<T>(size, plain: true));

        // when
        var (actualLstm, actualGru) = (RecurrentRuns.Lstm<T>(size, guardBefore: guardBefore), RecurrentRuns.Gru<T>(size, guardBefore: guardBefore));

        // then
        SameResults.Assert(lstm, actualLstm, $"LSTM {size}");
        SameResults.Assert(gru, actualGru, $"GRU {size}");
    }
}
