namespace Gradus.Training;

/// <summary>How much a model needs a column of a table, and what it makes of it.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Importance">
/// How much worse the model is on rows whose cells of this column are exchanged among each other: the growth of the loss for classes, of the RMSE, in the
/// target's unit, for numbers. Near 0, or below, for a column that says nothing.
/// </param>
/// <param name="Deviation">The standard deviation of the growth over the repetitions.</param>
public sealed record ColumnImportance(string Name, double Importance, double Deviation)
{
    /// <summary>What the model says on average where all rows have one value in this column; empty where that was not asked for.</summary>
    public IReadOnlyList<PartialDependence> Curve { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ColumnImportance), PrintMembers);
}

/// <summary>A point of a partial dependence curve.</summary>
/// <param name="Value">The value that all rows have: a number, or the name of a category.</param>
/// <param name="Number">The value as a number; the place of a category.</param>
/// <param name="Mean">The mean of the predictions: a number in the target's unit, or the probability of each class.</param>
public sealed record PartialDependence(string Value, double Number, IReadOnlyList<double> Mean)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PartialDependence), PrintMembers);
}
