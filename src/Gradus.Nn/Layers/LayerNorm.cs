using System.Globalization;

namespace Gradus.Nn;

/// <summary>y = (x − mean)/√(variance + ε)·weight + bias over the last axis, mean and variance being each row's own: […, size] → […, size].</summary>
/// <remarks>Weight begins as ones, bias as zeros. Ba et al., "Layer normalization", 2016.</remarks>
public sealed class LayerNorm : Layer<Tensor, Tensor>
{
    private readonly PendingShape _size;
    private readonly double _epsilon;

    /// <summary>A layer for rows of a size.</summary>
    /// <param name="size">The size of the input's last axis; left out, the first input tells it.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <param name="affine">Whether there is a weight. Default true.</param>
    /// <param name="bias">Whether there is, beside the weight, a bias. Default true.</param>
    /// <exception cref="GradusException">The size is not positive.</exception>
    public LayerNorm(int? size = null, double epsilon = 1e-5, bool affine = true, bool bias = true)
    {
        if (size < 1) throw new GradusException($"layerNorm: size {size}; it must be at least 1.");
        (_size, _epsilon) = (PendingShape.Of(size ?? -1), epsilon);
        Weight = affine ? new Parameter(_size, Init.Ones) : null;
        Bias = affine && bias ? new Parameter(_size, Init.Zeros) : null;
    }

    /// <summary>The factors, [size], or null.</summary>
    public Parameter? Weight { get; set => field = Register(value); }

    /// <summary>What is added, [size], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank > 0) _size.Settle(input.Shape[-1]);
        if (input.Rank == 0 || input.Shape[-1] != _size.Known!.Value[0]) throw Expect.Got($"[..., {_size.At(0)}]", input);
        return input.LayerNorm(Weight?.Value, Bias?.Value, _epsilon);
    }

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{_size.At(0)}, ε {_epsilon}{(Weight is null ? ", not affine" : Bias is null ? ", no bias" : "")}");
}
