namespace Gradus.Nn;

/// <summary>
/// −(y·log p + (1 − y)·log(1 − p)) with a derivative that stays finite where p is 0 or 1: (p − y) / max(p·(1 − p), 10⁻¹²), so that what is certain and
/// wrong is still taught.
/// </summary>
internal sealed class BinaryCrossEntropyOfProbability : CustomFunction
{
    // log p below this stands for p = 0, so that a certain and wrong prediction costs much but not infinitely much. Both bounds are PyTorch's.
    private const double LogFloor = -100, Least = 1e-12;

    /// <inheritdoc/>
    public override string Name => "binaryCrossEntropy";

    /// <inheritdoc/>
    protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
    {
        var (p, y) = (inputs[0], inputs[1]);
        context.Save(p, y);
        return -((y * Log(p)) + ((1 - y) * Log(1 - p)));
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(Context context, Tensor gradient)
    {
        var (p, y) = (context.Saved[0], context.Saved[1]);
        return [gradient.Chain(p - y).ChainOver((p * (1 - p)).Clamp(min: Least)), gradient.Chain(Log(1 - p) - Log(p))];
    }

    private static Tensor Log(Tensor p) => p.Log().Clamp(min: LogFloor);
}
