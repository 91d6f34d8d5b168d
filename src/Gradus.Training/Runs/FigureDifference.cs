namespace Gradus.Training;

/// <summary>One of two runs that are compared.</summary>
public enum RunSide
{
    /// <summary>The first one.</summary>
    A,

    /// <summary>The second one.</summary>
    B,
}

/// <summary>A figure of two runs.</summary>
/// <param name="Name">Its name: <c>valid_accuracy</c>.</param>
/// <param name="A">That of the first run; NaN where it has none.</param>
/// <param name="B">That of the second one; NaN where it has none.</param>
/// <param name="IsHigherBetter">Whether more of it is better; null where nobody knows.</param>
public sealed record FigureDifference(string Name, double A, double B, bool? IsHigherBetter)
{
    /// <summary>By how much the second run's is larger; NaN where one has none.</summary>
    public double Difference => B - A;

    /// <summary>The better run; null where both are equal, or nobody knows. A figure is better than none that is finite.</summary>
    public RunSide? Better
    {
        get
        {
            if (IsHigherBetter is not { } isHigher || A.Equals(B) || (!double.IsFinite(A) && !double.IsFinite(B))) return null;
            if (!double.IsFinite(A) || !double.IsFinite(B)) return double.IsFinite(A) ? RunSide.A : RunSide.B;
            return A > B == isHigher ? RunSide.A : RunSide.B;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(FigureDifference), PrintMembers);
}
