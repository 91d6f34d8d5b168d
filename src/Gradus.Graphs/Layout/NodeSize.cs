namespace Gradus.Graphs;

/// <summary>What a node looks like before it has a place: its symbol, its labels, and the room they take.</summary>
internal sealed class NodeSize
{
    public const double SymbolSize = 15;
    public const double LabelSize = 12;
    public const double LabelHeight = 14;

    // Of the cells that show a tensor's elements, and between them and a label.
    public const double StripGap = 2;

    // Between a label and its line, and on each side of it.
    public const double LabelGap = 3;
    public const double LabelMargin = 8;

    // Between a label and a line that runs down beside it.
    public const double BesideGap = 5;

    private const double Circle = 34;
    private const double PerInput = 9;
    private const int LongestSymbol = 24;

    // The width of the widest label or strip.
    private readonly double _label;

    /// <param name="node">The node.</param>
    /// <param name="uses">How often its value is read.</param>
    /// <param name="isTopDown">Whether its inputs arrive above.</param>
    public NodeSize(GraphNode node, int uses, bool isTopDown)
    {
        (Node, IsTopDown) = (node, isTopDown);
        var isOperation = node.Kind == GraphNodeKind.Operation;
        Text = Short(node.Symbol);
        var width = TextWidth.Of(Text, SymbolSize);
        var side = isOperation ? Math.Max(Circle, (node.Inputs.Length + 1) * PerInput) : Circle * 0.7;
        IsCircle = isOperation && width <= Circle - 8 && side <= Circle;
        HeadWidth = IsCircle ? Circle : isOperation ? width + 20 : width + 4;
        HeadHeight = side;
        if (isTopDown && isOperation) (HeadWidth, HeadHeight) = (Math.Max(HeadWidth, side), Circle);
        ValueName = isOperation && node.IsNamed ? Short(node.Name) + " = " : "";
        Value = node.Kind == GraphNodeKind.Constant && node.Name == NumberOf(node.Value) ? "" : NumberOf(node.Value) ?? NumberText.Of(node.Shape);
        Gradient = NumberOf(node.Gradient) ?? "";
        if (node.HeadGradients.Length > 1 && node.HeadGradients.OfType<Tensor>().ToArray() is { Length: > 1 } shares)
        {
            Shares = string.Join(NumberText.Between(shares[0]), shares.Select(NumberText.Brief));
        }

        ValueStrip = HeatGrid.SizeOf(node.Value);
        GradientStrip = HeatGrid.SizeOf(node.Gradient);
        _label = Math.Max(TextWidth.Of(ValueName + Value, LabelSize), TextWidth.Of(Gradient, LabelSize));
        _label = Math.Max(_label, Math.Max(TextWidth.Of(Shares, LabelSize), Math.Max(ValueStrip.Width, GradientStrip.Width)));
        // While contributions still add up, a gradient may have more digits than in the end.
        if (uses > 1 && node is { Gradient.Rank: 0 }) _label = Math.Max(_label, TextWidth.Of("−0.123456", LabelSize));
        var length = isTopDown ? Math.Max(ValueHeight, GradientHeight) + LabelMargin : _label + (2 * LabelMargin);
        LabelLength = _label > 0 ? length : uses > 0 ? LabelMargin : 0;
    }

    public GraphNode Node { get; }

    public bool IsTopDown { get; }

    public string Text { get; }

    public bool IsCircle { get; }

    public double HeadWidth { get; }

    public double HeadHeight { get; }

    public string ValueName { get; }

    public string Value { get; }

    public string Gradient { get; }

    /// <summary>What each head adds to the gradient, where there are several.</summary>
    public string Shares { get; } = "";

    /// <summary>How large the cells of the value are; 0 if there are none.</summary>
    public (double Width, double Height) ValueStrip { get; }

    /// <summary>How large the cells of the gradient are; 0 if there are none.</summary>
    public (double Width, double Height) GradientStrip { get; }

    /// <summary>How long the node is in the direction of the lines.</summary>
    public double HeadLength => IsTopDown ? HeadHeight : HeadWidth;

    /// <summary>How broad the node is across the lines.</summary>
    public double HeadBreadth => IsTopDown ? HeadWidth : HeadHeight;

    /// <summary>How far the value's label is above the line.</summary>
    public double ValueGap => LabelGap + (ValueStrip.Height > 0 ? ValueStrip.Height + StripGap : 0);

    /// <summary>How far the gradient's label is below the line.</summary>
    public double GradientGap => LabelGap + (GradientStrip.Height > 0 ? GradientStrip.Height + StripGap : 0);

    public bool HasLabels => ValueName.Length + Value.Length + Gradient.Length > 0;

    /// <summary>The length of the line that leaves the node, so that the labels fit on it.</summary>
    public double LabelLength { get; }

    /// <summary>How far the node reaches to both sides of its line.</summary>
    public double HalfBreadth => 1 + (IsTopDown
        ? Math.Max(HeadWidth / 2, _label > 0 ? BesideGap + _label : 0)
        : Math.Max(HeadHeight / 2, Math.Max(ValueGap + LabelHeight, GradientGap + (Shares.Length > 0 ? 2 * LabelHeight : LabelHeight))));

    // Of what is at the left of a line that runs down, and of what is at its right.
    private double ValueHeight => LabelHeight + (ValueStrip.Height > 0 ? StripGap + ValueStrip.Height : 0);

    private double GradientHeight => LabelHeight + (Shares.Length > 0 ? LabelHeight : 0) + (GradientStrip.Height > 0 ? StripGap + GradientStrip.Height : 0);

    private static string? NumberOf(Tensor? tensor) => tensor is null ? null : NumberText.Of(tensor);

    private static string Short(string text) => text.Length <= LongestSymbol ? text : text[..(LongestSymbol - 1)] + "…";
}
