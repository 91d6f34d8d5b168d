namespace Gradus.Nn;

/// <summary>One step of an <see cref="Lstm"/>: [batch, inputs] and the states h and c, [batch, hidden] each, → h and c.</summary>
/// <inheritdoc cref="RecurrentCell{TIn, TOut}" path="/remarks"/>
public sealed class LstmCell : RecurrentCell<(Tensor Input, (Tensor Hidden, Tensor Cell)? State), (Tensor Hidden, Tensor Cell)>
{
    /// <summary>A cell.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="hidden">The size of the state.</param>
    /// <param name="bias">Whether there are biases. Default true.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public LstmCell(int inputs, int hidden, bool bias = true) : base("lstmCell", 4, inputs, hidden, bias)
    {
    }

    /// <inheritdoc/>
    protected override (Tensor Hidden, Tensor Cell) Compute((Tensor Input, (Tensor Hidden, Tensor Cell)? State) input)
    {
        var (x, state) = (input.Input, input.State);
        RequireStep(x);
        return Step(OfInput(x), StateOf("hidden state", state?.Hidden, x), StateOf("cell state", state?.Cell, x), Weights);
    }

    /// <summary>One step, of the input's part of the gates: h before any projection, and c.</summary>
    internal static (Tensor Hidden, Tensor Cell) Step(Tensor ofInput, Tensor hidden, Tensor cell, RecurrentWeights weights)
    {
        var gates = ofInput + hidden.Linear(weights.HiddenWeight, weights.HiddenBias?.Value);
        var size = cell.Shape[1];
        cell = (Gate(1).Sigmoid() * cell) + (Gate(0).Sigmoid() * Gate(2).Tanh());
        return (Gate(3).Sigmoid() * cell.Tanh(), cell);

        Tensor Gate(int index) => gates.Slice(1, index * size, size);
    }
}
