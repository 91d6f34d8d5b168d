namespace Gradus.Extensions;

/// <summary>The names of an app's models, in the order in which they were added.</summary>
internal sealed class GradusModelNames
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    /// <exception cref="ArgumentException">There is one of this name.</exception>
    public void Add(string name)
    {
        if (_all.Contains(name)) throw new ArgumentException($"There is a model '{name}' already.", nameof(name));
        _all.Add(name);
    }

    /// <summary>The name of the only model.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public string Single() => _all.Count == 1 ? _all[0] : throw new InvalidOperationException(
        $"There are {_all.Count} models: {string.Join(", ", _all)}. Ask for one by its name: [FromKeyedServices(\"{_all[0]}\")] GradusModel.");
}
