namespace Gradus.Nn;

/// <summary>What the doctor has measured, for a <see cref="Check"/> to judge.</summary>
public sealed class Evidence
{
    private Evidence(Module model, Func<Tensor> evaluate, Optimizer? optimizer, FlowRecorder recorder, LossGraph graph)
    {
        (Model, Evaluate, Optimizer, Input, Target, Graph) = (model, evaluate, optimizer, recorder.Input, recorder.Target, graph);
        (Output, Records) = (recorder.Outermost?.LastOutput, [.. recorder.Records]);
    }

    /// <summary>The network that is examined.</summary>
    public Module Model { get; }

    /// <summary>Computes the loss anew.</summary>
    internal Func<Tensor> Evaluate { get; }

    /// <summary>What makes the steps, or null.</summary>
    public Optimizer? Optimizer { get; }

    /// <summary>Mean and deviation of the network's input; null where it is no numbers.</summary>
    internal (double Mean, double Deviation)? Input { get; }

    /// <summary>Mean and deviation of what the output was compared with by distance; null where it was not.</summary>
    internal (double Mean, double Deviation)? Target { get; }

    /// <summary>Which functions stand one upon the other.</summary>
    internal LossGraph Graph { get; }

    /// <summary>How much the rows of the network's output differ, and its root mean square; null if it was no tensor with rows.</summary>
    internal (double Spread, double Size)? Output { get; }

    internal IReadOnlyList<ModuleRecord> Records { get; }

    /// <summary>The loss of the batch.</summary>
    public double Loss { get; private set; }

    /// <summary>The layers in the order in which they finished, those that were not called last: what went through each, forward and backward.</summary>
    public IReadOnlyList<LayerFlow> Layers { get; private set; } = [];

    internal IReadOnlyList<ParameterFlow> Parameters { get; private set; } = [];

    /// <summary>What has been found so far, by the library's checks and by those of the user's before.</summary>
    public IReadOnlyList<Finding> Findings => Found;

    internal List<Finding> Found { get; } = [];

    /// <summary>The layers with parameters that a gradient reached, in the order in which they finished: what gradients flow along.</summary>
    internal IReadOnlyList<LayerFlow> Trunk => [.. Layers.Where(static layer => layer is { Weight: not null, Gradient: not null })];

    internal bool Has(params ReadOnlySpan<Illness> illnesses)
    {
        foreach (var finding in Findings)
        {
            if (illnesses.Contains(finding.Illness)) return true;
        }

        return false;
    }

    internal static Evidence Gather(Module model, Func<Tensor> evaluate, Optimizer? optimizer)
    {
        using var recorder = new FlowRecorder(model);
        var loss = recorder.Watch(evaluate);
        if (loss.Count != 1) throw new GradusException($"doctor: the loss is {loss.Describe()}, expected a single number. Reduce it with Mean() or Sum().");
        var graph = LossGraph.Of(loss, recorder.OutputNode);
        (string Name, Parameter Parameter)[] parameters =
            [.. model.NamedParameters().Where(static named => named.Parameter.IsKnown && named.Parameter.Leaf.Node is { IsLeaf: true })];
        Tensor[] values = Array.ConvertAll(parameters, static named => named.Parameter.Leaf);
        var gradients = loss.Node is null || values.Length == 0 ? new Tensor?[values.Length] : Autograd.Grad([loss], values);
        var evidence = new Evidence(model, evaluate, optimizer, recorder, graph) { Loss = loss.Item() };
        evidence.Measure(parameters, gradients);
        foreach (var gradient in gradients) gradient?.Free();
        return evidence;
    }

    private void Measure((string Name, Parameter Parameter)[] parameters, Tensor?[] gradients)
    {
        var byValue = new Dictionary<Tensor, Tensor?>(ReferenceEqualityComparer.Instance);
        foreach (var ((_, parameter), gradient) in parameters.Zip(gradients)) byValue[parameter.Leaf] = gradient;
        var updates = NextStep.Measure(Optimizer, byValue);
        Parameters =
        [
            .. parameters.Zip(gradients, (named, gradient) => new ParameterFlow(
                named.Name, named.Parameter, Nn.Measure.Norm(named.Parameter.Leaf.Detach()), gradient is null ? null : Nn.Measure.Norm(gradient),
                updates.TryGetValue(named.Parameter.Leaf, out var update) ? update : null)),
        ];
        var flows = Parameters.ToDictionary(static flow => flow.Parameter, static flow => flow);
        var layers = Records
            .Select(record => ToLayer(record, [.. record.Module.OwnParameters().Where(flows.ContainsKey).Select(parameter => flows[parameter])]))
            .OfType<LayerFlow>().ToList();
        double? next = null;
        for (var index = layers.Count - 1; index >= 0; index--)
        {
            var layer = layers[index];
            if (layer.Gradient is not { } gradient) continue;
            if (next > 0) layers[index] = layer with { GradientRatio = gradient / next };
            if (layer.Weight is not null) next = gradient;
        }

        Layers = layers;
    }

    /// <summary>A row of the table; null for what only holds other modules.</summary>
    private static LayerFlow? ToLayer(ModuleRecord record, ParameterFlow[] own)
    {
        ActivationFlow[] activations = [.. record.Activations.Select(static activation => activation.ToFlow())];
        if (own.Length == 0 && activations.Length == 0 && (record.Module.Children.Count > 0 || record.Calls == 0)) return null;
        return new LayerFlow
        {
            Path = record.Path,
            Type = record.Type,
            Calls = record.Calls,
            Activation = record.Activation,
            Gradient = record.Gradient,
            Weight = Root(own.Select(static flow => (double?)flow.Norm)),
            WeightGradient = Root(own.Select(static flow => flow.Gradient)),
            Update = Root(own.Select(static flow => flow.Update)),
            Activations = activations,
        };
    }

    private static double? Root(IEnumerable<double?> norms)
    {
        double[] known = [.. norms.OfType<double>()];
        return known.Length == 0 ? null : Math.Sqrt(known.Sum(static norm => norm * norm));
    }
}
