namespace Gradus.Graphs;

/// <summary>Numbers over the pixels of a picture, to be drawn over it.</summary>
/// <param name="Title">What they are, on one line: <c>integrated gradients</c>.</param>
/// <param name="Values">[height, width], or [channels, height, width], which are added up.</param>
public sealed record HeatMap(string Title, Tensor Values)
{
    /// <summary>A line below the map. Default: none.</summary>
    public string Note { get; init; } = "";
}
