using System.Globalization;

namespace Gradus.Nn;

/// <summary>y = x/√(mean(x²) + ε)·weight over the last axis: […, size] → […, size].</summary>
/// <remarks>Weight begins as ones. Zhang and Sennrich, "Root mean square layer normalization", 2019.</remarks>
public sealed class RmsNorm : Layer<Tensor, Tensor>
{
    private readonly PendingShape _size;
    private readonly double? _epsilon;

    /// <summary>A layer for rows of a size.</summary>
    /// <param name="size">The size of the input's last axis.</param>
    /// <param name="epsilon">ε; by default the distance from 1 to the next number of the element type.</param>
    /// <param name="affine">Whether there is a weight. Default true.</param>
    /// <exception cref="GradusException">The size is not positive.</exception>
    public RmsNorm(int size, double? epsilon = null, bool affine = true)
        : this(PendingShape.Of(Expect.Positive("rmsNorm", "size", size)), epsilon, affine)
    {
    }

    /// <summary>A layer for rows whose size the first input tells.</summary>
    /// <inheritdoc cref="RmsNorm(int, double?, bool)"/>
    public RmsNorm(double? epsilon = null, bool affine = true) : this(PendingShape.Of(-1), epsilon, affine)
    {
    }

    private RmsNorm(PendingShape size, double? epsilon, bool affine)
    {
        if (epsilon is { } given) Expect.AtLeast0("rmsNorm", "epsilon", given);
        (_size, _epsilon) = (size, epsilon);
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
