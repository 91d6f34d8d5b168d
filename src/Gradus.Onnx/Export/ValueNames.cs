namespace Gradus.Onnx;

/// <summary>Names of values and nodes, each given once.</summary>
internal sealed class ValueNames
{
    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<string, int> _next = [];

    /// <summary>Keeps a name as it stands; false where it is taken.</summary>
    public bool Take(string name) => _taken.Add(name);

    /// <summary>A name, with a number behind it where it is taken.</summary>
    public string Fresh(string name)
    {
        if (_taken.Add(name)) return name;
        var number = _next.GetValueOrDefault(name);
        string numbered;
        do numbered = FormattableString.Invariant($"{name}_{++number}");
        while (!_taken.Add(numbered));
        _next[name] = number;
        return numbered;
    }
}
