namespace Gradus.Nn;

/// <summary>What one does with whole modules.</summary>
public static class ModuleExtensions
{
    /// <summary>Another module with parameters, buffers, element types, modes and frozen parameters equal to this one's, and memory of its own.</summary>
    /// <param name="module">The module.</param>
    /// <param name="make">Makes one of the same structure, as this one was made.</param>
    /// <remarks>A module holds its parts in properties of its own, which only its constructor can set without reflection.</remarks>
    /// <exception cref="GradusException">The structure differs.</exception>
    public static T Clone<T>(this T module, Func<T> make) where T : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(make);
        var clone = make();
        if (module.Parameters().FirstOrDefault()?.Value.DType is { } dtype) clone.To(dtype);
        clone.LoadState(module.State());
        foreach (var ((_, from), (_, to)) in module.NamedModules().Zip(clone.NamedModules())) to.TrainAlone(from.IsTraining);
        foreach (var (from, to) in module.Parameters().Zip(clone.Parameters())) to.IsFrozen = from.IsFrozen;
        return clone;
    }

    /// <summary>Freezes all parameters whose names match: backward passes compute no gradient of them, and optimizers pass them over.</summary>
    /// <param name="module">The module.</param>
    /// <param name="pattern">A parameter's or a part's name, such as <c>encoder</c>; * stands for anything: <c>*.bias</c>. Default: all.</param>
    /// <returns>How many parameters matched.</returns>
    /// <exception cref="GradusException">None matches.</exception>
    public static int Freeze(this Module module, string pattern = "*") => SetFrozen(module, pattern, true);

    /// <summary>Has the parameters whose names match trained again.</summary>
    /// <inheritdoc cref="Freeze"/>
    public static int Unfreeze(this Module module, string pattern = "*") => SetFrozen(module, pattern, false);

    /// <summary>All parameters one after the other, [number of parameters], with their gradients' graph.</summary>
    public static Tensor ParametersToVector(this Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Tensor.Concat([.. module.Parameters().Select(static parameter => parameter.Value.Flatten())]);
    }

    /// <summary>Copies a vector back into the parameters: the inverse of <see cref="ParametersToVector"/>.</summary>
    /// <exception cref="GradusException">The vector does not have as many numbers as there are parameters.</exception>
    public static void VectorToParameters(this Module module, Tensor vector)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(vector);
        Parameter[] parameters = [.. module.Parameters()];
        var count = parameters.Sum(static parameter => parameter.Shape.ElementCount);
        if (vector.Rank != 1 || vector.Count != count) throw new GradusException($"vectorToParameters: expected [{count}], got {vector.Describe()}.");
        using var noGrad = new NoGrad();
        var from = 0;
        foreach (var parameter in parameters)
        {
            var length = (int)parameter.Shape.ElementCount;
            parameter.Value.CopyFrom(vector.Slice(0, from, length).Reshape(parameter.Shape));
            from += length;
        }
    }

    /// <summary>
    /// Evaluates a module with other tensors in place of some of its parameters; gradients flow into these. The parameters stay as they are, and other
    /// threads see nothing of it.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="parameters">The tensors by the parameters' names.</param>
    /// <param name="input">The module's input.</param>
    /// <exception cref="GradusException">There is no parameter of a name, or its shape is another.</exception>
    public static TOut FunctionalCall<TIn, TOut>(this Module<TIn, TOut> module, IReadOnlyDictionary<string, Tensor> parameters, TIn input)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(parameters);
        var own = module.NamedParameters().ToDictionary(static named => named.Name, static named => named.Parameter);
        var replaced = new Dictionary<object, Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var (name, value) in parameters)
        {
            if (!own.TryGetValue(name, out var parameter))
            {
                throw new GradusException($"functionalCall: {module.GetType().Name} has no parameter {PlainText.Quote(name)}.");
            }

            if (parameter.Shape != value.Shape)
            {
                throw new GradusException($"functionalCall: {PlainText.Quote(name)}: expected {parameter.Shape}, got {value.Describe()}.");
            }

            replaced.Add(parameter, value);
        }

        var before = Substitutes.Exchange(replaced);
        try
        {
            // One call inside another: what the outer one replaced stays so.
            foreach (var (parameter, value) in before ?? []) replaced.TryAdd(parameter, value);
            return module.Forward(input);
        }
        finally
        {
            Substitutes.Exchange(before);
        }
    }

    /// <summary>What a module consists of and what one call of it takes: layers, shapes, parameters, multiply-adds, memory.</summary>
    /// <param name="module">The module. It is called once, as in use.</param>
    /// <param name="input">An input.</param>
    public static ModuleSummary Summary<TIn, TOut>(this Module<TIn, TOut> module, TIn input)
    {
        ArgumentNullException.ThrowIfNull(module);
        return SummaryRecorder.Record(module, input);
    }

    private static int SetFrozen(Module module, string pattern, bool isFrozen)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(pattern);
        NamePattern.Require("freeze", pattern, module.NamedParameters().Select(static named => named.Name));
        Parameter[] matching = [.. module.NamedParameters().Where(named => NamePattern.Matches(pattern, named.Name)).Select(static named => named.Parameter)];
        foreach (var parameter in matching) parameter.IsFrozen = isFrozen;
        return matching.Length;
    }
}
