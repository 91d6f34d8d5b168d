namespace Gradus.Nn;

/// <summary>
/// From the names of a state to those of a module: what another program calls otherwise, keeps transposed, or keeps besides the weights. The rules apply to
/// each tensor one after the other, in the order in which they were added; each returns a new mapping.
/// </summary>
/// <remarks>
/// A pattern is a name, which stands for all below it too, or has * for anything: <c>encoder</c>, <c>layers.*.weight</c>. What is loaded is
/// <c>module.LoadState(mapping.Apply(state))</c>; <see cref="Module.LoadPartialState"/> tells in a <see cref="LoadReport"/> what does not fit yet.
/// </remarks>
public sealed class StateMapping
{
    // What PyTorch counts in a batch norm, and nothing is computed from.
    private const string Counters = "*num_batches_tracked";

    private readonly IReadOnlyList<StateRule> _rules;

    private StateMapping(IReadOnlyList<StateRule> rules) => _rules = rules;

    /// <summary>The mapping without rules.</summary>
    public static StateMapping None { get; } = new([]);

    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => _rules.Count == 0;

    /// <summary>
    /// Finds what stands before the names of a module in a state, such as <c>state_dict/module.</c>: the beginning under which most of the module's names are,
    /// the shortest of several. What stands in other parts of a checkpoint is left out, and so are PyTorch's counters of batches.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="names">The names of the state.</param>
    public static StateMapping Find(Module module, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(names);
        string[] own = [.. module.StateNames()], given = [.. names];
        var mapping = None;
        if (StatePrefix.Find(given, own) is { } prefix)
        {
            var slash = prefix.LastIndexOf('/');
            if (slash >= 0) mapping = mapping.Under(prefix[..slash]);
            if (slash + 1 < prefix.Length) mapping = mapping.Rename(prefix[(slash + 1)..^1], "");
        }
        else if (StatePrefix.Find(own, given) is { } missing)
        {
            mapping = mapping.Prepend(missing);
        }

        return given.Any(IsCounter) && !own.Any(IsCounter) ? mapping.LeaveOut(Counters) : mapping;
    }

    /// <summary>Whether a name is that of PyTorch's count of the batches that a batch norm has seen.</summary>
    internal static bool IsCounter(string name) => NamePattern.Matches(Counters, name);

    /// <summary>Keeps the tensors whose names begin with a path and a /, which are taken off: <c>state_dict</c> of a checkpoint.</summary>
    public StateMapping Under(string path) => With(new StateRule(StateRuleKind.Under, path));

    /// <summary>
    /// Calls tensors otherwise: <c>Rename("h.*.ln_1.*", "blocks.*.norm1.*")</c>. With nothing instead a beginning is taken off: <c>Rename("module", "")</c>.
    /// </summary>
    /// <param name="pattern">The names.</param>
    /// <param name="replacement">What they are called instead; each * is what the pattern's * of its place stood for.</param>
    /// <exception cref="GradusException">The replacement has more * than the pattern.</exception>
    public StateMapping Rename(string pattern, string replacement)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(replacement);
        var (stars, wanted) = (pattern.Count('*'), replacement.Count('*'));
        if (wanted > stars)
            throw new GradusException($"mapping: {PlainText.Quote(replacement)} has {wanted} *, and {PlainText.Quote(pattern)} only {stars} to fill them.");
        return With(new StateRule(StateRuleKind.Rename, pattern, replacement));
    }

    /// <summary>Puts something before every name: <c>Prepend("encoder.")</c>.</summary>
    public StateMapping Prepend(string prefix) => With(new StateRule(StateRuleKind.Prepend, prefix));

    /// <summary>Exchanges the two axes of matrices: of Keras' and GPT-2's, which are [in, out].</summary>
    public StateMapping Transpose(string pattern) => With(new StateRule(StateRuleKind.Transpose, pattern));

    /// <summary>Leaves tensors out.</summary>
    public StateMapping LeaveOut(string pattern) => With(new StateRule(StateRuleKind.LeaveOut, pattern));

    /// <summary>A state under the names of the module. The tensors share memory with those that are given.</summary>
    /// <exception cref="GradusException">Two tensors would have one name, or one that is to be transposed is no matrix.</exception>
    public IReadOnlyDictionary<string, Tensor> Apply(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var mapped = new OrderedDictionary<string, Tensor>();
        foreach (var (given, tensor) in state)
        {
            var (name, value) = Apply(given, tensor);
            if (name is null || mapped.TryAdd(name, value)) continue;
            throw new GradusException($"mapping: two tensors are called {PlainText.Quote(name)} by it, one of them {PlainText.Quote(given)} before.");
        }

        return mapped;
    }

    /// <summary>The rules in their order: <c>under state_dict; module → nothing</c>.</summary>
    public override string ToString() => IsEmpty ? "as they are" : string.Join("; ", _rules.Select(static rule => PlainText.Quote(rule.ToString())));

    private (string? Name, Tensor Tensor) Apply(string given, Tensor tensor)
    {
        var name = given;
        foreach (var rule in _rules)
        {
            if (rule.Kind == StateRuleKind.Transpose && NamePattern.Matches(rule.Pattern, name))
            {
                if (tensor.Rank != 2) throw new GradusException($"mapping: {PlainText.Quote(given)} is to be transposed, and is {tensor.Shape}, no matrix.");
                tensor = tensor.Transpose(0, 1);
            }

            if (rule.NameOf(name) is not { } next) return (null, tensor);
            name = next;
        }

        return (name, tensor);
    }

    private StateMapping With(StateRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule.Pattern);
        return new StateMapping([.. _rules, rule]);
    }
}
