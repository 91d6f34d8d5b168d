namespace Gradus.Operators;

/// <summary>Where in a tensor of zeros a slice goes.</summary>
public readonly record struct EmbedArgs(SliceArgs Slice, Shape Shape) : IOperatorArguments
{
    /// <inheritdoc/>
    IReadOnlyList<OperatorArgument> IOperatorArguments.Named => [.. ((IOperatorArguments)Slice).Named, new("shape", Shape)];
}
