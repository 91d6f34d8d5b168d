namespace Gradus.Nn;

/// <summary>
/// One step of a plain recurrent layer: h ← tanh(x·Wᵀ + b_ih + h·Uᵀ + b_hh), or ReLU in place of tanh: [batch, inputs] and the state [batch, hidden] →
/// [batch, hidden].
/// </summary>
/// <inheritdoc cref="RecurrentCell{TIn, TOut}" path="/remarks"/>
public sealed class RnnCell : RecurrentCell<(Tensor Input, Tensor? State), Tensor>
{
    private readonly RnnActivation _activation;

    /// <summary>A cell.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="hidden">The size of the state.</param>
    /// <param name="bias">Whether there are biases. Default true.</param>
    /// <param name="activation">Default tanh.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public RnnCell(int inputs, int hidden, bool bias = true, RnnActivation activation = RnnActivation.Tanh)
        : base("rnnCell", 1, inputs, hidden, bias) => _activation = activation;

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Input, Tensor? State) input)
    {
        var x = input.Input;
        RequireStep(x);
        return Step(OfInput(x), StateOf("state", input.State, x), Weights, _activation);
    }

    /// <summary>One step, the input's part of it being given.</summary>
    internal static Tensor Step(Tensor input, Tensor hidden, RecurrentWeights weights, RnnActivation activation)
    {
        var sum = input + hidden.Linear(weights.HiddenWeight, weights.HiddenBias?.Value);
        return activation == RnnActivation.Relu ? sum.Relu() : sum.Tanh();
    }
}
