namespace Gradus.Nn;

/// <summary>One step of an <see cref="Lstm"/>: [batch, inputs] and the states h and c, [batch, hidden] each, → h and c.</summary>
/// <remarks>
/// The state's names are those of PyTorch's cell, <c>weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c>, <c>bias_hh</c>, all uniform in ±1/√hidden at first.
/// </remarks>
public sealed class LstmCell : Layer<(Tensor Input, (Tensor Hidden, Tensor Cell)? State), (Tensor Hidden, Tensor Cell)>
{
    private readonly RecurrentWeights _weights;

    /// <summary>A cell.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="hidden">The size of the state.</param>
    /// <param name="bias">Whether there are biases. Default true.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public LstmCell(int inputs, int hidden, bool bias = true)
    {
        Expect.Positive("lstmCell", "inputs", inputs);
        Expect.Positive("lstmCell", "hidden", hidden);
        _weights = new RecurrentWeights(4, PendingShape.Of(Shape.Size(4L * hidden, "lstmCell"), inputs), hidden, bias);
        WeightIh = _weights.InputWeight;
        WeightHh = _weights.HiddenWeight;
        BiasIh = _weights.InputBias;
        BiasHh = _weights.HiddenBias;
    }

    /// <summary>The input's weight, [4·hidden, inputs].</summary>
    public Parameter WeightIh { get; private init => field = Register(value)!; }

    /// <summary>The state's weight, [4·hidden, hidden].</summary>
    public Parameter WeightHh { get; private init => field = Register(value)!; }

    /// <summary>The input's bias, [4·hidden], or null.</summary>
    public Parameter? BiasIh { get; private init => field = Register(value); }

    /// <summary>The state's bias, [4·hidden], or null.</summary>
    public Parameter? BiasHh { get; private init => field = Register(value); }

    /// <inheritdoc/>
    protected override (Tensor Hidden, Tensor Cell) Compute((Tensor Input, (Tensor Hidden, Tensor Cell)? State) input)
    {
        var (x, state) = (input.Input, input.State);
        if (x.Rank != 2 || x.Shape[1] != WeightIh.Shape[1]) throw Expect.Got($"[batch, {WeightIh.Shape[1]}]", x);
        var size = WeightHh.Shape[1];
        var zeros = Tensor.Zeros([x.Shape[0], size], x.DType);
        var (hidden, cell) = state ?? (zeros, zeros);
        Expect.State("hidden state", hidden, x.Shape[0], size);
        Expect.State("cell state", cell, x.Shape[0], size);
        return Step(x.Linear(WeightIh, BiasIh?.Value), hidden, cell, _weights);
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

    /// <inheritdoc/>
    protected override string Describe() => $"{WeightIh.Shape[1]} → {WeightHh.Shape[1]}{(BiasIh is null ? ", no bias" : "")}";
}
