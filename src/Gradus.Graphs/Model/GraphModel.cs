using System.Collections.Immutable;

namespace Gradus.Graphs;

/// <summary>A line from a node to one that reads it.</summary>
/// <param name="From">The node that gives the value.</param>
/// <param name="To">The node that reads it.</param>
/// <param name="Input">As which of its inputs.</param>
public readonly record struct GraphEdge(int From, int To, int Input)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GraphEdge), PrintMembers);
}

/// <summary>A computation graph as data that does not change: what drawings, tables and explanations are made of.</summary>
/// <remarks>Every node comes after its inputs. A value that is used several times is one node.</remarks>
public sealed class GraphModel
{
    internal GraphModel(
        IEnumerable<GraphNode> nodes, IEnumerable<int> outputs, IReadOnlyDictionary<int, Tensor>? seeds = null, string? text = null,
        IEnumerable<GraphGroup>? groups = null)
    {
        Title = text ?? "";
        Groups = [.. groups ?? []];
        Seeds = seeds ?? new Dictionary<int, Tensor>();
        Nodes = [.. nodes];
        Outputs = [.. outputs];
        Edges = [.. Nodes.SelectMany(static node => node.Inputs.Select((from, input) => new GraphEdge(from, node.Id, input)))];
        Unfolded ??= this;
        if (Title.Length > 0) return;
        // Of a network its name says more than the last operation.
        var networks = string.Join(", ", Groups.Where(static group => group.Parent is null).Select(static group => group.Title).Distinct());
        Title = networks.Length > 0
            ? $"{networks}: {string.Join(", ", Outputs.Select(output => Nodes[output].Name))}"
            : string.Join("; ", Outputs.Select(output => Nodes[output].ToString()));
    }

    /// <summary>The nodes, each after its inputs.</summary>
    public ImmutableArray<GraphNode> Nodes { get; }

    /// <summary>An edge for every input of every node.</summary>
    public ImmutableArray<GraphEdge> Edges { get; }

    /// <summary>The calls of modules that the nodes belong to, each after the one it lies in. Empty unless a <see cref="GraphRecording"/> saw them.</summary>
    public ImmutableArray<GraphGroup> Groups { get; }

    /// <summary>The graph with no module folded: this one itself, unless it came from <see cref="Fold"/>.</summary>
    public GraphModel Unfolded { get; internal init; } = null!;

    /// <summary>The heads: the nodes that back-propagation starts from.</summary>
    public ImmutableArray<int> Outputs { get; }

    /// <summary>The expression; of a network its modules and heads; of another tensor's graph the last operation.</summary>
    internal string Title { get; }

    /// <summary>The gradients that back-propagation started with, where they are known.</summary>
    internal IReadOnlyDictionary<int, Tensor> Seeds { get; }

    /// <summary>Whether every value is known, and how it was computed.</summary>
    internal bool IsEvaluated => FirstUnknown is null;

    /// <summary>The first node whose value is not known, or not how it was computed.</summary>
    internal GraphNode? FirstUnknown =>
        Nodes.FirstOrDefault(static node => node.Value is null || (node.Kind == GraphNodeKind.Operation && node.Definition is null));

    /// <summary>The same graph with modules drawn as one node each.</summary>
    /// <param name="which">Which calls to fold; a call inside a folded one is not asked about. Left out, all but the outermost ones that call others.</param>
    public GraphModel Fold(Func<GraphGroup, bool>? which = null) =>
        Folding.Of(Unfolded, which ?? (group => group.Parent is not null || Unfolded.Groups.All(other => other.Parent != group.Id)));

    /// <summary>The same graph with all modules folded but the outermost, and those of these names and around them.</summary>
    /// <param name="open">The names of <see cref="Groups"/> to open.</param>
    public GraphModel FoldExcept(params ReadOnlySpan<string> open)
    {
        var opened = new HashSet<int>();
        foreach (var group in Unfolded.Groups)
        {
            if (open.Contains(group.Name)) opened.UnionWith(Around(group.Id));
        }

        return Fold(group => !opened.Contains(group.Id) && (group.Parent is not null || Unfolded.Groups.All(other => other.Parent != group.Id)));
    }

    /// <summary>The open modules directly inside another, or inside none: those in which a node is shown.</summary>
    internal IEnumerable<GraphGroup> OpenGroups(int? inside)
    {
        var shown = Nodes.SelectMany(node => Around(node.Group)).ToHashSet();
        return Groups.Where(group => group.Parent == inside && shown.Contains(group.Id));
    }

    /// <summary>A group and those around it, from the inside out.</summary>
    internal IEnumerable<int> Around(int? group)
    {
        for (; group is { } id; group = Groups[id].Parent) yield return id;
    }

    /// <summary>The node of a name.</summary>
    /// <exception cref="GradusException">There is none.</exception>
    public GraphNode this[string name] =>
        Nodes.FirstOrDefault(node => node.Name == name && node.Kind != GraphNodeKind.Constant) ?? Nodes.FirstOrDefault(node => node.Name == name)
        ?? throw new GradusException(
            $"There is no '{PlainText.Quote(name)}' in the graph. "
            + $"There are: {PlainText.QuoteAll(Nodes.Where(static node => node.Kind != GraphNodeKind.Constant).Select(static node => node.Name), 100)}.");
}
