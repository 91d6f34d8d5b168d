namespace Gradus.Nn;

public abstract partial class Module
{
    /// <summary>Parameters and buffers by name, as they are saved. The tensors share memory with the module.</summary>
    /// <param name="everyName">Whether a parameter that is used in several places stands under each of its names, as PyTorch has it. Default: false.</param>
    public IReadOnlyDictionary<string, Tensor> State(bool everyName = false)
    {
        var state = new OrderedDictionary<string, Tensor>();
        foreach (var (name, parameter) in NamedParameters()) state.Add(name, parameter.Value.Detach());
        foreach (var (name, buffer) in NamedBuffers()) state.TryAdd(name, buffer.Value);
        foreach (var (name, first) in everyName ? FirstNames() : []) state.TryAdd(name, state[first]);
        return state;
    }

    /// <summary>The state as it will be when no parameter is computed from others any more: each under its own name, with the values that it has now.</summary>
    internal OrderedDictionary<string, Tensor> MergedState()
    {
        var state = new OrderedDictionary<string, Tensor>(State());
        foreach (var (prefix, module) in Walk(""))
        {
            // The last first: it may compute what an earlier one has put in its parameter's place.
            foreach (var parametrization in module._parametrizations?.AsEnumerable().Reverse() ?? [])
            {
                foreach (var (name, _) in parametrization.Parameters) state.Remove(prefix + name);
                foreach (var (name, _) in parametrization.Buffers) state.Remove(prefix + name);
                state[prefix + parametrization.Name] = parametrization.Target.Value.Detach();
            }
        }

        return state;
    }

    /// <summary>Every buffer once, with its path. A buffer used in two places has the name of the first.</summary>
    public IEnumerable<(string Name, ModuleBuffer Buffer)> NamedBuffers()
    {
        var seen = new HashSet<ModuleBuffer>(ReferenceEqualityComparer.Instance);
        return Walk("").SelectMany(static place => place.Module._buffers.Select(own => (place.Prefix + own.Name, own.Buffer)))
            .Where(named => seen.Add(named.Buffer));
    }

    /// <summary>Copies values in by name. Nothing is changed unless all of them fit. A size that was left out is taken from the values.</summary>
    /// <remarks>
    /// A parameter that is used in several places may stand under any of its names, or under several with equal values.
    /// What <see cref="RandomState"/> gave is passed over.
    /// </remarks>
    /// <exception cref="GradusException">
    /// A name is missing, unknown, or of another shape; all such names are listed, with names that may have been meant.
    /// </exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        var translated = Translate(state, null);
        var report = Compare(translated, Shapes());
        if (!report.IsComplete) throw new GradusException($"state: it does not fit {GetType().Name}: {report}.");
        Take(translated, report);
    }

    /// <summary>Copies in what fits, and tells what did not: for a part of a network, or weights of another one.</summary>
    /// <param name="state">The values by name.</param>
    /// <param name="renames">
    /// Names of the state and the module's names for them, where they differ; <see cref="LoadReport.SuggestedRenames"/> has candidates.
    /// </param>
    public LoadReport LoadPartialState(IReadOnlyDictionary<string, Tensor> state, IReadOnlyDictionary<string, string>? renames = null)
    {
        var translated = Translate(state, renames);
        var report = Compare(translated, Shapes());
        Take(translated, report);
        return report;
    }

    /// <summary>All names that a state may have: those of <see cref="State"/>, and the others of what is used in several places.</summary>
    internal IEnumerable<string> StateNames() => Shapes().Keys.Concat(FirstNames().Keys);

    private static LoadReport Compare(IReadOnlyDictionary<string, Tensor> state, OrderedDictionary<string, PendingShape> shapes) =>
        LoadReport.Of(shapes, state.ToDictionary(static entry => entry.Key, static entry => entry.Value.Shape));

    /// <summary>The names and shapes of what is saved, each parameter under its first name.</summary>
    private OrderedDictionary<string, PendingShape> Shapes()
    {
        var shapes = new OrderedDictionary<string, PendingShape>();
        foreach (var (name, parameter) in NamedParameters()) shapes.Add(name, parameter.Sizes);
        foreach (var (name, buffer) in NamedBuffers()) shapes.TryAdd(name, buffer.Sizes);
        return shapes;
    }

    private void Take(IReadOnlyDictionary<string, Tensor> state, LoadReport report)
    {
        var loaded = report.Loaded.ToHashSet();
        foreach (var (name, parameter) in NamedParameters().Where(named => loaded.Contains(named.Name))) parameter.Load(state[name]);
        foreach (var (name, buffer) in NamedBuffers().Where(named => loaded.Contains(named.Name))) buffer.Load(state[name]);
    }

    /// <summary>A state under this module's names: renamed as asked for, and what a tied parameter is called elsewhere under its first name.</summary>
    private Dictionary<string, Tensor> Translate(IReadOnlyDictionary<string, Tensor> state, IReadOnlyDictionary<string, string>? renames)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var rename in renames?.Keys ?? [])
        {
            if (!state.ContainsKey(rename))
            {
                throw new GradusException($"state: there is no {PlainText.Quote(rename)} to rename; there are {PlainText.QuoteAll(state.Keys, 8)}.");
            }
        }

        var firstNames = FirstNames();
        var translated = new Dictionary<string, Tensor>();
        foreach (var (given, tensor) in state)
        {
            if (IsOfStreams(given)) continue;
            var renamed = renames?.GetValueOrDefault(given) ?? given;
            var name = firstNames.GetValueOrDefault(renamed) ?? renamed;
            if (translated.TryAdd(name, tensor) || Agree(translated[name], tensor)) continue;
            throw new GradusException(name == renamed && !state.Keys.Any(other => firstNames.GetValueOrDefault(other) == name)
                ? $"state: two of its names stand for {PlainText.Quote(name)}. Rename one of them to another."
                : $"state: {PlainText.Quote(given)} and another name of it stand for {PlainText.Quote(name)}, which is one tensor here, " +
                  "but their values differ. Leave one of them out.");
        }

        return translated;
    }

    /// <summary>The first name of each parameter and buffer that has more than one, by each of the others.</summary>
    private Dictionary<string, string> FirstNames()
    {
        var firsts = new Dictionary<object, string>(ReferenceEqualityComparer.Instance);
        var others = new Dictionary<string, string>();
        foreach (var (prefix, module) in Walk(""))
        {
            foreach (var (name, item) in module._parameters.Select(static entry => (entry.Name, (object)entry.Parameter))
                .Concat(module._buffers.Select(static entry => (entry.Name, (object)entry.Buffer))))
            {
                if (!firsts.TryAdd(item, prefix + name)) others.TryAdd(prefix + name, firsts[item]);
            }
        }

        return others;
    }

    /// <summary>Whether two tensors are the same, NaN being the same as NaN.</summary>
    private static bool Agree(Tensor x, Tensor y)
    {
        using var noGrad = GradMode.Disable();
        using var scope = new TensorScope();
        return x.Shape == y.Shape && x.DType == y.DType && (x.Equal(y) | (x.NotEqual(x) & y.NotEqual(y))).All().Item<bool>();
    }
}
