namespace Gradus;

/// <summary>Follows a tensor's values through a computation, recorded or not, and notes where they leave the graph.</summary>
internal sealed class CutTrace : OperatorObserver
{
    private readonly string _name;

    // What depends on the parameter by value, and where the first cut on its way was, if there was one.
    private readonly Dictionary<Tensor, string?> _reached = new(ReferenceEqualityComparer.Instance);

    public CutTrace(Tensor parameter, string name)
    {
        _name = name;
        _reached.Add(parameter, null);
    }

    /// <summary>Why the loss has no gradient to give.</summary>
    public string Explain(Tensor loss)
    {
        if (_reached.TryGetValue(loss, out var cut) && cut is not null) return $"The loss depends on {_name}, but the way is cut: {cut}.";
        return _reached.Count > 1
            ? $"{_name} is used, but the loss does not depend on what was computed from it, " +
                "unless its values left the graph as numbers (Item, ToArray, AsSpan)."
            : $"{_name} is not used: no operator read it.";
    }

    protected override void SeeCut(Tensor tensor, Tensor cut)
    {
        if (_reached.TryGetValue(tensor, out var before)) _reached.TryAdd(cut, before ?? $"by Detach{At()}");
    }

    protected override void SeeResult(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        var isReached = false;
        string? cut = null;
        foreach (var input in inputs)
        {
            if (!_reached.TryGetValue(input, out var before)) continue;
            isReached = true;
            cut ??= before;
        }

        if (!isReached) return;
        foreach (var output in outputs) _reached.TryAdd(output, cut ?? Reason(op, output));
    }

    private static string? Reason(Op op, Tensor output)
    {
        if (output.Node is not null) return null;
        if (!output.DType.IsFloat) return $"{op.Name}{At()} gives {output.Describe()}, and only floating-point values have gradients";
        return GradMode.IsEnabled
            ? $"{op.Name}{At()} has no derivative with respect to it"
            : $"{op.Name} was not recorded, being inside NoGrad or Inference{At()}";
    }

    private static string At() => SourceLine.OfUser() is { } line ? $" at {line}" : "";
}
