using System.Globalization;

namespace Gradus.Nn;

/// <summary>y = x/√(mean(x²) + ε)·weight over the last axis: […, size] → […, size].</summary>
/// <remarks>Weight begins as ones. Zhang and Sennrich, "Root mean square layer normalization", 2019.</remarks>
public sealed class RmsNorm : Layer<Tensor, Tensor>
{
    private readonly PendingShape _size;
    private readonly double? _epsilon;

    /// <summary>A layer for rows of a size.</summary>
    /// <param name="size">The size of the input's last axis; left out, the first input tells it.</param>
    /// <param name="epsilon">ε; by default the distance from 1 to the next number of the element type.</param>
    /// <param name="affine">Whether there is a weight. Default true.</param>
    /// <exception cref="GradusException">The size is not positive.</exception>
    public RmsNorm(int? size = null, double? epsilon = null, bool affine = true)
    {
        if (size < 1) throw new GradusException($"rmsNorm: size {size}; it must be at least 1.");
        if (epsilon is { } given) Expect.AtLeast0("rmsNorm", "epsilon", given);
        (_size, _epsilon) = (PendingShape.Of(size ?? -1), epsilon);
        Weight = affine ? new Parameter(_size, Init.Ones) : null;
    }

    /// <summary>The factors, [size], or null.</summary>
    public Parameter? Weight { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank > 0) _size.Settle(input.Shape[-1]);
        if (input.Rank == 0 || input.Shape[-1] != _size.Known!.Value[0]) throw Expect.Got($"[..., {_size.At(0)}]", input);
        return input.RmsNorm(Weight?.Value, _epsilon);
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_size.At(0)}{(_epsilon is { } epsilon ? string.Create(CultureInfo.InvariantCulture, $", ε {epsilon}") : "")}" +
            $"{(Weight is null ? ", not affine" : "")}");
}
