namespace Gradus.Graphs;

/// <summary>What is written on an edge.</summary>
internal static class ValueText
{
    /// <summary>The value and on a line below it the gradient, as far as they are known.</summary>
    public static string Below(GraphNode node, string name = "")
    {
        if (node.Kind == GraphNodeKind.Constant && name.Length == 0) return "";
        var value = name + (node.Value is null ? NumberText.Of(node.Shape) : NumberText.Of(node.Value));
        return node.Gradient is null ? value : $"{value}\n∂ {NumberText.Of(node.Gradient)}";
    }
}
