using System.Reflection;
using System.Runtime.CompilerServices;

namespace Gradus.Repo.Tests;

/// <summary>The names of a signature's tuple elements, as the compiler lists them: of each tuple first its own, then those of what it holds.</summary>
internal sealed class TupleNames
{
    private readonly IList<string?> _names;
    private int _taken;

    private TupleNames(TupleElementNamesAttribute? attribute) => _names = attribute?.TransformNames ?? [];

    public static TupleNames None => new(null);

    public static TupleNames Of(MemberInfo member) => new(member.GetCustomAttribute<TupleElementNamesAttribute>());

    public static TupleNames Of(ParameterInfo parameter) => new(parameter.GetCustomAttribute<TupleElementNamesAttribute>());

    /// <summary>The names of the next tuple's elements; null for one without.</summary>
    public string?[] Take(int count)
    {
        string?[] names = [.. Enumerable.Range(_taken, count).Select(index => index < _names.Count ? _names[index] : null)];
        _taken += count;
        return names;
    }
}
