using System.Globalization;

namespace Gradus.Nn;

/// <summary>
/// y = (x − mean)/√(variance + ε)·weight + bias over the last axis, or several of the last, mean and variance being each row's own: […, size] → […, size].
/// </summary>
/// <remarks>Weight begins as ones, bias as zeros. Ba et al., "Layer normalization", 2016.</remarks>
public sealed class LayerNorm : Layer<Tensor, Tensor>
{
    private readonly PendingShape _sizes;
    private readonly double _epsilon;

    /// <summary>A layer for rows of a size.</summary>
    /// <param name="size">The size of the input's last axis.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <param name="affine">Whether there is a weight. Default true.</param>
    /// <param name="bias">Whether there is, beside the weight, a bias. Default true.</param>
    /// <exception cref="GradusException">The size is not positive.</exception>
    public LayerNorm(int size, double epsilon = 1e-5, bool affine = true, bool bias = true)
        : this(PendingShape.Of(Expect.Positive("layerNorm", "size", size)), epsilon, affine, bias)
    {
    }

    /// <summary>A layer for rows whose size the first input tells.</summary>
    /// <inheritdoc cref="LayerNorm(int, double, bool, bool)"/>
    public LayerNorm(double epsilon = 1e-5, bool affine = true, bool bias = true) : this(PendingShape.Of(-1), epsilon, affine, bias)
    {
    }

    /// <summary>A layer that takes several axes together.</summary>
    /// <param name="sizes">The sizes of the input's last axes.</param>
    /// <param name="epsilon">ε. Default 1e-5.</param>
    /// <param name="affine">Whether there is a weight. Default true.</param>
    /// <param name="bias">Whether there is, beside the weight, a bias. Default true.</param>
    /// <exception cref="GradusException">There are no sizes, or one is not positive.</exception>
    public LayerNorm(IReadOnlyList<int> sizes, double epsilon = 1e-5, bool affine = true, bool bias = true)
        : this(PendingShape.Of([.. sizes ?? throw new ArgumentNullException(nameof(sizes))]), epsilon, affine, bias)
    {
        if (sizes.Count == 0 || sizes.Any(static size => size < 1))
        {
            throw new GradusException($"layerNorm: sizes {string.Join(", ", sizes)}; there must be one, and all at least 1.");
        }
    }

    private LayerNorm(PendingShape sizes, double epsilon, bool affine, bool bias)
    {
        (_sizes, _epsilon) = (sizes, Expect.AtLeast0("layerNorm", "epsilon", epsilon));
        Weight = affine ? new Parameter(_sizes, Init.Ones) : null;
        Bias = affine && bias ? new Parameter(_sizes, Init.Zeros) : null;
    }

    /// <summary>The factors, [size] or [sizes], or null.</summary>
    public Parameter? Weight { get; set => field = Register(value); }

    /// <summary>What is added, shaped as the factors, or null.</summary>
    public Parameter? Bias { get; set => field = Register(value); }

    /// <summary>ε.</summary>
    internal double Epsilon => _epsilon;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank > 0) _sizes.Settle(input.Shape[-1]);
        if (!IsEndOf(input.Shape)) throw Expect.Got($"[..., {string.Join(", ", Enumerable.Range(0, _sizes.Rank).Select(axis => _sizes.At(axis)))}]", input);
        if (_sizes.Rank == 1) return input.LayerNorm(Weight?.Value, Bias?.Value, _epsilon);
        return input.Flatten(-_sizes.Rank).LayerNorm(Weight?.Value.Flatten(), Bias?.Value.Flatten(), _epsilon).Reshape(input.Shape);
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join("×", Enumerable.Range(0, _sizes.Rank).Select(axis => _sizes.At(axis)))}, ε {_epsilon}" +
            $"{(Weight is null ? ", not affine" : Bias is null ? ", no bias" : "")}");

    private bool IsEndOf(Shape shape) => shape.Rank >= _sizes.Rank && shape.AsSpan()[^_sizes.Rank..].SequenceEqual(_sizes.Known!.Value.AsSpan());
}
