using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>The order of a graph's nodes in which each comes after those whose outputs it reads: the file's own, where that is one.</summary>
internal static class NodeOrder
{
    /// <exception cref="InvalidDataException">Nodes wait for each other.</exception>
    public static IReadOnlyList<NodeProto> Sort(List<NodeProto> nodes, string file)
    {
        var makers = new Dictionary<string, int>();
        for (var index = 0; index < nodes.Count; index++)
        {
            foreach (var output in nodes[index].Outputs) makers.TryAdd(output, index);
        }

        makers.Remove("");
        var sources = nodes.Select(node => Reads(node).Where(makers.ContainsKey).Select(name => makers[name]).Distinct().ToArray()).ToArray();
        if (!sources.Index().Any(static node => node.Item.Any(source => source >= node.Index))) return nodes;
        return Sort(nodes, sources, file);
    }

    private static List<NodeProto> Sort(List<NodeProto> nodes, int[][] sources, string file)
    {
        var waits = Array.ConvertAll(sources, static node => node.Length);
        var readers = nodes.Select(static _ => new List<int>()).ToArray();
        for (var node = 0; node < sources.Length; node++)
        {
            foreach (var source in sources[node]) readers[source].Add(node);
        }

        // The first in the file that can be: files that are nearly in order stay so.
        var ready = new SortedSet<int>(Enumerable.Range(0, nodes.Count).Where(node => waits[node] == 0));
        var sorted = new List<NodeProto>(nodes.Count);
        while (ready.Count > 0)
        {
            var node = ready.Min;
            ready.Remove(node);
            sorted.Add(nodes[node]);
            foreach (var reader in readers[node])
            {
                if (--waits[reader] == 0) ready.Add(reader);
            }
        }

        if (sorted.Count == nodes.Count) return sorted;
        var stuck = nodes[Array.FindIndex(waits, static count => count > 0)];
        throw new InvalidDataException($"{file}: node {PlainText.Quote(GraphNode.NameOf(stuck))} waits for what is computed from it.");
    }

    /// <summary>The names that a node reads, those of the graphs inside of it among them.</summary>
    private static IEnumerable<string> Reads(NodeProto node)
    {
        foreach (var input in node.Inputs) yield return input;
        foreach (var attribute in node.Attributes)
        {
            if (attribute.Graph is not { } graph) continue;
            foreach (var name in graph.Nodes.SelectMany(Reads).Concat(graph.Outputs.Select(static output => output.Name))) yield return name;
        }
    }
}
