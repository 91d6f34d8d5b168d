namespace Gradus.Graphs;

/// <summary>Finds the groups of a recorded graph: a call of a module each, and who belongs to it.</summary>
internal sealed class GroupBuilder
{
    private readonly Dictionary<ModuleScope, int> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly List<GraphGroup> _groups = [];
    private readonly List<string> _paths = [];
    private readonly Dictionary<string, int> _calls = [];
    private readonly Dictionary<int, ModuleScope> _scopes = [];

    // Of leaves and constants where they were first seen, else who reads them.
    private readonly Dictionary<int, ModuleScope?> _homes = [];
    private readonly Dictionary<int, List<int>> _readers = [];
    private readonly HashSet<int> _variables = [];

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
        foreach (var node in nodes.Where(static node => node.Kind == GraphNodeKind.Operation))
        {
            settled[node.Id] = node with { Group = IdOf(_scopes.GetValueOrDefault(node.Id)) };
        }

        foreach (var node in nodes.Where(static node => node.Kind != GraphNodeKind.Operation)) settled[node.Id] = Short(node with { Group = Home(node) });
        return settled;
    }

    /// <summary>Inside its module a parameter is drawn without the module's path.</summary>
    private GraphNode Short(GraphNode node)
    {
        if (node.Group is not { } group) return node;
        var prefix = _paths[group] + ".";
        return prefix.Length > 1 && node.Name.StartsWith(prefix, StringComparison.Ordinal) ? node with { Symbol = node.Name[prefix.Length..] } : node;
    }

    /// <summary>Notes a leaf that no module owns, and that so lies outside of all of them unless it was first seen inside one.</summary>
    public void PlaceVariable(int id) => _variables.Add(id);

    /// <summary>Where a leaf or a constant belongs: where it was first seen; a parameter to the innermost call that has all who read it.</summary>
    private int? Home(GraphNode node)
    {
        if (_homes.TryGetValue(node.Id, out var home)) return IdOf(home);
        if (_variables.Contains(node.Id)) return null;
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
        _groups.Add(new GraphGroup(
            id, call == 1 ? name : $"{name} ({call})", scope.Title.EndsWith("()", StringComparison.Ordinal) ? scope.Title[..^2] : scope.Title, parent));
        _paths.Add(scope.Path);
        _ids.Add(scope, id);
        return id;
    }
}
