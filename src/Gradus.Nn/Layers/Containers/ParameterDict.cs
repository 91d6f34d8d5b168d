using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Gradus.Nn;

/// <summary>Parameters held by name, in the order in which they were added.</summary>
public sealed class ParameterDict : Module, IReadOnlyDictionary<string, Parameter>
{
    private readonly OrderedDictionary<string, Parameter> _parameters = [];

    /// <summary>A dictionary of these parameters.</summary>
    public ParameterDict(params ReadOnlySpan<(string Name, Parameter Parameter)> parameters)
    {
        foreach (var (name, parameter) in parameters) Add(name, parameter);
    }

    /// <summary>The number of parameters.</summary>
    public int Count => _parameters.Count;

    /// <summary>The names.</summary>
    public IEnumerable<string> Keys => _parameters.Keys;

    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Values => _parameters.Values;

    /// <summary>The parameter of a name.</summary>
    public Parameter this[string key] => _parameters[key];

    /// <summary>Adds a parameter under a name that is kept as it is.</summary>
    /// <exception cref="ArgumentException">There is one of this name.</exception>
    public void Add(string name, Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        _parameters.Add(name, parameter);
        RegisterAs(name, parameter);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _parameters.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => _parameters.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Parameter>> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    protected override string Describe() => string.Join(", ", _parameters.Select(static entry => $"{entry.Key} {entry.Value.Sizes}"));
}
