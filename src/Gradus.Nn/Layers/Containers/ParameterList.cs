using System.Collections;
using System.Globalization;

namespace Gradus.Nn;

/// <summary>Parameters held by number. Their names are 0, 1, ….</summary>
public sealed class ParameterList : Module, IReadOnlyList<Parameter>
{
    private readonly List<Parameter> _parameters = [];

    /// <summary>A list of these parameters.</summary>
    public ParameterList(params ReadOnlySpan<Parameter> parameters)
    {
        foreach (var parameter in parameters) Add(parameter);
    }

    /// <summary>The number of parameters.</summary>
    public int Count => _parameters.Count;

    /// <summary>The parameter at a position.</summary>
    public Parameter this[int index] => _parameters[index];

    /// <summary>Appends a parameter.</summary>
    public void Add(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Register(parameter, _parameters.Count.ToString(CultureInfo.InvariantCulture));
        _parameters.Add(parameter);
    }

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    protected override string Describe() => string.Join(", ", _parameters.Select(static parameter => parameter.Sizes));
}
