namespace Gradus.Nn;

/// <summary>
/// What <see cref="Rnn"/>, <see cref="Lstm"/> and <see cref="Gru"/> share: the parameters of one or several layers in one or two directions, under
/// PyTorch's names.
/// </summary>
/// <typeparam name="TIn">What goes in.</typeparam>
/// <typeparam name="TOut">What comes out.</typeparam>
public abstract class Recurrent<TIn, TOut> : Layer<TIn, TOut>
{
    private readonly double _dropout;
    private readonly RecurrentWeights[] _weights;

    private protected Recurrent(string operation, int gates, int? inputs, int hidden, RecurrentOptions options, int? projection = null)
    {
        if (inputs < 1 || hidden < 1 || options.Layers < 1)
        {
            throw new GradusException($"{operation}: {inputs} → {hidden} in {options.Layers} layers; all must be at least 1.");
        }

        if (projection < 1 || projection >= hidden) throw new GradusException($"{operation}: a projection to {projection}; expected from 1 to {hidden - 1}.");
        Expect.Probability(operation, options.Dropout);
        Outputs = projection ?? hidden;
        (Hidden, Layers, BatchFirst, IsBidirectional, _dropout) = (hidden, options.Layers, options.BatchFirst, options.Bidirectional, options.Dropout);
        var rows = Shape.Size((long)gates * hidden, operation);
        var ofInput = PendingShape.Of(rows, inputs ?? -1);
        _weights = new RecurrentWeights[Layers * Directions];
        for (var index = 0; index < _weights.Length; index++)
        {
            var layer = index / Directions;
            var name = $"l{layer}{(index % Directions == 1 ? "_reverse" : "")}";
            // Both directions of the first layer learn the size of the input together.
            var ofLayer = layer == 0 ? ofInput : PendingShape.Of(rows, Shape.Size((long)Outputs * Directions, operation));
            var weights = new RecurrentWeights(gates, ofLayer, hidden, options.Bias, projection);
            Register(weights.InputWeight, $"weight_ih_{name}");
            Register(weights.HiddenWeight, $"weight_hh_{name}");
            Register(weights.InputBias, $"bias_ih_{name}");
            Register(weights.HiddenBias, $"bias_hh_{name}");
            Register(weights.Projection, $"weight_hr_{name}");
            _weights[index] = weights;
        }
    }

    /// <summary>The size of the input's last axis.</summary>
    public int Inputs => _weights[0].InputWeight.Shape[1];

    /// <summary>The size of the state.</summary>
    public int Hidden { get; }

    /// <summary>The number of layers, each of which reads the states of the one before.</summary>
    public int Layers { get; }

    /// <summary>Whether sequences are [batch, time, …]; else they are [time, batch, …].</summary>
    public bool BatchFirst { get; }

    /// <summary>Whether a second run goes from the end of the sequence to its beginning; its states stand beside those of the first.</summary>
    public bool IsBidirectional { get; }

    internal override bool DiffersInTraining => (_dropout > 0 && Layers > 1) || base.DiffersInTraining;

    /// <summary>The size of what one direction gives for each step: that of the state, or of its projection.</summary>
    private protected int Outputs { get; }

    private int Directions => IsBidirectional ? 2 : 1;

    private string SequenceAxes => $"{(BatchFirst ? "[batch, time" : "[time, batch")}, {_weights[0].InputWeight.Sizes.At(1)}]";

    /// <summary>Sequences that were packed, which stand [batch, time, …], in the layout of this layer; others as they are.</summary>
    private protected Tensor InLayout(Tensor input, bool isPacked) => isPacked && !BatchFirst ? input.MoveAxis(0, 1) : input;

    /// <summary>Runs a sequence through all layers. A state is a tensor for each part of it (h, or h and c), [layers · directions, batch, hidden].</summary>
    /// <param name="input">The sequence.</param>
    /// <param name="lengths">The steps of each sequence of the batch, or none where all have all.</param>
    /// <param name="names">What the parts of the state are called in errors.</param>
    /// <param name="given">The parts of the first state; null for zeros.</param>
    /// <param name="run">One layer in one direction: the sequence, the state's parts and the weights to the outputs and the last state's parts.</param>
    private protected (Tensor Output, Tensor[] State) Run(
        Tensor input, IReadOnlyList<int>? lengths, ReadOnlySpan<string> names, ReadOnlySpan<Tensor?> given,
        Func<Tensor, Tensor[], RecurrentWeights, (Tensor Output, Tensor[] State)> run)
    {
        if (input.Rank == 3) _weights[0].InputWeight.Sizes.Settle(input.Shape[2]);
        if (input.Rank != 3 || input.Shape[2] != Inputs) throw Expect.Got(SequenceAxes, input);
        var batch = input.Shape[BatchFirst ? 0 : 1];
        var parts = new Tensor[given.Length];
        for (var part = 0; part < given.Length; part++)
        {
            // The first part is h, the size of what is given out.
            var size = part == 0 ? Outputs : Hidden;
            parts[part] = given[part] ?? Tensor.Zeros([_weights.Length, batch, size], input.DType);
            if (parts[part].Shape != Shape.Create([_weights.Length, batch, size]))
            {
                throw new GradusException($"{names[part]}: expected [{_weights.Length},{batch},{size}], got {parts[part].Describe()}.");
            }
        }

        var plan = lengths is null ? null : new RaggedRun(lengths, batch, input.Shape[BatchFirst ? 1 : 0], BatchFirst);
        var last = new Tensor[given.Length][];
        for (var part = 0; part < last.Length; part++) last[part] = new Tensor[_weights.Length];
        for (var layer = 0; layer < Layers; layer++)
        {
            if (layer > 0 && IsTraining && _dropout > 0) input = input.Dropout(_dropout, Random);
            var outputs = new Tensor[Directions];
            for (var direction = 0; direction < Directions; direction++)
            {
                var index = (layer * Directions) + direction;
                var first = Array.ConvertAll(parts, part => part.Select(0, index));
                var (output, state) = RunDirection(input, first, _weights[index], plan, direction == 1, run);
                outputs[direction] = output;
                for (var part = 0; part < state.Length; part++) last[part][index] = state[part];
            }

            input = IsBidirectional ? Tensor.Concat(outputs, -1) : outputs[0];
        }

        return (input, Array.ConvertAll(last, static states => Tensor.Stack(states)));
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        $"{_weights[0].InputWeight.Sizes.At(1)} → {Hidden}{(Layers > 1 ? $", {Layers} layers" : "")}{(IsBidirectional ? ", bidirectional" : "")}" +
        $"{(BatchFirst ? ", batch first" : "")}{(Outputs != Hidden ? $", projected to {Outputs}" : "")}" +
        $"{(_weights[0].InputBias is null ? ", no bias" : "")}";

    private (Tensor Output, Tensor[] State) RunDirection(
        Tensor input, Tensor[] first, RecurrentWeights weights, RaggedRun? plan, bool isReverse,
        Func<Tensor, Tensor[], RecurrentWeights, (Tensor Output, Tensor[] State)> run)
    {
        var time = BatchFirst ? 1 : 0;
        if (isReverse) input = plan?.Reverse(input) ?? input.Flip(time);
        var (output, state) = plan?.Run(input, first, (x, states) => run(x, states, weights)) ?? run(input, first, weights);
        if (isReverse) output = plan?.Reverse(output) ?? output.Flip(time);
        return (output, state);
    }
}
