namespace Gradus.Nn;

public abstract partial class Optimizer
{
    private const string StepName = "step", ProductName = "product", StepCountName = "step_count", LearningRateName = "learning_rate";

    /// <summary>All that the optimizer remembers, by the parameters' names (<c>0.weight.exp_avg</c>), so that a run can be broken off and taken up.</summary>
    /// <remarks>The states' names are PyTorch's. The tensors share memory with the optimizer: save them, or clone them, before the next step.</remarks>
    public IReadOnlyDictionary<string, Tensor> State()
    {
        var saved = new OrderedDictionary<string, Tensor> { [StepCountName] = Tensor.Scalar(StepCount), [LearningRateName] = Tensor.Scalar(LearningRate) };
        foreach (var state in _states.Where(static state => state.Step > 0))
        {
            saved.Add($"{state.Name}.{StepName}", Tensor.Scalar(state.Step));
            if (state.Product != 1) saved.Add($"{state.Name}.{ProductName}", Tensor.Scalar(state.Product));
            foreach (var (name, tensor) in Names.Zip(state.Tensors)) saved.Add($"{state.Name}.{name}", tensor);
        }

        SaveMore(saved);
        return saved;
    }

    /// <summary>Takes up what <see cref="State"/> gave. The values are copied; nothing is changed unless all of them fit.</summary>
    /// <exception cref="GradusException">A name is missing, unknown, or of another shape, or a number cannot be; all such names are listed.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        using var scope = TensorScope.Suspend();
        var known = new HashSet<string> { StepCountName, LearningRateName };
        var faults = new List<string>();
        var numbers = new SavedNumbers(saved, faults);
        var stepCount = numbers.Whole(StepCountName);
        var learningRate = numbers.Real(LearningRateName, static value => value >= 0 && double.IsFinite(value), "a finite number of at least 0");
        var loads = _states.Select(state => Read(state, saved, known, faults)).ToArray();
        var more = LoadMore(saved, known, faults);
        faults.AddRange(saved.Keys.Where(name => !known.Contains(name)).Select(static name => $"{PlainText.Quote(name)} is unknown"));
        if (faults.Count > 0)
        {
            throw new GradusException(
                $"state: it does not fit {GetType().Name}: {string.Join("; ", faults.Take(8))}{(faults.Count > 8 ? $"; and {faults.Count - 8} more" : "")}.");
        }

        (StepCount, LearningRate) = (stepCount, learningRate);
        foreach (var load in loads) load();
        more();
    }

    /// <summary>Adds what is kept besides the states of the parameters.</summary>
    private protected virtual void SaveMore(IDictionary<string, Tensor> saved)
    {
    }

    /// <summary>Checks what was saved besides the states of the parameters, and gives the action that takes it up.</summary>
    private protected virtual Action LoadMore(IReadOnlyDictionary<string, Tensor> saved, ISet<string> known, IList<string> faults) => static () => { };

    private Action Read(ParameterState state, IReadOnlyDictionary<string, Tensor> saved, HashSet<string> known, List<string> faults)
    {
        string stepName = $"{state.Name}.{StepName}", productName = $"{state.Name}.{ProductName}";
        string[] names = [.. Names.Select(name => $"{state.Name}.{name}")];
        known.UnionWith([stepName, productName, .. names]);
        // A parameter that was never moved has neither step nor states.
        if (!saved.ContainsKey(stepName) && !names.Append(productName).Any(saved.ContainsKey))
        {
            return () => (state.Step, state.Product, state.Tensors) = (0, 1, []);
        }

        var numbers = new SavedNumbers(saved, faults);
        var step = numbers.Whole(stepName, least: 1);
        var product = saved.ContainsKey(productName) ? numbers.Real(productName, static value => value is > 0 and <= 1, "in (0, 1]") : 1;
        if (!state.Parameter.IsKnown)
        {
            faults.Add($"{PlainText.Quote(state.Name)}'s shape is not known before the network's first input");
            return static () => { };
        }

        var likes = FirstStates(state);
        foreach (var (name, like) in names.Zip(likes))
        {
            if (!saved.TryGetValue(name, out var tensor)) faults.Add($"{PlainText.Quote(name)} is missing");
            else if (tensor.Shape != like.Shape || !tensor.DType.IsFloat)
            {
                faults.Add($"{PlainText.Quote(name)} is {tensor.Describe()}, expected {like.Describe()}");
            }
        }

        return () =>
        {
            (state.Step, state.Product) = (step, product);
            state.Tensors = [.. likes.Zip(names, (like, name) => like.CopyFrom(saved[name]))];
        };
    }
}
