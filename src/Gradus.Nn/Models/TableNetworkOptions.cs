namespace Gradus.Nn;

/// <summary>The sizes of a <see cref="TableNetwork"/>.</summary>
public sealed record TableNetworkOptions
{
    // More is a slip of the finger, and would take gigabytes before the first row.
    private const int Most = 1 << 20;
    private const int MostLayers = 1024;

    /// <summary>How many members it has. Default: 16.</summary>
    public int Members { get; init; } = 16;

    /// <summary>The width of a member's hidden layers. Default: 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>A member's hidden layers. Default: 2.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>The most bins of a number. Default: 32.</summary>
    public int Bins { get; init; } = 32;

    /// <summary>The size of a number's vector. Default: 16.</summary>
    public int VectorWidth { get; init; } = 16;

    /// <summary>The share of hidden numbers that training drops, in [0, 1). Default: 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>The inputs, from 0, that are 0 or 1 for a category. Default: none, all are numbers.</summary>
    public IReadOnlyList<int> Categories { get; init; } = [];

    /// <summary>Whether outputs are classes, whose probabilities are averaged. Default: false.</summary>
    public bool AreClasses { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TableNetworkOptions), PrintMembers);

    /// <exception cref="GradusException">A size is not positive or too large, or a category is no input or told twice.</exception>
    internal void Check(int inputs, int outputs)
    {
        foreach (var (name, size) in (ReadOnlySpan<(string, int)>)
        [
            ("inputs", inputs), ("outputs", outputs), ("members", Members), ("width", Width), ("layers", Layers), ("bins", Bins), ("vector width", VectorWidth),
        ])
        {
            var most = name == "layers" ? MostLayers : Most;
            if (size < 1 || size > most) throw new GradusException($"table: {name} {size}; expected 1 to {most}.");
        }

        if ((long)Members * Width > Most || (long)inputs * VectorWidth > Most)
        {
            throw new GradusException(
                $"table: {Members} members of width {Width}, {inputs} inputs of vector width {VectorWidth}; expected products up to {Most}.");
        }

        if (Categories.Any(category => category < 0 || category >= inputs) || Categories.Distinct().Count() < Categories.Count)
        {
            throw new GradusException($"table: the categories are no inputs of {inputs}, or one is told twice.");
        }
    }
}
