using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>A sequence, and the state that an RNN begins with. A tensor alone begins with zeros.</summary>
/// <param name="Input">[time, batch, inputs], or [batch, time, inputs] where the layer is batch first.</param>
/// <param name="State">The hidden state, [layers · directions, batch, hidden].</param>
/// <param name="Lengths">The steps of each sequence of a padded batch; by default all have all. Outputs beyond are zeros.</param>
public readonly record struct RnnInput(Tensor Input, Tensor? State = null, IReadOnlyList<int>? Lengths = null)
{
    /// <summary>A sequence that begins with zeros.</summary>
    public static implicit operator RnnInput(Tensor sequence) => new(sequence);

    /// <summary>
    /// Sequences of different lengths. The layer brings them into its own layout, [time, batch, …] or [batch, time, …], which its outputs have.
    /// </summary>
    public static implicit operator RnnInput(PackedSequence sequences) => new(sequences.Unpack(), Lengths: sequences.Lengths) { IsPacked = true };

    /// <summary>Whether the sequences are [batch, time, …] whatever the layer's layout.</summary>
    internal bool IsPacked { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(RnnInput), PrintMembers);
}

/// <summary>The function of a plain recurrent layer.</summary>
public enum RnnActivation
{
    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>max(x, 0).</summary>
    Relu,
}

/// <summary>A plain recurrent layer: h ← tanh(x·Wᵀ + b_ih + h·Uᵀ + b_hh), or ReLU in place of tanh. Elman, "Finding structure in time", 1990.</summary>
/// <remarks>
/// Gives h of the last layer after every step, and h of all layers after the last, [layers · directions, batch, hidden]. The state is that of PyTorch's RNN
/// (<c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>), all uniform in ±1/√hidden at first.
/// </remarks>
public sealed class Rnn : Recurrent<RnnInput, (Tensor Output, Tensor State)>
{
    /// <summary>A layer, or several one above the other.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="hidden">The size of the state.</param>
    /// <param name="options">Layers, directions and the rest. Default: one layer, in one direction, of sequences [time, batch, …].</param>
    /// <exception cref="GradusException">A size is not positive, or the probability is outside [0, 1).</exception>
    public Rnn(int inputs, int hidden, RnnOptions? options = null) : this((int?)inputs, hidden, options ?? new())
    {
    }

    /// <summary>A layer, or several one above the other; the first input tells the size of its last axis.</summary>
    /// <inheritdoc cref="Rnn(int, int, RnnOptions?)"/>
    // Preferred, so that new() { … } is not taken for a size.
    [OverloadResolutionPriority(1)]
    public Rnn(int hidden, RnnOptions? options = null) : this(null, hidden, options ?? new())
    {
    }

    private Rnn(int? inputs, int hidden, RnnOptions options) : base("rnn", 1, inputs, hidden, options) => Activation = options.Activation;

    /// <summary>What bends the sum at each step.</summary>
    internal RnnActivation Activation { get; }

    /// <inheritdoc/>
    protected override (Tensor Output, Tensor State) Compute(RnnInput input)
    {
        var (output, state) = Run(InLayout(input.Input, input.IsPacked), input.Lengths, ["state"], [input.State], (x, first, weights) =>
        {
            var time = BatchFirst ? 1 : 0;
            // The input's part of all steps is one product.
            var inputs = x.Linear(weights.InputWeight, weights.InputBias?.Value);
            var states = new Tensor[x.Shape[time]];
            var hidden = first[0];
            for (var step = 0; step < states.Length; step++) states[step] = hidden = RnnCell.Step(inputs.Select(time, step), hidden, weights, Activation);
            return (Tensor.Stack(states, time), [hidden]);
        });
        return (output, state[0]);
    }
}
