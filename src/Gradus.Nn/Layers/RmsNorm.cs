using System.Globalization;

namespace Gradus.Nn;

/// <summary>y = x/√(mean(x²) + ε)·weight over the last axis: […, size] → […, size].</summary>
/// <remarks>Weight begins as ones. Zhang and Sennrich, "Root mean square layer normalization", 2019.</remarks>
public sealed class RmsNorm : Layer<Tensor, Tensor>
{
    private readonly int _size;
    private readonly double? _epsilon;

    /// <summary>A layer for rows of <paramref name="size"/> numbers.</summary>
    /// <param name="size">The size of the input's last axis.</param>
    /// <param name="epsilon">ε; by default the distance from 1 to the next number of the element type.</param>
    /// <param name="affine">Whether there is a weight. Default true.</param>
    /// <exception cref="GradusException">The size is not positive.</exception>
    public RmsNorm(int size, double? epsilon = null, bool affine = true)
    {
        if (size < 1) throw new GradusException($"rmsNorm: size {size}; it must be at least 1.");
        (_size, _epsilon) = (size, epsilon);
        Weight = affine ? new Parameter([size], Init.Ones) : null;
    }

    /// <summary>The factors, [size], or null.</summary>
    public Parameter? Weight { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.RmsNorm(Weight?.Value, _epsilon);

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{_size}{(_epsilon is { } epsilon ? string.Create(CultureInfo.InvariantCulture, $", ε {epsilon}") : "")}{(Weight is null ? ", not affine" : "")}");
}
