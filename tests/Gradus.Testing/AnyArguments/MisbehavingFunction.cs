namespace Gradus.Testing.AnyArguments;

/// <summary>What a user's function may do wrong.</summary>
internal enum Misbehaviour
{
    None,
    GivesNoResult,
    GivesTooFewGradients,
    GivesAGradientOfAnotherShape,
    GivesAGradientOfAnotherType,
    GivesNoGradients,
}

/// <summary>The sum of the inputs, as a function of one's own that does something wrong.</summary>
internal sealed class MisbehavingFunction(Misbehaviour how) : CustomFunction
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} that {how}";

    /// <inheritdoc/>
    protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs)
    {
        context.State = inputs.Length;
        var sum = Tensor.Zeros([]);
        foreach (var input in inputs) sum += input;
        return how == Misbehaviour.GivesNoResult ? null! : sum;
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(Context context, Tensor gradient) => how switch
    {
        Misbehaviour.GivesTooFewGradients => [],
        Misbehaviour.GivesAGradientOfAnotherShape => [.. Enumerable.Repeat(Tensor.Ones([7, 5]), (int)context.State!)],
        Misbehaviour.GivesAGradientOfAnotherType => [.. Enumerable.Repeat(gradient.To(DType.Bool), (int)context.State!)],
        Misbehaviour.GivesNoGradients => null!,
        _ => [.. Enumerable.Repeat(gradient, (int)context.State!)],
    };
}
