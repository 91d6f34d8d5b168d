using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>A sequence, and the states that an LSTM begins with. A tensor alone begins with zeros.</summary>
/// <param name="Input">[time, batch, inputs], or [batch, time, inputs] where the layer is batch first.</param>
/// <param name="State">Hidden and cell states, [layers · directions, batch, hidden] each.</param>
/// <param name="Lengths">The steps of each sequence of a padded batch; by default all have all. Outputs beyond are zeros.</param>
public readonly record struct LstmInput(Tensor Input, (Tensor Hidden, Tensor Cell)? State = null, IReadOnlyList<int>? Lengths = null)
{
    /// <summary>A sequence that begins with zeros.</summary>
    public static implicit operator LstmInput(Tensor sequence) => new(sequence);

    /// <summary>
    /// Sequences of different lengths. The layer brings them into its own layout, [time, batch, …] or [batch, time, …], which its outputs have.
    /// </summary>
    public static implicit operator LstmInput(PackedSequence sequences) => new(sequences.Unpack(), Lengths: sequences.Lengths) { IsPacked = true };

    /// <summary>Whether the sequences are [batch, time, …] whatever the layer's layout.</summary>
    internal bool IsPacked { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(LstmInput), PrintMembers);
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
    /// <param name="options">Layers, directions and the rest. Default: one layer, in one direction, of sequences [time, batch, …].</param>
    /// <exception cref="GradusException">A size is not positive, or the probability is outside [0, 1).</exception>
    public Lstm(int inputs, int hidden, LstmOptions? options = null) : this((int?)inputs, hidden, options ?? new())
    {
    }

    /// <summary>A layer, or several one above the other; the first input tells the size of its last axis.</summary>
    /// <inheritdoc cref="Lstm(int, int, LstmOptions?)"/>
    // Preferred, so that new() { … } is not taken for a size.
    [OverloadResolutionPriority(1)]
    public Lstm(int hidden, LstmOptions? options = null) : this(null, hidden, options ?? new())
    {
    }

    private Lstm(int? inputs, int hidden, LstmOptions options) : base("lstm", 4, inputs, hidden, options, options.Projection)
    {
    }

    /// <summary>Whether a product makes h smaller than c.</summary>
    internal bool IsProjected => Outputs != Hidden;

    /// <inheritdoc/>
    protected override (Tensor Output, (Tensor Hidden, Tensor Cell) State) Compute(LstmInput input)
    {
        var (output, state) = Run(InLayout(input.Input, input.IsPacked), input.Lengths,
            ["hidden state", "cell state"], [input.State?.Hidden, input.State?.Cell], (x, first, weights) =>
        {
            if (weights.Projection is not null) return Projected(x, first[0], first[1], weights);
            var (inputBias, hiddenBias) = weights.Biases(x.DType);
            var (states, hidden, cell) = x.Lstm(first[0], first[1], weights.InputWeight, weights.HiddenWeight, inputBias, hiddenBias, BatchFirst);
            return (states, [hidden, cell]);
        });
        return (output, (state[0], state[1]));
    }

    /// <summary>Step by step, since the fused kernel knows no projection.</summary>
    private (Tensor Output, Tensor[] State) Projected(Tensor x, Tensor hidden, Tensor cell, RecurrentWeights weights)
    {
        var time = BatchFirst ? 1 : 0;
        // The input's part of all steps is one product.
        var inputs = x.Linear(weights.InputWeight, weights.InputBias?.Value);
        var outputs = new Tensor[x.Shape[time]];
        for (var step = 0; step < outputs.Length; step++)
        {
            (var state, cell) = LstmCell.Step(inputs.Select(time, step), hidden, cell, weights);
            outputs[step] = hidden = state.Linear(weights.Projection!);
        }

        return (Tensor.Stack(outputs, time), [hidden, cell]);
    }
}
