namespace Gradus.Onnx;

/// <summary>What an operator gives: a tensor or several, null for an output that it leaves out.</summary>
public readonly struct OnnxResults
{
    private readonly Tensor?[]? _tensors;

    private OnnxResults(Tensor?[] tensors) => _tensors = tensors;

    /// <summary>The tensors in the order of the operator's outputs.</summary>
    public ReadOnlySpan<Tensor?> Tensors => _tensors;

    /// <summary>One tensor.</summary>
    public static implicit operator OnnxResults(Tensor tensor) => new([tensor]);

    /// <summary>Two tensors.</summary>
    public static implicit operator OnnxResults((Tensor? First, Tensor? Second) tensors) => new([tensors.First, tensors.Second]);

    /// <summary>Three tensors.</summary>
    public static implicit operator OnnxResults((Tensor? First, Tensor? Second, Tensor? Third) tensors) => new([tensors.First, tensors.Second, tensors.Third]);

    /// <summary>Any number of tensors.</summary>
    public static implicit operator OnnxResults(Tensor?[] tensors) => new(tensors);
}
