namespace Gradus.Graphs;

/// <summary>What a node looks like before it has a place: its symbol, its labels, and the room they take.</summary>
internal sealed class NodeSize
{
    public const double SymbolSize = 15;
    public const double LabelSize = 12;
    public const double LabelHeight = 14;

    // Between a label and its line, and on each side of it.
    public const double LabelGap = 3;
    public const double LabelMargin = 8;

    private const double Circle = 34;
    private const double PerInput = 9;
    private const int LongestSymbol = 24;

    public NodeSize(GraphNode node, int uses)
    {
        Node = node;
        var isOperation = node.Kind == GraphNodeKind.Operation;
        Text = Short(node.Symbol);
        var width = TextWidth.Of(Text, SymbolSize);
        var height = isOperation ? Math.Max(Circle, (node.Inputs.Length + 1) * PerInput) : Circle * 0.7;
        IsCircle = isOperation && width <= Circle - 8 && height <= Circle;
        HeadWidth = IsCircle ? Circle : isOperation ? width + 20 : width + 4;
        HeadHeight = height;
        ValueName = isOperation && node.IsNamed ? Short(node.Name) + " = " : "";
        Value = node.Kind == GraphNodeKind.Constant && node.Name == NumberOf(node.Value) ? "" : NumberOf(node.Value) ?? NumberText.Of(node.Shape);
        Gradient = NumberOf(node.Gradient) ?? "";
        var label = Math.Max(TextWidth.Of(ValueName + Value, LabelSize), TextWidth.Of(Gradient, LabelSize));
        // While contributions still add up, a gradient may have more digits than in the end.
        if (uses > 1 && node is { Gradient.Rank: 0 }) label = Math.Max(label, TextWidth.Of("−0.123456", LabelSize));
        LabelWidth = label > 0 ? label + (2 * LabelMargin) : uses > 0 ? LabelMargin : 0;
    }

    public GraphNode Node { get; }

    public string Text { get; }

    public bool IsCircle { get; }

    public double HeadWidth { get; }

    public double HeadHeight { get; }

    public string ValueName { get; }

    public string Value { get; }

    public string Gradient { get; }

    public bool HasLabels => ValueName.Length + Value.Length + Gradient.Length > 0;

    /// <summary>The length of the line that leaves the node, so that the labels fit on it.</summary>
    public double LabelWidth { get; }

    /// <summary>How far the node reaches above and below its line.</summary>
    public double HalfHeight => Math.Max(HeadHeight / 2, LabelHeight + LabelGap) + 1;

    private static string? NumberOf(Tensor? tensor) => tensor is null ? null : NumberText.Of(tensor);

    private static string Short(string text) => text.Length <= LongestSymbol ? text : text[..(LongestSymbol - 1)] + "…";
}
