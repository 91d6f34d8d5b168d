using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Gradus.Nn;

/// <summary>Modules held by name, in the order in which they were added.</summary>
public sealed class ModuleDict<T> : Module, IReadOnlyDictionary<string, T> where T : Module
{
    private readonly OrderedDictionary<string, T> _modules = [];

    /// <summary>A dictionary of these modules.</summary>
    public ModuleDict(params ReadOnlySpan<(string Name, T Module)> modules)
    {
        foreach (var (name, module) in modules) Add(name, module);
    }

    /// <summary>The number of modules.</summary>
    public int Count => _modules.Count;

    /// <summary>The names.</summary>
    public IEnumerable<string> Keys => _modules.Keys;

    /// <summary>The modules.</summary>
    public IEnumerable<T> Values => _modules.Values;

    /// <summary>The module of a name.</summary>
    public T this[string key] => _modules[key];

    /// <summary>Adds a module under a name that is kept as it is.</summary>
    /// <exception cref="ArgumentException">There is one of this name.</exception>
    public void Add(string name, T module)
    {
        _modules.Add(name, module);
        RegisterAs(name, module);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _modules.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _modules.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _modules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
