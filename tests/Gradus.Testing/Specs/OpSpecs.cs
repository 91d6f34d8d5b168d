namespace Gradus.Testing.Specs;

/// <summary>A spec for every row of the table of operators.</summary>
internal static class OpSpecs
{
    private static readonly Dictionary<string, OpSpec> ByName = new[]
    {
        Arithmetic.All, Exponentials.All, Trigonometry.All, Rounding.All, Logic.All, Comparisons.All, Activations.All, Selection.All, Copying.All, Views.All,
        Joining.All, Padding.All, SlidingWindows.All, Diagonals.All, Rearranging.All, Products.All, LinearAlgebra.All, Systems.All, Reductions.All, Folds.All,
        Statistics.All, Quantiles.All, Distances.All, Rows.All, Indexing.All, Masks.All, Scattering.All, Segments.All, Ordering.All, Convolutions.All,
        Convolutions3d.All, Pooling.All, Pooling3d.All, AdaptivePooling.All, Interpolation.All, Dropout.All, Norms.All, Attention.All, Recurrent.All,
    }.SelectMany(static family => family).ToDictionary(static spec => spec.Name);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<OpSpec> All => ByName.Values;

    /// <summary>The spec of a row, by the name of its field.</summary>
    public static OpSpec Of(string name) => ByName[name];
}
