namespace Gradus.Nn;

/// <summary>
/// One step of a plain recurrent layer: h ← tanh(x·Wᵀ + b_ih + h·Uᵀ + b_hh), or ReLU in place of tanh: [batch, inputs] and the state [batch, hidden] →
/// [batch, hidden].
/// </summary>
/// <remarks>
/// The state's names are those of PyTorch's cell, <c>weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c>, <c>bias_hh</c>, all uniform in ±1/√hidden at first.
/// </remarks>
public sealed class RnnCell : Layer<(Tensor Input, Tensor? State), Tensor>
{
    private readonly RecurrentWeights _weights;
    private readonly RnnActivation _activation;

    /// <summary>A cell.</summary>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="hidden">The size of the state.</param>
    /// <param name="bias">Whether there are biases. Default true.</param>
    /// <param name="activation">Default tanh.</param>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public RnnCell(int inputs, int hidden, bool bias = true, RnnActivation activation = RnnActivation.Tanh)
    {
        Expect.Positive("rnnCell", "inputs", inputs);
        Expect.Positive("rnnCell", "hidden", hidden);
        _activation = activation;
        _weights = new RecurrentWeights(1, PendingShape.Of(hidden, inputs), hidden, bias);
        WeightIh = _weights.InputWeight;
        WeightHh = _weights.HiddenWeight;
        BiasIh = _weights.InputBias;
        BiasHh = _weights.HiddenBias;
    }

    /// <summary>The input's weight, [hidden, inputs].</summary>
    public Parameter WeightIh { get; private init => field = Register(value)!; }

    /// <summary>The state's weight, [hidden, hidden].</summary>
    public Parameter WeightHh { get; private init => field = Register(value)!; }

    /// <summary>The input's bias, [hidden], or null.</summary>
    public Parameter? BiasIh { get; private init => field = Register(value); }

    /// <summary>The state's bias, [hidden], or null.</summary>
    public Parameter? BiasHh { get; private init => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Input, Tensor? State) input)
    {
        var (x, state) = (input.Input, input.State);
        if (x.Rank != 2 || x.Shape[1] != WeightIh.Shape[1]) throw Expect.Got($"[batch, {WeightIh.Shape[1]}]", x);
        var hidden = WeightHh.Shape[1];
        state ??= Tensor.Zeros([x.Shape[0], hidden], x.DType);
        Expect.State("state", state, x.Shape[0], hidden);
        return Step(x.Linear(WeightIh, BiasIh?.Value), state, _weights, _activation);
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{WeightIh.Shape[1]} → {WeightHh.Shape[1]}{(BiasIh is null ? ", no bias" : "")}";

    /// <summary>One step, the input's part of it being given.</summary>
    internal static Tensor Step(Tensor input, Tensor hidden, RecurrentWeights weights, RnnActivation activation)
    {
        var sum = input + hidden.Linear(weights.HiddenWeight, weights.HiddenBias?.Value);
        return activation == RnnActivation.Relu ? sum.Relu() : sum.Tanh();
    }
}
