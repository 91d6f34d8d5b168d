using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>A sequence, and the state that a GRU begins with. A tensor alone begins with zeros.</summary>
/// <param name="Input">[time, batch, inputs], or [batch, time, inputs] where the layer is batch first.</param>
/// <param name="State">The hidden state, [layers · directions, batch, hidden].</param>
/// <param name="Lengths">The steps of each sequence of a padded batch; by default all have all. Outputs beyond are zeros.</param>
public readonly record struct GruInput(Tensor Input, Tensor? State = null, IReadOnlyList<int>? Lengths = null)
{
    /// <summary>A sequence that begins with zeros.</summary>
    public static implicit operator GruInput(Tensor sequence) => new(sequence);

    /// <summary>
    /// Sequences of different lengths. The layer brings them into its own layout, [time, batch, …] or [batch, time, …], which its outputs have.
    /// </summary>
    public static implicit operator GruInput(PackedSequence sequences) => new(sequences.Unpack(), Lengths: sequences.Lengths) { IsPacked = true };

    /// <summary>Whether the sequences are [batch, time, …] whatever the layer's layout.</summary>
    internal bool IsPacked { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GruInput), PrintMembers);
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
    /// <param name="options">Layers, directions and the rest. Default: one layer, in one direction, of sequences [time, batch, …].</param>
    /// <exception cref="GradusException">A size is not positive, or the probability is outside [0, 1).</exception>
    public Gru(int inputs, int hidden, RecurrentOptions? options = null) : this((int?)inputs, hidden, options ?? new())
    {
    }

    /// <summary>A layer, or several one above the other; the first input tells the size of its last axis.</summary>
    /// <inheritdoc cref="Gru(int, int, RecurrentOptions?)"/>
    // Preferred, so that new() { … } is not taken for a size.
    [OverloadResolutionPriority(1)]
    public Gru(int hidden, RecurrentOptions? options = null) : this(null, hidden, options ?? new())
    {
    }

    private Gru(int? inputs, int hidden, RecurrentOptions options) : base("gru", 3, inputs, hidden, options)
    {
    }

    /// <inheritdoc/>
    protected override (Tensor Output, Tensor State) Compute(GruInput input)
    {
        var (output, state) = Run(InLayout(input.Input, input.IsPacked), input.Lengths, ["state"], [input.State], (x, first, weights) =>
        {
            var (inputBias, hiddenBias) = weights.Biases(x.DType);
            var (states, last) = x.Gru(first[0], weights.InputWeight, weights.HiddenWeight, inputBias, hiddenBias, BatchFirst);
            return (states, [last]);
        });
        return (output, state[0]);
    }
}
