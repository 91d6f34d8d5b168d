namespace Gradus.Graphs;

/// <summary>What a layout is made for: its direction, and how wide its rows may be.</summary>
/// <remarks>
/// Everything is laid out from left to right. For a picture from top to bottom all sizes are turned at the diagonal before, widths being heights, and all
/// places after.
/// </remarks>
/// <param name="IsTopDown">Whether it is turned.</param>
/// <param name="RowWidth">How wide a row may be, with all around it; null where only what is far wider than tall is broken, into rows of a screen.</param>
internal sealed record LayoutStyle(bool IsTopDown, double? RowWidth)
{
    // Beside an open module: a label of its layer, and the lines between rows.
    private const double AroundModule = 320;
    private const double LeastWidth = 300;

    public static readonly LayoutStyle LeftToRight = new(IsTopDown: false, null);

    /// <summary>The style of the inside of an open module, which has to fit into a row with its frame.</summary>
    public LayoutStyle Inside => RowWidth is { } width ? this with { RowWidth = Math.Max(LeastWidth, width - AroundModule) } : this;

    public static LayoutStyle Of(GraphLayout layout, int width) => layout switch
    {
        GraphLayout.LeftToRight => LeftToRight,
        GraphLayout.TopDown => new(IsTopDown: true, double.PositiveInfinity),
        GraphLayout.Wrapped => new(IsTopDown: false, width),
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "There is no such layout."),
    };
}
