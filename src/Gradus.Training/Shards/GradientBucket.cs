namespace Gradus.Training;

/// <summary>Gradients that are sent together: those of neighboring parameters of a <see cref="ShardVector"/>.</summary>
/// <param name="first">The first parameter.</param>
/// <param name="end">The parameter after the last.</param>
internal sealed class GradientBucket(int first, int end)
{
    private int _missing;

    /// <summary>Which parameters.</summary>
    public Range Parameters => first..end;

    /// <summary>Whether all gradients have arrived.</summary>
    public bool IsComplete => _missing == 0;

    /// <summary>Cuts the gradients of a vector into buckets of at least so many numbers, but for the last.</summary>
    public static GradientBucket[] Cut(ShardVector vector, int least)
    {
        var buckets = new List<GradientBucket>();
        for (int first = 0, end = 1; end <= vector.Parameters.Count; end++)
        {
            if (vector.StartOf(end) - vector.StartOf(first) < least && end < vector.Parameters.Count) continue;
            buckets.Add(new GradientBucket(first, end));
            first = end;
        }

        return [.. buckets];
    }

    /// <summary>Whether all of the parameters had gradients in the last step, the same in all processes.</summary>
    public bool WasUsed(ShardVector vector) => !vector.WasUsed.AsSpan(first, end - first).Contains(false);

    /// <summary>Begins to count the gradients that arrive.</summary>
    public void Await() => _missing = end - first;

    /// <summary>Counts one.</summary>
    public void Arrive() => _missing--;
}
