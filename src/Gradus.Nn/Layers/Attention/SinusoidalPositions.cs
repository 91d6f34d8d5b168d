namespace Gradus.Nn;

/// <summary>
/// Adds to each position sines and cosines of it: x + p, p[t, 2i] = sin(t / 10000^(2i/width)), p[t, 2i + 1] = cos of the same: [batch, time, width] → the same.
/// </summary>
/// <remarks>Vaswani et al., "Attention is all you need", 2017.</remarks>
/// <param name="longest">The wave length of the slowest sine, over 2π. Default 10000.</param>
public sealed class SinusoidalPositions(double longest = 10000) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank < 2 || input.Shape[-1] % 2 != 0) throw Expect.Got("[..., time, width] with an even width", input);
        var angles = Angles(Tensor.Arange(0, input.Shape[-2], 1, DType.Float64), input.Shape[-1], longest);
        return input + Tensor.Stack([angles.Sin(), angles.Cos()], -1).Flatten(1).To(input.DType);
    }

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"{longest}");

    /// <summary>Position · longest^(−2i/width): [time] → [time, width / 2], in float64.</summary>
    internal static Tensor Angles(Tensor positions, int width, double longest) =>
        positions.Unsqueeze(1) * (Tensor.Arange(0.0, width, 2, DType.Float64) * (-Math.Log(longest) / width)).Exp();
}
