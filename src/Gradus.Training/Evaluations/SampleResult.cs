namespace Gradus.Training;

/// <summary>A sample, and what a model makes of it. What its data do not have is null.</summary>
public sealed record SampleResult
{
    /// <summary>Its place in its split, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>Its loss; null where it is not finite.</summary>
    public double? Loss { get; init; }

    /// <summary>Its class.</summary>
    public string? Actual { get; init; }

    /// <summary>The class that was predicted; null where the outputs are not finite, too.</summary>
    public string? Predicted { get; init; }

    /// <summary>The probability of the class that was predicted.</summary>
    public double? Probability { get; init; }

    /// <summary>Its numeric targets with their predictions, at most 8.</summary>
    public IReadOnlyList<TargetPoint>? Targets { get; init; }

    /// <summary>A picture as a PNG file in base64, at most 96 pixels wide and high.</summary>
    public string? Picture { get; init; }

    /// <summary>What an autoencoder makes of the picture, as <see cref="Picture"/>.</summary>
    public string? Reconstruction { get; init; }

    /// <summary>The cells of a table's row as the network knows them, at most 12: a missing number is what it was filled with.</summary>
    public IReadOnlyList<SampleCell>? Cells { get; init; }

    /// <summary>The window of a text; or a sentence, in the words that the model knows.</summary>
    public string? Text { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"SampleResult(row {Row}, loss {Loss ?? double.NaN})");
}

/// <summary>A cell of a row.</summary>
/// <param name="Name">The name of its column.</param>
/// <param name="Value">What stands in it.</param>
public sealed record SampleCell(string Name, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SampleCell), PrintMembers);
}
