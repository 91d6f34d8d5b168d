namespace Gradus.Nn;

public abstract partial class Module
{
    /// <summary>Parameters and buffers by name, as they are saved. The tensors share memory with the module.</summary>
    public IReadOnlyDictionary<string, Tensor> State()
    {
        var state = new OrderedDictionary<string, Tensor>();
        foreach (var (name, parameter) in NamedParameters()) state.Add(name, parameter.Value.Detach());
        foreach (var (name, buffer) in NamedBuffers()) state.TryAdd(name, buffer.Value);
        return state;
    }

    /// <summary>Every buffer, with its path.</summary>
    public IEnumerable<(string Name, Buffer Buffer)> NamedBuffers() => Walk("").SelectMany(static place => place.Module._buffers.Select(own => (place.Prefix + own.Name, own.Buffer)));

    /// <summary>Copies values in by name. Nothing is changed unless all of them fit. A size that was left out is taken from the values.</summary>
    /// <exception cref="GradusException">A name is missing, unknown, or of another shape; all such names are listed, with names that may have been meant.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        var report = Compare(state, null);
        if (!report.IsComplete) throw new GradusException($"state: it does not fit {GetType().Name}: {report}.");
        Take(state, report, null);
    }

    /// <summary>Copies in what fits, and tells what did not: for a part of a network, or weights of another one.</summary>
    /// <param name="state">The values by name.</param>
    /// <param name="renames">Names of the state and the module's names for them, where they differ; <see cref="LoadReport.SuggestedRenames"/> has candidates.</param>
    public LoadReport LoadPartialState(IReadOnlyDictionary<string, Tensor> state, IReadOnlyDictionary<string, string>? renames = null)
    {
        var report = Compare(state, renames);
        Take(state, report, renames);
        return report;
    }

    private LoadReport Compare(IReadOnlyDictionary<string, Tensor> state, IReadOnlyDictionary<string, string>? renames)
    {
        ArgumentNullException.ThrowIfNull(state);
        var shapes = new OrderedDictionary<string, PendingShape>();
        foreach (var (name, parameter) in NamedParameters()) shapes.Add(name, parameter.Sizes);
        foreach (var (name, buffer) in NamedBuffers()) shapes.TryAdd(name, buffer.Sizes);
        return LoadReport.Of(shapes, state.ToDictionary(entry => Renamed(entry.Key, renames), static entry => entry.Value.Shape));
    }

    private void Take(IReadOnlyDictionary<string, Tensor> state, LoadReport report, IReadOnlyDictionary<string, string>? renames)
    {
        var loaded = report.Loaded.ToHashSet();
        var values = state.ToDictionary(entry => Renamed(entry.Key, renames), static entry => entry.Value);
        foreach (var (name, parameter) in NamedParameters().Where(named => loaded.Contains(named.Name))) parameter.Load(values[name]);
        foreach (var (name, buffer) in NamedBuffers().Where(named => loaded.Contains(named.Name))) buffer.Load(values[name]);
    }

    private static string Renamed(string name, IReadOnlyDictionary<string, string>? renames) => renames?.GetValueOrDefault(name) ?? name;
}
