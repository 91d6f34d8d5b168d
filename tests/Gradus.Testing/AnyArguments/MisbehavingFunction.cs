namespace Gradus.Testing.AnyArguments;

/// <summary>What a user's function may do wrong.</summary>
internal enum Misbehavior
{
    None,
    GivesNoResult,
    GivesTooFewGradients,
    GivesAGradientOfAnotherShape,
    GivesAGradientOfAnotherType,
    GivesNoGradients,
}

/// <summary>The sum of the inputs, as a function of one's own that does something wrong.</summary>
internal sealed class MisbehavingFunction(Misbehavior how) : CustomFunction
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} that {how}";

    /// <inheritdoc/>
    protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
    {
        context.State = inputs.Length;
        var sum = Tensor.Zeros([]);
        foreach (var input in inputs) sum += input;
        return how == Misbehavior.GivesNoResult ? null! : sum;
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(Context context, Tensor gradient) => how switch
    {
        Misbehavior.GivesTooFewGradients => [],
        Misbehavior.GivesAGradientOfAnotherShape => [.. Enumerable.Repeat(Tensor.Ones([7, 5]), (int)context.State!)],
        Misbehavior.GivesAGradientOfAnotherType => [.. Enumerable.Repeat(gradient.To(DType.Bool), (int)context.State!)],
        Misbehavior.GivesNoGradients => null!,
        _ => [.. Enumerable.Repeat(gradient, (int)context.State!)],
    };
}
