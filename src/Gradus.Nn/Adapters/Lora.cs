namespace Gradus.Nn;

/// <summary>
/// Low-rank adaptation: to the weights of a trained network, which stay as they are, changes of few numbers are learnt: W′ = W + α / r · B·A with W [out, in],
/// B [out, r] and A [r, in]. Hu et al., "LoRA: low-rank adaptation of large language models", 2021, arXiv 2106.09685.
/// </summary>
/// <remarks>
/// <code>
/// var lora = Lora.Attach(model, new() { Rank = 8 });
/// // … train model.Parameters() …
/// lora.Merge();
/// </code>
/// Any weight of two axes or more can be adapted: of a linear layer, a convolution, also a grouped one, whose filters are the rows of a matrix, attention, a
/// recurrent layer, or an embedding. A begins uniform in ±1/√(its columns), as the authors' program has it, and B as zeros, so that the network's
/// function is unchanged at first. The state has <c>weight_base</c>, <c>weight_lora_a</c> and <c>weight_lora_b</c>, of DoRA also <c>weight_lora_m</c>, in place
/// of <c>weight</c>. In use the weights are still computed at each call: merge them for speed.
/// </remarks>
public sealed class Lora
{
    private readonly Module _model;
    private readonly (string Name, LowRank Adapter)[] _adapters;
    private readonly (string Name, Parameter Parameter, Tensor Before)[] _also;
    private readonly (string Name, ModuleBuffer Buffer, Tensor Before)[] _buffers;
    private readonly (Parameter Parameter, bool IsFrozen)[] _frozen;
    private bool _isAttached = true;

    private Lora(Module model, LoraOptions options, LoraPlace[] weights, (string Name, Parameter Parameter)[] also)
    {
        (_model, Options) = (model, options);
        using var scope = TensorScope.Suspend();
        _also = [.. also.Select(static named => (named.Name, named.Parameter, named.Parameter.Leaf.Detach().Clone()))];
        _buffers = [.. model.NamedBuffers().Where(static named => named.Buffer.Sizes.Known is not null)
            .Select(static named => (named.Name, named.Buffer, named.Buffer.Value.Clone()))];
        _frozen = [.. model.Parameters().Select(static parameter => (parameter, parameter.IsFrozen))];
        _adapters = [.. weights.Select(weight => (weight.Name, new LowRank(weight.Module, weight.Own, options)))];
        foreach (var (_, adapter) in _adapters) adapter.Apply();
        model.Freeze();
        foreach (var parameter in Parameters()) parameter.IsFrozen = false;
    }

    /// <summary>How it was attached.</summary>
    public LoraOptions Options { get; }

    /// <summary>The names of the weights that are adapted, as they were before.</summary>
    public IReadOnlyList<string> Weights => [.. _adapters.Select(static adapter => adapter.Name)];

    /// <summary>Freezes a network and gives its weights adapters to be trained.</summary>
    /// <param name="model">The network, whose sizes are all known.</param>
    /// <param name="options">Rank, scale, and which weights.</param>
    /// <exception cref="GradusException">
    /// It has adapters already; the rank is not positive, or greater than a weight's sizes; a name is that of nothing that can be adapted. Nothing has changed.
    /// </exception>
    public static Lora Attach(Module model, LoraOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        Expect.Positive("lora", "Rank", options.Rank);
        if (!(options.Scale > 0 && double.IsFinite(options.Scale)))
        {
            throw new GradusException(FormattableString.Invariant($"lora: Alpha is {options.Alpha}, expected a finite number above 0."));
        }

        var places = new LoraPlaces(model);
        var weights = places.Of(options);
        return new Lora(model, options, weights, places.AlsoTrained(options.AlsoTrain, weights));
    }

    /// <summary>What is trained: A and B of each weight, its magnitudes, and what is trained beside.</summary>
    public IEnumerable<Parameter> Parameters() => Named().Select(static named => named.Parameter);

