namespace Gradus.Training;

/// <summary>
/// The expected calibration error: how far the probability of the chosen class is from how often it is right, on average. Σ (nᵦ / n) · |accuracyᵦ −
/// confidenceᵦ| over 15 bins b of equal width. (Guo et al., On Calibration of Modern Neural Networks, 2017.)
/// </summary>
public static class CalibrationError
{
    private const int Bins = 15;

    /// <summary>The error over some samples, 0 to 1.</summary>
    /// <param name="probabilities">samples × classes numbers, row by row.</param>
    /// <param name="labels">The class of each sample.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or there are no samples.</exception>
    public static double Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels)
    {
        if (labels.Length == 0 || probabilities.Length % labels.Length != 0 || probabilities.Length == 0)
        {
            throw new ArgumentException($"Got {probabilities.Length} probabilities of {labels.Length} samples.", nameof(probabilities));
        }

        var classes = probabilities.Length / labels.Length;
        Span<double> confidence = stackalloc double[Bins];
        Span<int> right = stackalloc int[Bins];
        for (var sample = 0; sample < labels.Length; sample++)
        {
            var row = probabilities.Slice(sample * classes, classes);
            var best = 0;
            for (var label = 1; label < classes; label++)
            {
                if (row[label] > row[best]) best = label;
            }

            var bin = Math.Clamp((int)(row[best] * Bins), 0, Bins - 1);
            confidence[bin] += row[best];
            if (best == labels[sample]) right[bin]++;
        }

        var error = 0.0;
        for (var bin = 0; bin < Bins; bin++) error += Math.Abs(right[bin] - confidence[bin]);
        return error / labels.Length;
    }
}
