namespace Gradus.Nn;

/// <summary>A network while it is asked about its inputs: as in use, recorded, with one output of each sample chosen.</summary>
internal sealed class AttributionRun
{
    private readonly string _operation;
    private readonly Module<Tensor, Tensor> _network;

    private AttributionRun(string operation, Module<Tensor, Tensor> network, Tensor input, ReadOnlySpan<int> target)
    {
        (_operation, _network, Input) = (operation, network, input);
        using var noGrad = GradMode.Disable();
        var outputs = Outputs(input);
        Target = Choose(operation, outputs, target);
        Score = outputs.TakeAlong(1, Target).Squeeze(1);
    }

    /// <summary>x, [samples, …], cut off from any graph.</summary>
    public Tensor Input { get; }

    /// <summary>Which output is asked about: i64 [samples, 1].</summary>
    public Tensor Target { get; }

    /// <summary>f(x), [samples].</summary>
    public Tensor Score { get; }

    /// <summary>Lets the network be asked, as in use on this thread; its modes stay as they are.</summary>
    public static T Of<T>(string operation, Module<Tensor, Tensor> network, Tensor input, ReadOnlySpan<int> target, Func<AttributionRun, T> ask)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        if (!input.DType.IsFloat || input.Rank < 2 || input.Count == 0)
        {
            throw new GradusException(
                $"{operation}: the input is {input.Describe()}, expected floating-point [samples, …], not empty. A single sample x is x.Unsqueeze(0).");
        }

        using var recording = new EnableGrad();
        using var use = Module.InUse();
        return ask(new AttributionRun(operation, network, input.Detach(), target));
    }

    /// <summary>f at other inputs, [rows], unrecorded; each row is asked about the output of its sample.</summary>
    /// <param name="inputs">[rows, …].</param>
    /// <param name="targets">[rows, 1], or [1, 1] for all.</param>
    public Tensor ScoreAt(Tensor inputs, Tensor targets)
    {
        using var noGrad = GradMode.Disable();
        using var scope = new TensorScope();
        return scope.Keep(Outputs(inputs).TakeAlong(1, targets).Squeeze(1));
    }

    /// <summary>∂f/∂x at other inputs, one for each sample, in the shape of the input.</summary>
    public Tensor GradientAt(Tensor inputs)
    {
        using var scope = new TensorScope();
        var leaf = inputs.Detach().RequireGrad();
        return scope.Keep(Autograd.Grad(RecordedScore(leaf), leaf));
    }

    /// <summary>The sum of f over the samples, recorded. Samples do not touch each other, so its gradient holds the gradient of each.</summary>
    public Tensor RecordedScore(Tensor inputs) => Outputs(inputs).TakeAlong(1, Target).Sum();

    private static Tensor Choose(string operation, Tensor outputs, ReadOnlySpan<int> target)
    {
        var (samples, count) = (outputs.Shape[0], outputs.Shape[1]);
        if (outputs.NotEqual(outputs).Any().Item<bool>())
        {
            throw new GradusException(
                $"{operation}: the network gives NaN, which nothing can be attributed to. Look for weights or inputs that are not finite.");
        }

        if (target.IsEmpty) return outputs.ArgMax(1, keepDim: true);
        if (target.Length != 1 && target.Length != samples)
        {
            throw new GradusException(FormattableString.Invariant(
                $"{operation}: {target.Length} targets for {samples} samples, expected one for all, one for each, or none for the greatest output."));
        }

        foreach (var output in target)
        {
            if (output < 0 || output >= count)
            {
                throw new GradusException(FormattableString.Invariant($"{operation}: target {output} is no output of the network; use 0 … {count - 1}."));
            }
        }

        return Tensor.From(target, [target.Length, 1]).To(DType.Int64).Expand(samples, 1);
    }

    private Tensor Outputs(Tensor inputs)
    {
        var outputs = _network.Forward(inputs);
        return outputs.Rank == 2 && outputs.Shape[0] == inputs.Shape[0] && outputs.Shape[1] > 0
            ? outputs
            : throw new GradusException($"{_operation}: the network makes {outputs.Describe()} of {inputs.Describe()}, expected [samples, outputs].");
    }
}
