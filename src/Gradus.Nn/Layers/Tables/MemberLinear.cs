namespace Gradus.Nn;

/// <summary>A linear layer for each member of an ensemble: [members, batch, in] → [members, batch, out].</summary>
/// <remarks>W and b begin uniform in ±1/√in, as those of <see cref="Linear"/>.</remarks>
public sealed class MemberLinear : Layer<Tensor, Tensor>
{
    /// <summary>A layer from <paramref name="inputs"/> to <paramref name="outputs"/> numbers for each member.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="outputs">The size of the output's last axis.</param>
    /// <param name="members">How many members there are.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public MemberLinear(int inputs, int outputs, int members)
    {
        if (members < 1 || inputs < 1 || outputs < 1)
        {
            throw new GradusException($"memberLinear: {members} members, {inputs} → {outputs}; all sizes must be at least 1.");
        }

        var bound = 1 / Math.Sqrt(inputs);
        Weight = new Parameter([members, inputs, outputs], Init.Uniform(-bound, bound));
        Bias = new Parameter([members, 1, outputs], Init.Uniform(-bound, bound));
    }

    /// <summary>W, [members, in, out].</summary>
    public Parameter Weight { get; set => field = Register(value)!; }

    /// <summary>b, [members, 1, out].</summary>
    public Parameter Bias { get; set => field = Register(value)!; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank != 3 || input.Shape[0] != Weight.Shape[0] || input.Shape[2] != Weight.Shape[1])
        {
            throw Expect.Got($"[{Weight.Shape[0]}, batch, {Weight.Shape[1]}]", input);
        }

        return input.MatMul(Weight) + Bias;
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{Weight.Shape[0]} × ({Weight.Shape[1]} → {Weight.Shape[2]})";
}
