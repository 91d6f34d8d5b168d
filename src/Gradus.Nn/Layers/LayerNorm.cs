using System.Globalization;

namespace Gradus.Nn;

/// <summary>y = (x − mean)/√(variance + ε)·weight + bias over the last axis, mean and variance being each row's own: […, size] → […, size].</summary>
/// <remarks>Weight begins as ones, bias as zeros. Ba et al., "Layer normalization", 2016.</remarks>
public sealed class LayerNorm : Layer<Tensor, Tensor>
{
    private readonly int _size;
    private readonly double _epsilon;

    /// <summary>A layer for rows of <paramref name="size"/> numbers.</summary>
    /// <param name="size">The size of the input's last axis.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <param name="affine">Whether there is a weight. Default true.</param>
    /// <param name="bias">Whether there is, beside the weight, a bias. Default true.</param>
    /// <exception cref="GradusException">The size is not positive.</exception>
    public LayerNorm(int size, double epsilon = 1e-5, bool affine = true, bool bias = true)
    {
        if (size < 1) throw new GradusException($"layerNorm: size {size}; it must be at least 1.");
        (_size, _epsilon) = (size, epsilon);
        Weight = affine ? new Parameter([size], Init.Ones) : null;
        Bias = affine && bias ? new Parameter([size], Init.Zeros) : null;
    }

    /// <summary>The factors, [size], or null.</summary>
    public Parameter? Weight { get; set => field = Register(value); }

    /// <summary>What is added, [size], or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.LayerNorm(Weight?.Value, Bias?.Value, _epsilon);

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{_size}, ε {_epsilon}{(Weight is null ? ", not affine" : Bias is null ? ", no bias" : "")}");
}
