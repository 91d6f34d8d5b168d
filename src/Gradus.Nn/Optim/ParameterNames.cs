using System.Globalization;

namespace Gradus.Nn;

/// <summary>Names by which an optimizer's states are saved.</summary>
internal static class ParameterNames
{
    /// <summary>A parameter as messages call it: by its path in its network; without one by its shape.</summary>
    public static string Of(Parameter parameter) => parameter.Owner?.Root.NameOf(parameter) is { } path ? PlainText.Quote(path) : parameter.ToString();

    /// <summary>
    /// A name for each parameter: its path in its network; without one its tensor's name, or else its number. A name that is taken gets the number before it.
    /// </summary>
    public static string[] Of(IReadOnlyList<Parameter> parameters)
    {
        var paths = new Dictionary<Parameter, string>(ReferenceEqualityComparer.Instance);
        foreach (var root in parameters.Select(static parameter => parameter.Owner?.Root).OfType<Module>().Distinct())
        {
            foreach (var (name, parameter) in root.NamedParameters()) paths.TryAdd(parameter, name);
        }

        var names = new string[parameters.Count];
        var taken = new HashSet<string>();
        for (var index = 0; index < names.Length; index++)
        {
            var number = index.ToString(CultureInfo.InvariantCulture);
            var name = paths.GetValueOrDefault(parameters[index]) ?? (parameters[index].IsKnown ? parameters[index].Leaf.Name : null) ?? number;
            names[index] = taken.Add(name) ? name : $"{number}.{name}";
        }

        return names;
    }
}
