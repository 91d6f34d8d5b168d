namespace Gradus.Reports;

/// <summary>A line of fewer points that looks the same: of each bucket of steps the lowest and the highest value, at the steps where they were.</summary>
internal static class CurveThinning
{
    /// <summary>The most values that are kept as they are.</summary>
    public const int MostValues = 6000;

    /// <summary>How many stretches a long line is cut into.</summary>
    public const int Buckets = 3000;

    /// <summary>The line itself if it is short. Of a long one the extremes, the ends, and a step of each bucket that has a value which is not finite.</summary>
    public static CurveLine Of(CurveLine line)
    {
        var count = line.Steps.Count;
        if (count <= MostValues) return line;
        var (steps, values) = (new List<long>(), new List<double>());
        var (meanSteps, means) = (new List<long>(), new List<double>());
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            var (first, last) = ((int)((long)bucket * count / Buckets), (int)((long)(bucket + 1) * count / Buckets) - 1);
            foreach (var place in PlacesOf(line.Values, first, last, isFirst: bucket == 0, isLast: bucket == Buckets - 1))
            {
                steps.Add(line.Steps[place]);
                values.Add(line.Values[place]);
            }

            meanSteps.Add(line.Steps[(first + last) / 2]);
            means.Add(MeanOf(line.Values, first, last));
        }

        return line with { Steps = steps, Values = values, Means = line.IsNoisy ? line with { Steps = meanSteps, Values = means } : null };
    }

    private static SortedSet<int> PlacesOf(IReadOnlyList<double> values, int first, int last, bool isFirst, bool isLast)
    {
        var (lowest, highest, gap) = (-1, -1, -1);
        for (var place = first; place <= last; place++)
        {
            if (double.IsNaN(values[place]))
            {
                if (gap < 0) gap = place;
                continue;
            }

            if (lowest < 0 || values[place] < values[lowest]) lowest = place;
            if (highest < 0 || values[place] > values[highest]) highest = place;
        }

        var places = new SortedSet<int> { lowest, highest, gap };
        if (isFirst) places.Add(first);
        if (isLast) places.Add(last);
        places.Remove(-1);
        return places;
    }

    private static double MeanOf(IReadOnlyList<double> values, int first, int last)
    {
        var (sum, count) = (0.0, 0);
        for (var place = first; place <= last; place++)
        {
            if (double.IsNaN(values[place])) continue;
            sum += values[place];
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
