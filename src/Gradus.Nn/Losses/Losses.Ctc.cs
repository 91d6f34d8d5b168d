namespace Gradus.Nn;

public static partial class Losses
{
    // Stands for log 0: far below any sum of logarithms, and its differences stay finite, unlike −∞'s.
    private const double LogZero = -1e30;

    /// <summary>
    /// Connectionist temporal classification: −log of the probability of a label sequence, summed over all its alignments with the time steps.
    /// </summary>
    /// <param name="logProbabilities">[time, samples, classes], such as LogSoftmax over the last axis gives.</param>
    /// <param name="targets">i32 or i64 class numbers without blanks, [samples, longest target]; what lies behind a target's end is not read.</param>
    /// <param name="inputLengths">Time steps of each sample.</param>
    /// <param name="targetLengths">Labels of each sample.</param>
    /// <param name="blank">The class that stands for no label. Default 0.</param>
    /// <param name="zeroInfinity">Whether a target too long for its input costs 0 instead of +∞. Default false.</param>
    /// <param name="reduction">By default each loss is divided by its target's length (at least 1), and the mean is taken.</param>
    /// <remarks>
    /// Graves et al., "Connectionist temporal classification", 2006: the forward variables α of the labels with blanks between them,
    /// [samples, 2·longest + 1], step by step.
    /// </remarks>
    /// <exception cref="GradusException">The shapes do not fit, or a length or label is out of range.</exception>
    public static Tensor Ctc(
        Tensor logProbabilities, Tensor targets, ReadOnlySpan<int> inputLengths, ReadOnlySpan<int> targetLengths, int blank = 0, bool zeroInfinity = false,
        Reduction reduction = Reduction.Mean)
    {
        RequireSequences(logProbabilities, targets, inputLengths, targetLengths, blank);
        int time = logProbabilities.Shape[0], samples = logProbabilities.Shape[1], places = (2 * targets.Shape[1]) + 1;
        var labels = WithBlanks(targets, targetLengths, blank, places);
        // A place may be reached from two before it if its label is neither blank nor the same as there: 0, else log 0.
        var skip = new double[samples * places];
        var first = new double[samples * places];
        var last = new double[samples * places];
        for (var sample = 0; sample < samples; sample++)
        {
            for (var place = 0; place < places; place++)
            {
                var at = (sample * places) + place;
                skip[at] = place >= 2 && labels[at] != blank && labels[at] != labels[at - 2] ? 0 : LogZero;
                first[at] = place < Math.Min(2, (2 * targetLengths[sample]) + 1) ? 0 : LogZero;
                last[at] = place == 2 * targetLengths[sample] || place == (2 * targetLengths[sample]) - 1 ? 0 : LogZero;
            }
        }

        Tensor Of(double[] values) => Tensor.From(values, [samples, places]).To(logProbabilities.DType);
        var index = Tensor.From(labels, [samples, places]);
        var (skips, nothing) = (Of(skip), Tensor.Full([samples, 2], LogZero, logProbabilities.DType));
        var alpha = Of(first) + logProbabilities.Select(0, 0).Gather(1, index);
        for (var step = 1; step < time; step++)
        {
            var padded = Tensor.Concat([nothing, alpha], 1);
            var next = Tensor.Stack([alpha, padded.Slice(1, 1, places), padded.Slice(1, 0, places) + skips]).LogSumExp(0) +
                logProbabilities.Select(0, step).Gather(1, index);
            alpha = Tensor.Where(Goes(inputLengths, step), next, alpha);
        }

        var loss = -(alpha + Of(last)).LogSumExp(1);
        var impossible = loss > -LogZero / 2;
        loss = Tensor.Where(impossible, Tensor.Full([], zeroInfinity ? 0 : double.PositiveInfinity, loss.DType), loss);
        if (reduction != Reduction.Mean) return Reduce(loss, reduction);
        var lengths = new double[samples];
        for (var sample = 0; sample < samples; sample++) lengths[sample] = Math.Max(1, targetLengths[sample]);
        return (loss / Tensor.From(lengths, [samples]).To(loss.DType)).Mean();
    }

    /// <summary>blank, label, blank, label, …, blank for each sample; blanks behind its end.</summary>
    private static long[] WithBlanks(Tensor targets, ReadOnlySpan<int> targetLengths, int blank, int places)
    {
        var numbers = targets.To(DType.Int64).ToArray<long>();
        var labels = new long[targetLengths.Length * places];
        Array.Fill(labels, blank);
        for (var sample = 0; sample < targetLengths.Length; sample++)
        {
            for (var place = 0; place < targetLengths[sample]; place++)
            {
                labels[(sample * places) + (2 * place) + 1] = numbers[(sample * targets.Shape[1]) + place];
            }
        }

        return labels;
    }

    /// <summary>[samples, 1]: whether a sample's input still goes on at a step.</summary>
    private static Tensor Goes(ReadOnlySpan<int> inputLengths, int step)
    {
        var goes = new bool[inputLengths.Length];
        for (var sample = 0; sample < goes.Length; sample++) goes[sample] = step < inputLengths[sample];
        return Tensor.From(goes, [goes.Length, 1]);
    }

    private static void RequireSequences(Tensor logProbabilities, Tensor targets, ReadOnlySpan<int> inputLengths, ReadOnlySpan<int> targetLengths, int blank)
    {
        ArgumentNullException.ThrowIfNull(logProbabilities);
        ArgumentNullException.ThrowIfNull(targets);
        if (logProbabilities.Rank != 3 || targets.Rank != 2 || targets.Shape[0] != logProbabilities.Shape[1])
        {
            throw new GradusException(
                $"ctc: the log-probabilities are {logProbabilities.Shape}, the targets {targets.Shape}; " +
                "expected [time, samples, classes] and [samples, labels].");
        }

        var samples = logProbabilities.Shape[1];
        if (inputLengths.Length != samples || targetLengths.Length != samples)
        {
            throw new GradusException($"ctc: {inputLengths.Length} input lengths and {targetLengths.Length} target lengths for {samples} samples.");
        }

        Require(blank >= 0 && blank < logProbabilities.Shape[2], "ctc", "blank", blank, "a class");
        foreach (var length in inputLengths)
        {
            Require(length >= 1 && length <= logProbabilities.Shape[0], "ctc", "an input length", length, $"from 1 to {logProbabilities.Shape[0]}");
        }

        foreach (var length in targetLengths)
        {
            Require(length >= 0 && length <= targets.Shape[1], "ctc", "a target length", length, $"from 0 to {targets.Shape[1]}");
        }
    }
}
