namespace Gradus.Nn;

/// <summary>One step of a <see cref="Gru"/>: [batch, inputs] and the state [batch, hidden] → [batch, hidden].</summary>
/// <inheritdoc cref="RecurrentCell{TIn, TOut}" path="/remarks"/>
public sealed class GruCell : RecurrentCell<(Tensor Input, Tensor? State), Tensor>
{
    /// <summary>A cell.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="hidden">The size of the state.</param>
    /// <param name="bias">Whether there are biases. Default true.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public GruCell(int inputs, int hidden, bool bias = true) : base("gruCell", 3, inputs, hidden, bias)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Input, Tensor? State) input)
    {
        var x = input.Input;
        RequireStep(x);
        var state = StateOf("state", input.State, x);
        Tensor ofInput = OfInput(x), ofState = state.Linear(WeightHh, BiasHh?.Value);
        var reset = (Gate(ofInput, 0) + Gate(ofState, 0)).Sigmoid();
        var update = (Gate(ofInput, 1) + Gate(ofState, 1)).Sigmoid();
        var proposed = (Gate(ofInput, 2) + (reset * Gate(ofState, 2))).Tanh();
        return proposed + (update * (state - proposed));

        Tensor Gate(Tensor gates, int index) => gates.Slice(1, index * Hidden, Hidden);
    }
}
