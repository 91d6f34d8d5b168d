using System.Collections;
using System.Globalization;

namespace Gradus.Nn;

/// <summary>Modules held by number: the way to keep several layers in one property. Their names are 0, 1, ….</summary>
public sealed class ModuleList<T> : Module, IReadOnlyList<T> where T : Module
{
    private readonly List<T> _modules = [];

    /// <summary>A list of these modules.</summary>
    public ModuleList(params ReadOnlySpan<T> modules)
    {
        foreach (var module in modules) Add(module);
    }

    /// <summary>The number of modules.</summary>
    public int Count => _modules.Count;

    /// <summary>The module at a position.</summary>
    public T this[int index] => _modules[index];

    /// <summary>Appends a module.</summary>
    public void Add(T module) => _modules.Add(Register(module, _modules.Count.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _modules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
