namespace Gradus.Training;

/// <summary>How a model becomes C#.</summary>
public sealed record CSharpExportOptions
{
    /// <summary>The namespace. Default: <c>Models</c>.</summary>
    public string Namespace { get; init; } = "Models";

    /// <summary>The name of the class. Default: null, that of the file: <c>iris.cs</c> has a class <c>Iris</c>.</summary>
    public string? ClassName { get; init; }

    /// <summary>Where the weights go. Default: null, into the code up to 2 million of them (8 MB), else beside it.</summary>
    public CSharpWeights? Weights { get; init; }

    /// <summary>Whether files that are there are replaced. Default: false, an error.</summary>
    public bool Overwrite { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(CSharpExportOptions), PrintMembers);
}
