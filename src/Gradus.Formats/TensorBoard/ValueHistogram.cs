namespace Gradus.Formats;

/// <summary>How many of some numbers lie where: buckets of equal width from the least to the largest.</summary>
internal sealed class ValueHistogram
{
    private const int Buckets = 30;

    private readonly double[] _limits, _counts;
    private readonly double _least, _largest, _number, _sum, _squares;

    private ValueHistogram(ReadOnlySpan<float> values, double least, double largest)
    {
        (_least, _largest) = (least, largest);
        var buckets = least == largest ? 1 : Buckets;
        (_limits, _counts) = (new double[buckets], new double[buckets]);
        for (var bucket = 0; bucket < buckets; bucket++) _limits[bucket] = least + ((largest - least) * (bucket + 1) / buckets);
        _limits[^1] = largest;
        var scale = least == largest ? 0 : buckets / (largest - least);
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) continue;
            _number++;
            _sum += value;
            _squares += (double)value * value;
            _counts[Math.Min((int)((value - least) * scale), buckets - 1)]++;
        }
    }

    /// <summary>The histogram of the finite ones among some numbers; null where there are none.</summary>
    public static ValueHistogram? Of(ReadOnlySpan<float> values)
    {
        var (least, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) continue;
            (least, largest) = (Math.Min(least, value), Math.Max(largest, value));
        }

        return least > largest ? null : new ValueHistogram(values, least, largest);
    }

    /// <summary>The histogram as a HistogramProto.</summary>
    public void Write(WireWriter histogram)
    {
        histogram.Real(1, _least);
        histogram.Real(2, _largest);
        histogram.Real(3, _number);
        histogram.Real(4, _sum);
        histogram.Real(5, _squares);
        histogram.Reals(6, _limits);
        histogram.Reals(7, _counts);
    }
}
