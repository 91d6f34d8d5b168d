namespace Gradus.Nn;

/// <summary>One step of a <see cref="Gru"/>: [batch, inputs] and the state [batch, hidden] → [batch, hidden].</summary>
/// <remarks>
/// The state's names are those of PyTorch's cell, <c>weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c>, <c>bias_hh</c>, all uniform in ±1/√hidden at first.
/// </remarks>
public sealed class GruCell : Layer<(Tensor Input, Tensor? State), Tensor>
{
    private readonly RecurrentWeights _weights;

    /// <summary>A cell.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="hidden">The size of the state.</param>
    /// <param name="bias">Whether there are biases. Default true.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public GruCell(int inputs, int hidden, bool bias = true)
    {
        Expect.Positive("gruCell", "inputs", inputs);
        Expect.Positive("gruCell", "hidden", hidden);
        _weights = new RecurrentWeights(3, PendingShape.Of(Shape.Size(3L * hidden, "gruCell"), inputs), hidden, bias);
        WeightIh = _weights.InputWeight;
        WeightHh = _weights.HiddenWeight;
        BiasIh = _weights.InputBias;
        BiasHh = _weights.HiddenBias;
    }

    /// <summary>The input's weight, [3·hidden, inputs].</summary>
    public Parameter WeightIh { get; private init => field = Register(value)!; }

    /// <summary>The state's weight, [3·hidden, hidden].</summary>
    public Parameter WeightHh { get; private init => field = Register(value)!; }

    /// <summary>The input's bias, [3·hidden], or null.</summary>
    public Parameter? BiasIh { get; private init => field = Register(value); }

    /// <summary>The state's bias, [3·hidden], or null.</summary>
    public Parameter? BiasHh { get; private init => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Input, Tensor? State) input)
    {
        var (x, given) = (input.Input, input.State);
        if (x.Rank != 2 || x.Shape[1] != WeightIh.Shape[1]) throw Expect.Got($"[batch, {WeightIh.Shape[1]}]", x);
        var hidden = WeightHh.Shape[1];
        var state = given ?? Tensor.Zeros([x.Shape[0], hidden], x.DType);
        Expect.State("state", state, x.Shape[0], hidden);
        Tensor ofInput = x.Linear(WeightIh, BiasIh?.Value), ofState = state.Linear(WeightHh, BiasHh?.Value);
        var reset = (Gate(ofInput, 0) + Gate(ofState, 0)).Sigmoid();
        var update = (Gate(ofInput, 1) + Gate(ofState, 1)).Sigmoid();
        var proposed = (Gate(ofInput, 2) + (reset * Gate(ofState, 2))).Tanh();
        return proposed + (update * (state - proposed));

        Tensor Gate(Tensor gates, int index) => gates.Slice(1, index * hidden, hidden);
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{WeightIh.Shape[1]} → {WeightHh.Shape[1]}{(BiasIh is null ? ", no bias" : "")}";
}
