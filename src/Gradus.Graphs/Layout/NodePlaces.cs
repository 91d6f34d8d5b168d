namespace Gradus.Graphs;

/// <summary>Places a node in its column, and its labels on the line that leaves it.</summary>
internal static class NodePlaces
{
    /// <summary>The shape of a node on a line of some height.</summary>
    public static NodeShape Of(NodeSize size, LayeredLayout.Column column, double y)
    {
        var left = size.Node.Kind == GraphNodeKind.Operation ? column.Left + ((column.Heads - size.HeadLength) / 2)
            : size.HasLabels ? column.Left + column.Heads - size.HeadLength
            : Math.Max(column.Left, column.Right - NodeSize.LabelMargin - size.HeadLength);
        var head = new Box(left, y - (size.HeadBreadth / 2), size.HeadLength, size.HeadBreadth);
        var (labels, strips) = size.IsTopDown
            ? Beside(size, column.Left + column.Heads + (NodeSize.LabelMargin / 2), y)
            : AboveAndBelow(size, column.Left + column.Heads + NodeSize.LabelMargin, y);
        return new NodeShape(size.Node, size.Text, head, size.IsCircle, [.. labels], [.. strips]);
    }

    /// <summary>Of a line to the right the value above, the gradient below, strips next to the line.</summary>
    private static (List<Label> Labels, List<Strip> Strips) AboveAndBelow(NodeSize size, double start, double y)
    {
        var labels = new List<Label>();
        var strips = new List<Strip>();
        if (size.ValueName.Length + size.Value.Length > 0)
        {
            labels.Add(new Label(LabelKind.Value, size.ValueName, size.Value, LabelAt(size.ValueName + size.Value, y - size.ValueGap - NodeSize.LabelHeight)));
        }

        if (size.Gradient.Length > 0) labels.Add(new Label(LabelKind.Gradient, "", size.Gradient, LabelAt(size.Gradient, y + size.GradientGap)));
        if (size.Shares.Length > 0) labels.Add(new Label(LabelKind.Shares, "", size.Shares, LabelAt(size.Shares, y + size.GradientGap + NodeSize.LabelHeight)));
        var (value, gradient) = (size.ValueStrip, size.GradientStrip);
        if (value.Height > 0)
        {
            strips.Add(new Strip(LabelKind.Value, size.Node.Value!, new Box(start, y - NodeSize.LabelGap - value.Height, value.Width, value.Height)));
        }

        if (gradient.Height > 0)
        {
            strips.Add(new Strip(LabelKind.Gradient, size.Node.Gradient!, new Box(start, y + NodeSize.LabelGap, gradient.Width, gradient.Height)));
        }

        return (labels, strips);

        Box LabelAt(string text, double top) => new(start, top, TextWidth.Of(text, NodeSize.LabelSize), NodeSize.LabelHeight);
    }

    /// <summary>Of a line down the value at its left, the gradient at its right, strips below them; all of it turned.</summary>
    private static (List<Label> Labels, List<Strip> Strips) Beside(NodeSize size, double start, double x)
    {
        var (labels, strips) = (new List<Label>(), new List<Strip>());
        var (left, right) = (start, start);
        if (size.ValueName + size.Value is { Length: > 0 } value) labels.Add(new Label(LabelKind.Value, size.ValueName, size.Value, Left(value)));
        if (size.Gradient.Length > 0) labels.Add(new Label(LabelKind.Gradient, "", size.Gradient, Right(size.Gradient)));
        if (size.Shares.Length > 0) labels.Add(new Label(LabelKind.Shares, "", size.Shares, Right(size.Shares)));
        var strip = x - NodeSize.BesideGap - size.ValueStrip.Width;
        if (size.ValueStrip.Height > 0) strips.Add(new Strip(LabelKind.Value, size.Node.Value!, StripAt(strip, left, size.ValueStrip)));
        strip = x + NodeSize.BesideGap;
        if (size.GradientStrip.Height > 0) strips.Add(new Strip(LabelKind.Gradient, size.Node.Gradient!, StripAt(strip, right, size.GradientStrip)));
        return (labels, strips);

        Box Left(string text)
        {
            var width = TextWidth.Of(text, NodeSize.LabelSize);
            left += NodeSize.LabelHeight;
            return new Box(x - NodeSize.BesideGap - width, left - NodeSize.LabelHeight, width, NodeSize.LabelHeight).Turned();
        }

        Box Right(string text)
        {
            right += NodeSize.LabelHeight;
            return new Box(x + NodeSize.BesideGap, right - NodeSize.LabelHeight, TextWidth.Of(text, NodeSize.LabelSize), NodeSize.LabelHeight).Turned();
        }

        static Box StripAt(double x, double y, (double Width, double Height) size) => new Box(x, y + NodeSize.StripGap, size.Width, size.Height).Turned();
    }
}
