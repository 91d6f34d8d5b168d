namespace Gradus.Nn;

public abstract partial class Optimizer
{
    /// <summary>The names of the states, each held to be one.</summary>
    internal string[] Names => field ??= RequireNames([.. StateNames]);

    /// <summary>
    /// The names of the states that are kept of each parameter between steps, such as a momentum; those of the library are PyTorch's. Default none.
    /// It is read once, at the first step or when a state is saved or loaded.
    /// </summary>
    protected virtual IReadOnlyList<string> StateNames => [];

    /// <summary>The update of one parameter, as Tensor arithmetic.</summary>
    /// <param name="parameter">Its values before the step, of no graph.</param>
    /// <param name="gradient">Its gradient, of the same shape and element type.</param>
    /// <param name="state">Its learning rate, weight decay and number of steps, and its states, which are replaced by assigning to them.</param>
    /// <returns>The values after the step, of the parameter's shape.</returns>
    /// <remarks>
    /// Nothing is recorded, and what is computed on the way is freed at once: what is to last until the next step is a state. The weight decay is for the
    /// update to apply, to the gradient (g + λp) or to the parameter (p·(1 − ηλ)).
    /// </remarks>
    protected abstract Tensor Update(Tensor parameter, Tensor gradient, ParameterState state);

    /// <summary>Moves one parameter by a fused kernel; where there is none, by <see cref="Update"/>, which is the kernel's specification.</summary>
    private protected virtual void UpdateFused(ParameterState state, Tensor gradient) => UpdateByArithmetic(state, gradient);

    /// <summary>The first values of a state; they give its shape. Default: zeros like the parameter.</summary>
    /// <param name="name">One of <see cref="StateNames"/>.</param>
    /// <param name="parameter">The parameter's values, of no graph.</param>
    protected virtual Tensor FirstState(string name, Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Tensor.Zeros(parameter.Shape, parameter.DType);
    }

    private void Begin(ParameterState state)
    {
        using var scope = TensorScope.Suspend();
        using var mode = GradMode.Disable();
        state.Tensors = FirstStates(state);
    }

    /// <summary>Moves one parameter by <see cref="Update"/>: it and its states change together, or, where it fails, not at all.</summary>
    private void UpdateByArithmetic(ParameterState state, Tensor gradient)
    {
        using var mode = GradMode.Disable();
        using var scope = new TensorScope();
        var kept = state.Tensors;
        try
        {
            state.Tensors = [.. kept];
            Write(state, kept, Update(state.Parameter.Leaf.Detach(), gradient, state));
        }
        catch
        {
            state.Step--;
            throw;
        }
        finally
        {
            state.Tensors = kept;
        }
    }

    private void Write(ParameterState state, Tensor[] kept, Tensor? values)
    {
        var parameter = state.Parameter.Leaf;
        if (values is null || values.Shape != parameter.Shape || !values.DType.IsFloat)
        {
            throw new GradusException(
                $"{GetType().Name}: Update gave {values?.Describe() ?? "null"} for {PlainText.Quote(state.Name)}, expected {parameter.Describe()}. " +
                "Return the parameter's new values.");
        }

        // They are written one after the other: what lies in the memory of another, as a state that takes over an older one, is copied out first.
        Tensor[] owners = [parameter, .. kept];
        Tensor Apart(Tensor value, Tensor owner) =>
            !ReferenceEquals(value, owner) && Array.Exists(owners, other => SharesMemory(value, other)) ? value.Clone() : value;
        var next = Apart(values, parameter);
        Tensor[] states = [.. state.Tensors.Zip(kept, Apart)];
        parameter.CopyFrom(next);
        for (var index = 0; index < kept.Length; index++)
        {
            if (!ReferenceEquals(kept[index], states[index])) kept[index].CopyFrom(states[index]);
        }
    }

    private static bool SharesMemory(Tensor x, Tensor y) => ReferenceEquals(x.Storage, y.Storage);

    private string[] RequireNames(string[] names)
    {
        for (var index = 0; index < names.Length; index++)
        {
            var name = names[index];
            var fault = string.IsNullOrWhiteSpace(name) ? "a name is empty"
                : name.Contains('.') ? $"{PlainText.Quote(name)} has a dot, which stands between a parameter's name and its state's"
                : name is StepName or ProductName ? $"{PlainText.Quote(name)} is the optimizer's own; take another name"
                : names.AsSpan(0, index).Contains(name) ? $"{PlainText.Quote(name)} is there twice"
                : null;
            if (fault is not null) throw new GradusException($"{GetType().Name}: StateNames are wrong: {fault}.");
        }

        return names;
    }

    /// <summary>The first values of a parameter's states, in memory of their own.</summary>
    private Tensor[] FirstStates(ParameterState state)
    {
        var parameter = state.Parameter.Leaf.Detach();
        return Array.ConvertAll(Names, name =>
        {
            var first = FirstState(name, parameter);
            if (first is not { DType.IsFloat: true })
            {
                throw new GradusException(
                    $"{GetType().Name}: FirstState gave {first?.Describe() ?? "null"} for {PlainText.Quote(name)}, expected a tensor of floating point.");
            }

            return first.IsContiguous && !SharesMemory(first, parameter) ? first : first.Clone();
        });
    }
}
