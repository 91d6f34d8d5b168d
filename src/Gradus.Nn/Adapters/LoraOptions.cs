namespace Gradus.Nn;

/// <summary>Settings of <see cref="Lora"/>.</summary>
public sealed record LoraOptions
{
    /// <summary>r: how many columns B has and rows A, at most the lesser of a weight's sizes. Default: 8.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>α: the change is α / r · B·A, so that another rank wants no other learning rate. Default: null, twice the rank.</summary>
    public double? Alpha { get; init; }

    /// <summary>
    /// Whether length and direction of each row are trained apart: W′ = m · (W + α / r · B·A) / ‖W + α / r · B·A‖ (DoRA). Default: false.
    /// </summary>
    /// <remarks>
    /// The norm is a constant of the derivative, as the paper proposes to spare memory. Liu et al., "DoRA: weight-decomposed low-rank adaptation", 2024,
    /// arXiv 2402.09353.
    /// </remarks>
    public bool Dora { get; init; }

    /// <summary>
    /// The weights that are adapted: names of weights or of parts, with * for any letters: <c>*.c_attn</c>, <c>encoder</c>. Default: empty, which means all
    /// of at least two axes that have more numbers than their adapters would, tables of embeddings left out.
    /// </summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>
    /// What is trained as a whole beside the adapters, and saved with them: names of parameters or parts, such as a new head. Default: none.
    /// </summary>
    public IReadOnlyList<string> AlsoTrain { get; init; } = [];

    /// <summary>α / r.</summary>
    internal double Scale => (Alpha ?? 2.0 * Rank) / Rank;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(LoraOptions), PrintMembers);
}
