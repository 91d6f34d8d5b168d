using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Studio;

/// <summary>A small network that learns points of the plane step by step, back as well as on: the same options and edits give the same bits.</summary>
/// <remarks>To go back, the snapshot before the step is restored and the steps since are made again.</remarks>
public sealed class Playground
{
    /// <summary>The error at which Huber's loss goes from a square to a line.</summary>
    internal const double HuberWidth = 0.5;

    private const double MomentumOfChoice = 0.9;
    private const int StepsBetweenSnapshots = 50;
    private const int MostSnapshots = 200;

    private readonly PlaygroundOptions _begun;
    private readonly PlaygroundPoints _points;
    private readonly Tensor _targets;
    private readonly Batches _batches;
    private readonly List<double> _losses = [];
    private readonly List<PlaygroundSnapshot> _snapshots = [];
    private readonly List<PlaygroundEdit> _edits = [];
    private PlaygroundOptions _options;
    private PlaygroundNetwork _network;
    private Optimizer _optimizer;
    private Tensor _features;
    private int _between = StepsBetweenSnapshots;

    /// <summary>A network that has not learnt anything yet.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Playground(PlaygroundOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _begun = options.Validated();
        _points = PlaygroundPoints.Of(options);
        _targets = Tensor.From(_points.Targets, [_points.Count, 1]);
        var trained = Math.Max(1, _points.Trained);
        _batches = new Batches(trained, new BatchOptions
        {
            Size = options.Batch == 0 ? trained : Math.Min(options.Batch, trained),
            Shuffle = options.Batch > 0,
            Seed = (ulong)options.Seed,
        });
        (_options, _network, _optimizer, _features) = Begin(_begun);
    }

    /// <summary>The steps that are made.</summary>
    public int Step { get; private set; }

    /// <summary>The loss of each step's batch before the step, also of those after <see cref="Step"/> that were made once.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>The options with the layers, the features and the learning rate of now.</summary>
    internal PlaygroundOptions Options => _options;

    internal PlaygroundPoints Points => _points;

    internal PlaygroundNetwork Network => _network;

    /// <summary>The points that are trained on: [points, features] and [points, 1].</summary>
    internal (Tensor Features, Tensor Targets) Trained => PartOf(0, _points.Trained);

    /// <summary>The points that are held out.</summary>
    internal (Tensor Features, Tensor Targets) Held => PartOf(_points.Trained, _points.Count - _points.Trained);

    /// <summary>The change of each parameter in the last step; empty before the first.</summary>
    internal IReadOnlyList<float[]> LastUpdates { get; private set; } = [];

    /// <summary>Makes some steps; none where there is no point to learn from.</summary>
    public void Advance(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (_points.Count == 0) return;
        for (var left = steps; left > 0; left--) MakeStep(isLast: left == 1);
    }

    /// <summary>Goes to where a step was, or would be.</summary>
    public void GoTo(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (step < Step)
        {
            var snapshot = _snapshots.LastOrDefault(snapshot => snapshot.Step <= step);
            (_options, _network, _optimizer, _features) = Begin(snapshot?.Options ?? _begun);
            snapshot?.Restore(_network, _optimizer);
            Step = snapshot?.Step ?? 0;
            LastUpdates = [];
            // A snapshot stands before what is edited at its step, and so does the beginning.
            Apply(Step);
        }

        Advance(step - Step);
    }

    /// <summary>Gives a weight another value, from here on.</summary>
    /// <param name="layer">The layer, from 0 for the first hidden one.</param>
    /// <param name="neuron">The neuron, from 0.</param>
    /// <param name="input">Its input, from 0; after the last, the bias.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">There is no such weight, or the value is not finite.</exception>
    public void SetWeight(int layer, int neuron, int input, float value)
    {
        if (layer < 0 || layer >= _network.Layers.Count || neuron < 0 || neuron >= _network.Sizes[layer + 1] || input < 0 || input > _network.Sizes[layer])
            throw new ArgumentException($"weight: there is none from {input} to neuron {neuron} of layer {layer}.");
        if (!float.IsFinite(value)) throw new ArgumentException($"weight: got {value}, expected a finite number.");
        Edit(new WeightEdit(Step, layer, neuron, input, value));
    }

    /// <summary>Switches a hidden neuron off, so that its output is 0, or on; from here on.</summary>
    /// <exception cref="ArgumentException">There is no such neuron.</exception>
    public void Switch(int layer, int neuron, bool isOn)
    {
        if (layer < 0 || layer >= _options.Layers.Count || neuron < 0 || neuron >= _options.Layers[layer])
            throw new ArgumentException($"neuron: there is none with number {neuron} in hidden layer {layer}.");
        Edit(new SwitchEdit(Step, layer, neuron, isOn));
    }

    /// <summary>Takes another learning rate, from here on.</summary>
    /// <exception cref="ArgumentException">It is not above 0, or too large.</exception>
    public void SetRate(double rate)
    {
        (_options with { Rate = rate }).Validated();
        Edit(new RateEdit(Step, rate));
    }

    /// <summary>Gives the network other layers or features, from here on; what stays keeps its weights, and new weights begin by the seed.</summary>
    /// <param name="layers">The neurons of each hidden layer.</param>
    /// <param name="features">What the network is given.</param>
    /// <exception cref="ArgumentException">There are too many, or none.</exception>
    public void Reshape(IReadOnlyList<int> layers, IReadOnlyList<PlaygroundFeature> features)
    {
        (_options with { Layers = layers, Features = features }).Validated();
        Edit(new ShapeEdit(Step, layers, features));
    }

    /// <summary>Learns at another rate; it is <see cref="SetRate"/> that remembers it.</summary>
    internal void TakeRate(double rate) => (_options, _optimizer.LearningRate) = (_options with { Rate = rate }, rate);

    /// <summary>Makes the network one of other layers and features; it is <see cref="Reshape"/> that remembers it.</summary>
    internal void TakeShape(IReadOnlyList<int> layers, IReadOnlyList<PlaygroundFeature> features)
    {
        var (options, network, optimizer) = (_options, _network, _optimizer);
        (_options, _network, _optimizer, _features) = Begin(options with { Layers = layers, Features = features });
        var transplant = new PlaygroundTransplant(network, options.Features, _network, features);
        transplant.TakeWeights();
        transplant.TakeMemory(optimizer, _optimizer);
        LastUpdates = [];
    }

    /// <summary>Says what is wrong with the network, on all points that are trained on.</summary>
    internal Examination Examine()
    {
        var (features, targets) = Trained;
        return Doctor.Examine(_network.Modules, () => LossOf(features, targets), _optimizer);
    }

    /// <summary>The mean loss of some points: [points, features], targets [points, 1].</summary>
    internal Tensor LossOf(Tensor features, Tensor targets) => LossOfOutput(_network.Forward(features)[^1], targets);

    /// <summary>The mean loss of what the network gives: [points, 1], a logit for classes.</summary>
    internal Tensor LossOfOutput(Tensor output, Tensor targets) => _options.UsedLoss switch
    {
        PlaygroundLoss.CrossEntropy => Nn.Losses.BinaryCrossEntropyWithLogits(output, targets),
        PlaygroundLoss.Absolute => Nn.Losses.MeanAbsoluteError(output, targets),
        PlaygroundLoss.Huber => Nn.Losses.Huber(output, targets, HuberWidth),
        _ => Nn.Losses.MeanSquaredError(_options.IsClassification ? output.Sigmoid() : output, targets),
    };

    /// <summary>Some points, as the network is given them.</summary>
    internal (Tensor Features, Tensor Targets) Select(ReadOnlySpan<int> rows)
    {
        var numbers = Tensor.From(rows.ToArray(), [rows.Length]);
        return (_features.IndexSelect(0, numbers), _targets.IndexSelect(0, numbers));
    }

    private (Tensor Features, Tensor Targets) PartOf(int first, int count) => (_features.Slice(0, first, count), _targets.Slice(0, first, count));

    private (PlaygroundOptions Options, PlaygroundNetwork Network, Optimizer Optimizer, Tensor Features) Begin(PlaygroundOptions options)
    {
        var network = new PlaygroundNetwork(options);
        double? decay = options.Penalty == PlaygroundPenalty.L2 ? options.Decay : null;
        Optimizer optimizer = options.Optimizer switch
        {
            PlaygroundOptimizer.Adam => new Adam(
                network.Parameters, new AdamOptions { LearningRate = options.Rate, WeightDecay = decay, DecayBiasesAndNorms = false }),
            var kind => new Sgd(network.Parameters, new SgdOptions
            {
                LearningRate = options.Rate,
                WeightDecay = decay,
                DecayBiasesAndNorms = false,
                Momentum = kind == PlaygroundOptimizer.Momentum ? MomentumOfChoice : 0,
            }),
        };
        return (options, network, optimizer, PlaygroundPoints.FeaturesOf(_points.X, options.Features));
    }

    private void MakeStep(bool isLast)
    {
        var (epoch, batch) = (Step / _batches.Count, Step % _batches.Count);
        var (features, targets) = _begun.Batch == 0 ? Trained : Select(_batches.Epoch(epoch, batch).First().Span);
        var before = isLast ? _network.Parameters.Select(static parameter => parameter.Value.ToArray<float>()).ToArray() : [];
        _optimizer.ZeroGrad();
        var loss = LossOf(features, targets);
        loss.Backward();
        if (_options is { Penalty: PlaygroundPenalty.L1, Decay: > 0 }) AddSigns();
        _optimizer.Step();
        if (Step == _losses.Count) _losses.Add(loss.Item());
        Step++;
        if (isLast)
        {
            LastUpdates = [.. _network.Parameters.Zip(before).Select(static pair =>
                pair.First.Value.ToArray<float>().Zip(pair.Second, static (now, then) => now - then).ToArray())];
        }

        if (Step % _between == 0 && !_snapshots.Exists(snapshot => snapshot.Step == Step)) Keep();
        Apply(Step);
    }

    // The gradient of λ |w|, of which optimizers know nothing.
    private void AddSigns()
    {
        using var noGrad = new NoGrad();
        foreach (var weight in _network.Layers.Select(static layer => layer.Weight))
            weight.Grad = weight.Grad! + (weight.Value.Detach().Sign() * _options.Decay);
    }

    private void Keep()
    {
        _snapshots.Add(new PlaygroundSnapshot(Step, _options, _network, _optimizer));
        if (_snapshots.Count <= MostSnapshots) return;
        _between *= 2;
        _snapshots.RemoveAll(snapshot => snapshot.Step % _between != 0);
    }

    // What was made after an edit was made without it.
    private void Edit(PlaygroundEdit edit)
    {
        _losses.RemoveRange(Step, _losses.Count - Step);
        _snapshots.RemoveAll(snapshot => snapshot.Step > Step);
        _edits.RemoveAll(other => other.Step > Step);
        _edits.Add(edit);
        edit.Apply(this);
    }

    private void Apply(int step)
    {
        foreach (var edit in _edits.Where(edit => edit.Step == step)) edit.Apply(this);
    }
}
