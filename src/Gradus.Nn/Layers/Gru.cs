namespace Gradus.Nn;

/// <summary>A sequence, and the state that a GRU begins with. A tensor alone begins with zeros.</summary>
/// <param name="Input">[time, batch, inputs], or [batch, time, inputs] where the layer is batch first.</param>
/// <param name="State">The hidden state, [layers, batch, hidden].</param>
public readonly record struct GruInput(Tensor Input, Tensor? State = null)
{
    /// <summary>A sequence that begins with zeros.</summary>
    public static implicit operator GruInput(Tensor sequence) => new(sequence);
}

/// <summary>A gated recurrent unit: r = σ(…), z = σ(…), n = tanh(x·W_nᵀ + b_in + r·(h·U_nᵀ + b_hn)), h ← (1 − z)·n + z·h.</summary>
/// <remarks>
/// Gives h of the last layer after every step, and h of all layers after the last, [layers, batch, hidden]. The state is that of PyTorch's GRU
/// (<c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>), all uniform in ±1/√hidden at first. Cho et al., 2014.
/// </remarks>
public sealed class Gru : Recurrent<GruInput, (Tensor Output, Tensor State)>
{
    /// <summary>A layer, or several one above the other.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="hidden">The size of the state.</param>
    /// <param name="layers">The number of layers. Default 1.</param>
    /// <param name="batchFirst">Whether sequences are [batch, time, …] instead of [time, batch, …]. Default false.</param>
    /// <param name="dropout">With which probability a state is dropped between two layers in training. Default 0.</param>
    /// <exception cref="GradusException">A size is not positive, or the probability is outside [0, 1).</exception>
    public Gru(int inputs, int hidden, int layers = 1, bool batchFirst = false, double dropout = 0) : base("gru", 3, inputs, hidden, layers, batchFirst, dropout)
    {
    }

    /// <inheritdoc/>
    protected override (Tensor Output, Tensor State) Compute(GruInput input)
    {
        var x = input.Input;
        var hidden = First(x, "state", input.State);
        for (var layer = 0; layer < Layers; layer++)
        {
            var (weight, recurrent, bias, recurrentBias) = At(layer);
            (x, hidden[layer]) = (layer == 0 ? x : Between(x)).Gru(hidden[layer], weight, recurrent, bias, recurrentBias, BatchFirst);
        }

        return (x, Tensor.Stack(hidden));
    }
}
