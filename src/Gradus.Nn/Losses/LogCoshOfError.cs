namespace Gradus.Nn;

/// <summary>
/// log cosh e, with derivative tanh e: close to 0 as log(1 + 2·sinh²(e/2)),
/// which does not cancel, far from it as |e| − log 2 + log(1 + e^−2|e|), which does not overflow.
/// </summary>
internal sealed class LogCoshOfError : CustomFunction
{
    private const double Log2 = 0.693147180559945309;

    /// <inheritdoc/>
    public override string Name => "logCosh";

    /// <inheritdoc/>
    protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
    {
        var error = inputs[0];
        context.Save(error);
        var size = error.Abs();
        return Tensor.Where(size < 1, ((error * 0.5).Sinh().Square() * 2).Log1P(), size + (size * -2).Exp().Log1P() - Log2);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient.Chain(context.Saved[0].Tanh())];
}
