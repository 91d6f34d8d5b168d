namespace Gradus.Nn;

/// <summary>Sequences of queries or keys, and the position of their first step.</summary>
/// <param name="Input">[batch, heads, time, width].</param>
/// <param name="Start">The position of the first step: what a cache already holds. Default 0.</param>
public readonly record struct RotaryInput(Tensor Input, int Start = 0)
{
    /// <summary>Sequences that begin at position 0.</summary>
    public static implicit operator RotaryInput(Tensor sequences) => new(sequences);

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(RotaryInput), PrintMembers);
}

/// <summary>
/// Turns pairs of numbers of queries and keys by angles that grow with the position, so that their products depend on distances alone:
/// [batch, heads, time, width] → the same.
/// </summary>
/// <remarks>
/// Pair i of width/2 is (xᵢ, xᵢ₊w/₂), turned by t·longest^(−2i/width). Su et al., "RoFormer: enhanced transformer with rotary position embedding", 2021.
/// </remarks>
/// <param name="longest">The wave length of the slowest turn, over 2π. Default 10000.</param>
public sealed class RotaryPositions(double longest = 10000) : Layer<RotaryInput, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(RotaryInput input)
    {
        var x = input.Input;
        if (x.Rank < 2 || x.Shape[-1] % 2 != 0) throw Expect.Got("[..., time, width] with an even width", x);
        var half = x.Shape[-1] / 2;
        var angles = SinusoidalPositions.Angles(Tensor.Arange(input.Start, (double)input.Start + x.Shape[-2], 1, DType.Float64), x.Shape[-1], longest);
        Tensor sin = angles.Sin().To(x.DType), cos = angles.Cos().To(x.DType);
        Tensor first = x.Slice(-1, 0, half), second = x.Slice(-1, half, half);
        return Tensor.Concat([(first * cos) - (second * sin), (second * cos) + (first * sin)], -1);
    }

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"{longest}");
}
