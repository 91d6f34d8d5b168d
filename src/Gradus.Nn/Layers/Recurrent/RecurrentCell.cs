namespace Gradus.Nn;

/// <summary>One step of a recurrent layer: what <see cref="RnnCell"/>, <see cref="LstmCell"/> and <see cref="GruCell"/> share.</summary>
/// <remarks>
/// The state's names are those of PyTorch's cells, <c>weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c>, <c>bias_hh</c>, all uniform in ±1/√hidden at first.
/// </remarks>
/// <typeparam name="TIn">What goes in.</typeparam>
/// <typeparam name="TOut">What comes out.</typeparam>
public abstract class RecurrentCell<TIn, TOut> : Layer<TIn, TOut>
{
    private protected RecurrentCell(string name, int gates, int inputs, int hidden, bool bias)
    {
        Expect.Positive(name, "inputs", inputs);
        Expect.Positive(name, "hidden", hidden);
        Weights = new RecurrentWeights(gates, PendingShape.Of(Shape.Size((long)gates * hidden, name), inputs), hidden, bias);
        WeightIh = Weights.InputWeight;
        WeightHh = Weights.HiddenWeight;
        BiasIh = Weights.InputBias;
        BiasHh = Weights.HiddenBias;
    }

    /// <summary>The input's weight, [gates·hidden, inputs]: 4 gates of an LSTM, 3 of a GRU, 1 of a plain cell.</summary>
    public Parameter WeightIh { get; private init => field = Register(value)!; }

    /// <summary>The state's weight, [gates·hidden, hidden].</summary>
    public Parameter WeightHh { get; private init => field = Register(value)!; }

    /// <summary>The input's bias, [gates·hidden], or null.</summary>
    public Parameter? BiasIh { get; private init => field = Register(value); }

    /// <summary>The state's bias, [gates·hidden], or null.</summary>
    public Parameter? BiasHh { get; private init => field = Register(value); }

    private protected RecurrentWeights Weights { get; }

    private protected int Hidden => WeightHh.Shape[1];

    /// <inheritdoc/>
    protected override string Describe() => $"{WeightIh.Shape[1]} → {Hidden}{(BiasIh is null ? ", no bias" : "")}";

    /// <summary>The input's part of the gates: [batch, inputs] → [batch, gates·hidden].</summary>
    private protected Tensor OfInput(Tensor input) => input.Linear(WeightIh, BiasIh?.Value);

    /// <summary>Refuses an input that is not [batch, inputs].</summary>
    private protected void RequireStep(Tensor input)
    {
        if (input.Rank != 2 || input.Shape[1] != WeightIh.Shape[1]) throw Expect.Got($"[batch, {WeightIh.Shape[1]}]", input);
    }

    /// <summary>A part of the state, [batch, hidden]; zeros where none is given.</summary>
    private protected Tensor StateOf(string name, Tensor? given, Tensor input)
    {
        var (batch, state) = (input.Shape[0], given ?? Tensor.Zeros([input.Shape[0], Hidden], input.DType));
        if (state.Rank != 2 || state.Shape[0] != batch || state.Shape[1] != Hidden) throw Expect.Got($"[{batch},{Hidden}] as the {name}", state);
        return state;
    }
}
