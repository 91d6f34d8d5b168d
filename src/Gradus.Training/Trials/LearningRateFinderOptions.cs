namespace Gradus.Training;

/// <summary>Which rates a search tries: see <see cref="Trainer{TBatch}.FindLearningRate"/>.</summary>
public sealed record LearningRateFinderOptions
{
    /// <summary>The first rate. Default: 1e-6.</summary>
    public double Lowest { get; init; } = 1e-6;

    /// <summary>The last rate. Default: 1.</summary>
    public double Highest { get; init; } = 1;

    /// <summary>Number of steps, each at a rate that is the one before times a factor; at least 10. Default: 100.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>The search ends where the smoothed loss is so many times its least. Default: 4.</summary>
    public double Divergence { get; init; } = 4;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(LearningRateFinderOptions), PrintMembers);

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal void Validate()
    {
        if (!(Lowest > 0 && double.IsFinite(Lowest))) throw Wrong(nameof(Lowest), Lowest, "The lowest rate is a finite number above 0.");
        if (!(Highest > Lowest && double.IsFinite(Highest))) throw Wrong(nameof(Highest), Highest, "The highest rate is a finite number above the lowest.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 10);
        if (!(Divergence > 1)) throw Wrong(nameof(Divergence), Divergence, "The loss diverges above 1 times its least.");
    }

    private static ArgumentOutOfRangeException Wrong(string name, double value, string message) => new(name, value, message);
}
