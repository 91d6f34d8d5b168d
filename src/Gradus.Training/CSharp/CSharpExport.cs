namespace Gradus.Training;

/// <summary>What was written for a model that became C#.</summary>
public sealed record CSharpExport
{
    /// <summary>The code.</summary>
    public required string Path { get; init; }

    /// <summary>The weights beside it; null where they are in the code.</summary>
    public string? WeightsPath { get; init; }

    /// <summary>The class with its namespace: <c>Models.Iris</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>How it is called: <c>var answer = new Iris().Predict(new Iris.Row { … });</c>.</summary>
    public required string Call { get; init; }

    /// <summary>The number of weights.</summary>
    public required long Weights { get; init; }

    /// <summary>The bytes of both files.</summary>
    public required long Bytes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(CSharpExport), PrintMembers);
}
