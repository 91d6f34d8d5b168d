namespace Gradus.Nn;

/// <summary>What <see cref="Lstm"/> and <see cref="Gru"/> share: the parameters of one or several layers, under PyTorch's names, and the walk through the layers.</summary>
/// <typeparam name="TIn">What goes in.</typeparam>
/// <typeparam name="TOut">What comes out.</typeparam>
public abstract class Recurrent<TIn, TOut> : Layer<TIn, TOut>
{
    private readonly string _operation;
    private readonly double _dropout;
    private readonly Layer[] _layers;

    private protected Recurrent(string operation, int gates, int inputs, int hidden, int layers, bool batchFirst, double dropout)
    {
        if (inputs < 1 || hidden < 1 || layers < 1) throw new GradusException($"{operation}: {inputs} → {hidden} in {layers} layers; all must be at least 1.");
        if (!(dropout is >= 0 and < 1)) throw new GradusException(FormattableString.Invariant($"{operation}: dropout {dropout} is outside [0, 1)."));
        (_operation, Inputs, Hidden, BatchFirst, _dropout) = (operation, inputs, hidden, batchFirst, dropout);
        var init = Init.InverseSquareRoot(hidden);
        _layers = new Layer[layers];
        for (var layer = 0; layer < layers; layer++)
        {
            _layers[layer] = new Layer(
                Register(new Parameter([gates * hidden, layer == 0 ? inputs : hidden], init), $"weight_ih_l{layer}")!,
                Register(new Parameter([gates * hidden, hidden], init), $"weight_hh_l{layer}")!,
                Register(new Parameter([gates * hidden], init), $"bias_ih_l{layer}")!,
                Register(new Parameter([gates * hidden], init), $"bias_hh_l{layer}")!);
        }
    }

    /// <summary>The size of the input's last axis.</summary>
    public int Inputs { get; }

    /// <summary>The size of the state.</summary>
    public int Hidden { get; }

    /// <summary>The number of layers, each of which reads the states of the one before.</summary>
    public int Layers => _layers.Length;

    /// <summary>Whether sequences are [batch, time, …]; else they are [time, batch, …].</summary>
    public bool BatchFirst { get; }

    /// <summary>The parameters of a layer: input weight [gates·hidden, inputs], hidden weight [gates·hidden, hidden], input bias and hidden bias [gates·hidden].</summary>
    private protected Layer At(int layer) => _layers[layer];

    /// <summary>The input of a layer but the first: the states of the one before, some of them dropped in training.</summary>
    private protected Tensor Between(Tensor states) => IsTraining && _dropout > 0 ? states.Dropout(_dropout, Random) : states;

    /// <summary>The states that the layers begin with, [batch, hidden] each: from [layers, batch, hidden], or zeros.</summary>
    private protected Tensor[] First(Tensor input, string name, Tensor? given)
    {
        if (input.Rank != 3 || input.Shape[2] != Inputs) throw new GradusException($"{_operation}: the input is {input.Describe()}, expected {(BatchFirst ? "[batch, time" : "[time, batch")}, {Inputs}].");
        var batch = input.Shape[BatchFirst ? 0 : 1];
        if (given is not null && (given.Rank != 3 || given.Shape[0] != Layers || given.Shape[1] != batch || given.Shape[2] != Hidden))
        {
            throw new GradusException($"{_operation}: the {name} is {given.Describe()}, expected [{Layers},{batch},{Hidden}].");
        }

        return [.. Enumerable.Range(0, Layers).Select(layer => given is null ? Tensor.Zeros([batch, Hidden], input.DType) : given.Select(0, layer))];
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{Inputs} → {Hidden}{(Layers > 1 ? $", {Layers} layers" : "")}{(BatchFirst ? ", batch first" : "")}";

    /// <summary>One layer's parameters.</summary>
    private protected sealed record Layer(Parameter InputWeight, Parameter HiddenWeight, Parameter InputBias, Parameter HiddenBias);
}
