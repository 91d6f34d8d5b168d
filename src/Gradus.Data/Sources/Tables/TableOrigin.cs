namespace Gradus.Data;

/// <summary>Where a table comes from, as messages name it.</summary>
/// <param name="Name">The file or query.</param>
/// <param name="Unit">What rows are counted in: "line" of a text file, else "row".</param>
internal sealed record TableOrigin(string Name, string Unit)
{
    /// <summary>A file whose rows are told by their lines.</summary>
    public static TableOrigin Lines(string path) => new(path, "line");

    /// <summary>The name of the datasets that are made of it.</summary>
    public string Title => Path.GetFileNameWithoutExtension(Name);

    /// <summary><c>wine.csv: line 7</c>.</summary>
    public string At(int place) => FormattableString.Invariant($"{Name}: {Unit} {place}");

    public override string ToString() => Name;
}
