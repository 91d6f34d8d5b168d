namespace Gradus.Graphs;

/// <summary>Finds the groups of a recorded graph: a call of a module each, and who belongs to it.</summary>
internal sealed class GroupBuilder
{
    private readonly Dictionary<ModuleScope, int> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly List<GraphGroup> _groups = [];
    private readonly Dictionary<string, int> _calls = [];
    private readonly Dictionary<int, ModuleScope> _scopes = [];

    // Of leaves and constants where they were first seen, and else who reads them.
    private readonly Dictionary<int, ModuleScope?> _homes = [];
    private readonly Dictionary<int, List<int>> _readers = [];

    public IReadOnlyList<GraphGroup> All => _groups;

    /// <summary>Notes where a node was computed.</summary>
    public void Place(int id, int[] inputs, RecordedCall? call)
    {
        if (call?.Scope is { } scope) _scopes[id] = scope;
        for (var input = 0; input < inputs.Length; input++)
        {
            if (!_readers.TryGetValue(inputs[input], out var readers)) _readers.Add(inputs[input], readers = []);
            readers.Add(id);
            if (call is not null && call.Homes[input] != ModuleScope.Unknown) _homes.TryAdd(inputs[input], call.Homes[input]);
        }
    }

    /// <summary>The nodes with their groups.</summary>
    public IEnumerable<GraphNode> Settle(IReadOnlyList<GraphNode> nodes)
    {
        if (_scopes.Count == 0) return nodes;
        var settled = nodes.ToArray();
        foreach (var node in nodes.Where(static node => node.Kind == GraphNodeKind.Operation)) settled[node.Id] = node with { Group = IdOf(_scopes.GetValueOrDefault(node.Id)) };
        foreach (var node in nodes.Where(static node => node.Kind != GraphNodeKind.Operation)) settled[node.Id] = node with { Group = Home(node) };
        return settled;
    }

    /// <summary>Where a leaf or a constant belongs: where it was first seen, or to the innermost call that has all who read it.</summary>
    private int? Home(GraphNode node)
    {
        if (_homes.TryGetValue(node.Id, out var home)) return IdOf(home);
        if (!_readers.TryGetValue(node.Id, out var readers)) return null;
        var common = Above(_scopes.GetValueOrDefault(readers[0])).ToList();
        foreach (var reader in readers.Skip(1))
        {
            var above = Above(_scopes.GetValueOrDefault(reader)).ToHashSet(ReferenceEqualityComparer.Instance);
            common.RemoveAll(scope => !above.Contains(scope));
        }

        return common.Count == 0 ? null : IdOf(common[0]);
    }

    private static IEnumerable<ModuleScope> Above(ModuleScope? scope)
    {
        for (; scope is not null; scope = scope.Outer) yield return scope;
    }

    private int? IdOf(ModuleScope? scope)
    {
        if (scope is null) return null;
        if (_ids.TryGetValue(scope, out var id)) return id;
        var parent = IdOf(scope.Outer);
        var name = scope.Path.Length > 0 ? scope.Path : scope.Title.Split('(')[0];
        var call = _calls[name] = _calls.GetValueOrDefault(name) + 1;
        id = _groups.Count;
        _groups.Add(new GraphGroup(id, call == 1 ? name : $"{name} ({call})", scope.Title, parent));
        _ids.Add(scope, id);
        return id;
    }
}
