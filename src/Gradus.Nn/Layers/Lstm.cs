namespace Gradus.Nn;

/// <summary>A sequence, and the states that an LSTM begins with. A tensor alone begins with zeros.</summary>
/// <param name="Input">[time, batch, inputs], or [batch, time, inputs] where the layer is batch first.</param>
/// <param name="State">Hidden and cell states, [layers, batch, hidden] each.</param>
public readonly record struct LstmInput(Tensor Input, (Tensor Hidden, Tensor Cell)? State = null)
{
    /// <summary>A sequence that begins with zeros.</summary>
    public static implicit operator LstmInput(Tensor sequence) => new(sequence);
}

/// <summary>A long short-term memory: c ← σ(f)·c + σ(i)·tanh(g), h ← σ(o)·tanh(c), with i, f, g, o the quarters of x·Wᵀ + b_ih + h·Uᵀ + b_hh.</summary>
/// <remarks>
/// Gives h of the last layer after every step, and (h, c) of all layers after the last, [layers, batch, hidden] each. The state is that of PyTorch's LSTM
/// (<c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>), all uniform in ±1/√hidden at first. Hochreiter and Schmidhuber, 1997.
/// </remarks>
public sealed class Lstm : Recurrent<LstmInput, (Tensor Output, (Tensor Hidden, Tensor Cell) State)>
{
    /// <summary>A layer, or several one above the other.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="hidden">The size of the state.</param>
    /// <param name="layers">The number of layers. Default 1.</param>
    /// <param name="batchFirst">Whether sequences are [batch, time, …] instead of [time, batch, …]. Default false.</param>
    /// <param name="dropout">With which probability a state is dropped between two layers in training. Default 0.</param>
    /// <exception cref="GradusException">A size is not positive, or the probability is outside [0, 1).</exception>
    public Lstm(int inputs, int hidden, int layers = 1, bool batchFirst = false, double dropout = 0) : base("lstm", 4, inputs, hidden, layers, batchFirst, dropout)
    {
    }

    /// <inheritdoc/>
    protected override (Tensor Output, (Tensor Hidden, Tensor Cell) State) Compute(LstmInput input)
    {
        var x = input.Input;
        Tensor[] hidden = First(x, "hidden state", input.State?.Hidden), cell = First(x, "cell state", input.State?.Cell);
        for (var layer = 0; layer < Layers; layer++)
        {
            var (weight, recurrent, bias, recurrentBias) = At(layer);
            (x, hidden[layer], cell[layer]) = (layer == 0 ? x : Between(x)).Lstm(hidden[layer], cell[layer], weight, recurrent, bias, recurrentBias, BatchFirst);
        }

        return (x, (Tensor.Stack(hidden), Tensor.Stack(cell)));
    }
}
