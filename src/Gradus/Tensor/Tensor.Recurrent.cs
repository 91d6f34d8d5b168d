namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>A long short-term memory over this sequence. Hochreiter and Schmidhuber, 1997.</summary>
    /// <remarks>
    /// With i, f, g, o the quarters of x·Wᵀ + b_ih + h·Uᵀ + b_hh: c ← σ(f)·c + σ(i)·tanh(g), h ← σ(o)·tanh(c).
    /// [batch, time, inputs] → [batch, time, hidden], or both with time first.
    /// </remarks>
    /// <param name="hidden">h before the first step, [batch, hidden].</param>
    /// <param name="cell">c before the first step, [batch, hidden].</param>
    /// <param name="inputWeight">W, [4·hidden, inputs], gates in the order i, f, g, o.</param>
    /// <param name="hiddenWeight">U, [4·hidden, hidden].</param>
    /// <param name="inputBias">b_ih, [4·hidden].</param>
    /// <param name="hiddenBias">b_hh, [4·hidden].</param>
    /// <param name="batchFirst">Whether the sequence is [batch, time, inputs]; else it is [time, batch, inputs]. Default true.</param>
    /// <returns>h after every step, and h and c after the last.</returns>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public (Tensor Output, Tensor Hidden, Tensor Cell) Lstm(
        Tensor hidden, Tensor cell, Tensor inputWeight, Tensor hiddenWeight, Tensor inputBias, Tensor hiddenBias, bool batchFirst = true)
    {
        var outputs = Ops.Lstm.ApplyAll([this, hidden, cell, inputWeight, hiddenWeight, inputBias, hiddenBias], new RecurrentArgs(batchFirst));
        return (outputs[0], outputs[1], outputs[2]);
    }

    /// <summary>A gated recurrent unit over this sequence. Cho et al., 2014, in PyTorch's form.</summary>
    /// <remarks>
    /// r = σ(x·W_rᵀ + b_ir + h·U_rᵀ + b_hr), z alike, n = tanh(x·W_nᵀ + b_in + r·(h·U_nᵀ + b_hn)), h ← (1 − z)·n + z·h.
    /// [batch, time, inputs] → [batch, time, hidden], or both with time first.
    /// </remarks>
    /// <param name="hidden">h before the first step, [batch, hidden].</param>
    /// <param name="inputWeight">W, [3·hidden, inputs], gates in the order r, z, n.</param>
    /// <param name="hiddenWeight">U, [3·hidden, hidden].</param>
    /// <param name="inputBias">b_i, [3·hidden].</param>
    /// <param name="hiddenBias">b_h, [3·hidden].</param>
    /// <param name="batchFirst">Whether the sequence is [batch, time, inputs]; else it is [time, batch, inputs]. Default true.</param>
    /// <returns>h after every step, and after the last.</returns>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public (Tensor Output, Tensor Hidden) Gru(
        Tensor hidden, Tensor inputWeight, Tensor hiddenWeight, Tensor inputBias, Tensor hiddenBias, bool batchFirst = true)
    {
        var outputs = Ops.Gru.ApplyAll([this, hidden, inputWeight, hiddenWeight, inputBias, hiddenBias], new RecurrentArgs(batchFirst));
        return (outputs[0], outputs[1]);
    }
}