    /// <summary>What makes the adapted network of its base: the parameters that are trained, and the buffers that have changed since, by name.</summary>
    /// <exception cref="GradusException">
    /// The adapters are merged or detached already, or another parameter was unfrozen since: what it has learnt would be missing.
    /// </exception>
    public IReadOnlyDictionary<string, Tensor> State()
    {
        RequireAttached();
        RequireNothingElse();
        var state = new OrderedDictionary<string, Tensor>();
        foreach (var (name, parameter) in Named()) state.Add(name, parameter.Value.Detach());
        foreach (var (name, buffer, before) in _buffers)
        {
            if (!HasSameBits(buffer.Value, before)) state.TryAdd(name, buffer.Value);
        }

        return state;
    }

    /// <summary>Copies in what <see cref="State"/> gave. Nothing is changed unless all of it fits.</summary>
    /// <exception cref="GradusException">A name is missing, unknown, or of another shape; all such names are listed.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        RequireAttached();
        var buffers = _buffers.Where(named => state.ContainsKey(named.Name)).ToArray();
        var shapes = Named().ToDictionary(static named => named.Name, static named => named.Parameter.Sizes);
        foreach (var (name, buffer, _) in buffers) shapes[name] = buffer.Sizes;
        var report = LoadReport.Of(shapes, state.ToDictionary(static entry => entry.Key, static entry => entry.Value.Shape));
        if (!report.IsComplete) throw new GradusException($"lora: the adapters do not fit {_model.GetType().Name}: {report}.");
        foreach (var (name, parameter) in Named()) parameter.Load(state[name]);
        foreach (var (name, buffer, _) in buffers) buffer.Load(state[name]);
    }

    /// <summary>Makes the adapted weights the network's own, bit for bit, and trainable as before. The network needs nothing of this class then.</summary>
    /// <exception cref="GradusException">They are merged or detached already.</exception>
    public void Merge()
    {
        RequireAttached();
        foreach (var (_, adapter) in _adapters) adapter.Remove();
        End();
    }

    /// <summary>Takes the adapters off: weights, buffers and what was trained beside are, bit for bit, what they were before.</summary>
    /// <exception cref="GradusException">They are merged or detached already.</exception>
    public void Detach()
    {
        RequireAttached();
        foreach (var (_, adapter) in _adapters) adapter.RemoveBare();
        foreach (var (_, parameter, before) in _also) parameter.Load(before);
        foreach (var (_, buffer, before) in _buffers) buffer.Load(before);
        End();
    }

    /// <summary>Written as one would type it.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{(Options.Dora ? "DoRA" : "LoRA")}(rank {Options.Rank}, {_adapters.Length} weights of {_model.GetType().Name})");

    private void End()
    {
        foreach (var (parameter, isFrozen) in _frozen) parameter.IsFrozen = isFrozen;
        _isAttached = false;
    }

    private IEnumerable<(string Name, Parameter Parameter)> Named()
    {
        foreach (var (name, adapter) in _adapters)
        {
            var prefix = name[..^adapter.Name.Length];
            foreach (var (own, parameter) in adapter.Trained) yield return (prefix + own, parameter);
        }

        foreach (var (name, parameter, _) in _also) yield return (name, parameter);
    }

    private void RequireAttached()
    {
        if (!_isAttached) throw new GradusException($"{this}: the adapters are merged or detached already. Attach others.");
    }

    private void RequireNothingElse()
    {
        var own = Parameters().ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        if (_model.NamedParameters().FirstOrDefault(named => !named.Parameter.IsFrozen && !own.Contains(named.Parameter)).Name is not { } other) return;
        throw new GradusException($"lora: {PlainText.Quote(other)} was unfrozen and is no part of the adapters' state. Name it in AlsoTrain.");
    }

    private static bool HasSameBits(Tensor x, Tensor y)
    {
        using var noGrad = GradMode.Disable();
        using var scope = new TensorScope();
        return x.Shape == y.Shape && (x.Equal(y) | (x.NotEqual(x) & y.NotEqual(y))).All().Item<bool>();
    }
}
