namespace Gradus.Nn;

public abstract partial class Module
{
    // With hyphens, which no property's name has.
    private const string SeedName = "random-seed", StreamName = "random-stream", PositionName = "random-position";

    /// <summary>
    /// Where the network's random streams stand, such as dropout's:
    /// with <see cref="State"/> and the optimizer's state, all that a loop of one's own needs to go on with the same bits.
    /// </summary>
    /// <remarks>
    /// The names are <c>random-seed</c>, <c>random-stream</c> and, for each module that has drawn,
    /// <c>random-position</c> and its path; no property has such a name, so one file can hold both states.
    /// <code>
    /// var saved = model.State().Concat(model.RandomState()).ToDictionary();
    /// model.LoadState(saved);
    /// model.LoadRandomState(saved);
    /// </code>
    /// </remarks>
    /// <exception cref="GradusException">The module is part of another: only the outermost has streams.</exception>
    public IReadOnlyDictionary<string, Tensor> RandomState()
    {
        RequireOutermost();
        EnsureInitialized();
        using var scope = TensorScope.Suspend();
        var state = new OrderedDictionary<string, Tensor>
        {
            [SeedName] = Tensor.Scalar(_generator!.Seed),
            [StreamName] = Tensor.From(_generator.Name.Select(static letter => (int)letter).ToArray(), [_generator.Name.Length]),
        };
        foreach (var (name, module) in NamedModules())
        {
            if (module._generator is { } stream) state.TryAdd(PositionOf(name), Tensor.Scalar(stream.Position));
        }

        return state;
    }

    /// <summary>Takes up what <see cref="RandomState"/> gave. Streams that it does not tell of begin anew. Nothing is changed unless all of it fits.</summary>
    /// <exception cref="GradusException">A name is missing, or names no module, or a value cannot be; or the module is part of another.</exception>
    public void LoadRandomState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        RequireOutermost();
        var faults = new List<string>();
        var numbers = new SavedNumbers(state, faults);
        if (!state.TryGetValue(SeedName, out var seed) || seed.Count != 1 || seed.DType != DType.Int64)
        {
            faults.Add($"{SeedName} is {seed?.Describe() ?? "missing"}, expected a single i64 number");
        }

        if (!state.TryGetValue(StreamName, out var letters) || letters.Rank != 1 || letters.DType != DType.Int32)
        {
            faults.Add($"{StreamName} is {letters?.Describe() ?? "missing"}, expected i32 numbers");
        }

        int[] codes = letters is { Rank: 1, DType: DType.Int32 } ? letters.ToArray<int>() : [];
        foreach (var code in codes.Where(static code => code is < 0 or > char.MaxValue).Take(1))
        {
            faults.Add(FormattableString.Invariant($"{StreamName} holds {code}, expected numbers of characters, 0 … {(int)char.MaxValue}"));
        }

        var modules = new Dictionary<string, Module>();
        foreach (var (name, module) in NamedModules()) modules.TryAdd(PositionOf(name), module);
        var positions = new List<(Module Module, long Position)>();
        foreach (var name in state.Keys.Where(static name => name == PositionName || name.StartsWith(PositionName + ".", StringComparison.Ordinal)))
        {
            var position = numbers.Whole(name);
            if (modules.TryGetValue(name, out var module)) positions.Add((module, position));
            else faults.Add($"{PlainText.Quote(name)} names no module");
        }

        if (faults.Count > 0)
        {
            var more = faults.Count > 8 ? $"; and {faults.Count - 8} more" : "";
            throw new GradusException($"random state: it does not fit {GetType().Name}: {string.Join("; ", faults.Take(8))}{more}.");
        }

        // What has no values yet would otherwise be drawn from the streams of another network.
        EnsureInitialized();
        _generator = new Generator(seed!.Item<long>(), string.Concat(codes.Select(static code => (char)code)));
        foreach (var (_, module) in NamedModules().Skip(1)) module._generator = null;
        foreach (var (module, position) in positions) module.Random.Position = position;
    }

    /// <summary>Brings the random stream of this module alone to a place.</summary>
    /// <returns>Where it was.</returns>
    internal long PlaceStream(long position)
    {
        var stream = Random;
        var before = stream.Position;
        stream.Position = position;
        return before;
    }

    /// <summary>Whether a name in a state is one of the random streams'.</summary>
    private static bool IsOfStreams(string name) =>
        name is SeedName or StreamName or PositionName || name.StartsWith(PositionName + ".", StringComparison.Ordinal);

    private static string PositionOf(string path) => path.Length == 0 ? PositionName : $"{PositionName}.{path}";

    private void RequireOutermost()
    {
        if (Parent is not null)
        {
            throw new GradusException(
                $"random state: {GetType().Name} is part of {Root.GetType().Name}. Ask that one: a network's streams follow from one seed.");
        }
    }
}
