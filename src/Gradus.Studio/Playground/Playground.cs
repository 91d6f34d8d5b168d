using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Studio;

/// <summary>A small network that learns points of the plane step by step, back as well as on: the same options and edits give the same bits.</summary>
/// <remarks>To go back, the snapshot before the step is restored and the steps since are made again.</remarks>
public sealed class Playground
{
    private const double MomentumOfChoice = 0.9;
    private const int StepsBetweenSnapshots = 50;
    private const int MostSnapshots = 200;

    private readonly PlaygroundOptions _options;
    private readonly PlaygroundPoints _points;
    private readonly Tensor _features, _targets;
    private readonly Batches _batches;
    private readonly List<double> _losses = [];
    private readonly List<PlaygroundSnapshot> _snapshots = [];
    private readonly List<PlaygroundEdit> _edits = [];
    private PlaygroundNetwork _network;
    private Optimizer _optimizer;
    private int _between = StepsBetweenSnapshots;

    /// <summary>A network that has not learnt anything yet.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Playground(PlaygroundOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _points = new PlaygroundPoints(options);
        _features = PlaygroundPoints.FeaturesOf(_points.X, options.Features);
        _targets = Tensor.From(_points.Targets, [_points.Count, 1]);
        _batches = new Batches(_points.Trained, new BatchOptions
        {
            Size = options.Batch == 0 ? _points.Trained : Math.Min(options.Batch, _points.Trained),
            Shuffle = options.Batch > 0,
            Seed = (ulong)options.Seed,
        });
        (_network, _optimizer) = Begin();
    }

    /// <summary>The steps that are made.</summary>
    public int Step { get; private set; }

    /// <summary>The loss of each step's batch before the step, also of those after <see cref="Step"/> that were made once.</summary>
    public IReadOnlyList<double> Losses => _losses;

    internal PlaygroundOptions Options => _options;

    internal PlaygroundPoints Points => _points;

    internal PlaygroundNetwork Network => _network;

    /// <summary>The change of each parameter in the last step; empty before the first.</summary>
    internal IReadOnlyList<float[]> LastUpdates { get; private set; } = [];

    /// <summary>Makes some steps.</summary>
    public void Advance(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        for (var left = steps; left > 0; left--) MakeStep(isLast: left == 1);
    }

    /// <summary>Goes to where a step was, or would be.</summary>
    public void GoTo(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (step < Step)
        {
            var snapshot = _snapshots.LastOrDefault(snapshot => snapshot.Step <= step);
            if (snapshot is null) (_network, _optimizer) = Begin();
            else snapshot.Restore(_network, _optimizer);
            Step = snapshot?.Step ?? 0;
            LastUpdates = [];
            ApplySwitches(Step);
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
        Edit(new PlaygroundEdit(Step, layer, neuron, input, value));
    }

    /// <summary>Switches a hidden neuron off, so that its output is 0, or on; from here on.</summary>
    /// <exception cref="ArgumentException">There is no such neuron.</exception>
    public void Switch(int layer, int neuron, bool isOn)
    {
        if (layer < 0 || layer >= _options.Layers.Count || neuron < 0 || neuron >= _options.Layers[layer])
            throw new ArgumentException($"neuron: there is none with number {neuron} in hidden layer {layer}.");
        Edit(new PlaygroundEdit(Step, layer, neuron, -1, isOn ? 1 : 0));
    }

    /// <summary>Says what is wrong with the network, on all points that are trained on.</summary>
    internal Examination Examine()
    {
        var (features, targets) = Select([.. Enumerable.Range(0, _points.Trained)]);
        return Doctor.Examine(_network.Modules, () => LossOf(features, targets), _optimizer);
    }

    /// <summary>The mean loss of some points: [points, features], targets [points, 1].</summary>
    internal Tensor LossOf(Tensor features, Tensor targets)
    {
        var output = _network.Forward(features)[^1];
        return _options.IsClassification ? Nn.Losses.BinaryCrossEntropyWithLogits(output, targets) : Nn.Losses.MeanSquaredError(output, targets);
    }

    /// <summary>Some points, as the network is given them.</summary>
    internal (Tensor Features, Tensor Targets) Select(ReadOnlySpan<int> rows)
    {
        var numbers = Tensor.From(rows.ToArray(), [rows.Length]);
        return (_features.IndexSelect(0, numbers), _targets.IndexSelect(0, numbers));
    }

    private (PlaygroundNetwork Network, Optimizer Optimizer) Begin()
    {
        var network = new PlaygroundNetwork(_options);
        Optimizer optimizer = _options.Optimizer switch
        {
            PlaygroundOptimizer.Adam => new Adam(network.Parameters, new AdamOptions { LearningRate = _options.Rate, WeightDecay = _options.Decay }),
            var kind => new Sgd(network.Parameters, new SgdOptions
            {
                LearningRate = _options.Rate,
                WeightDecay = _options.Decay,
                Momentum = kind == PlaygroundOptimizer.Momentum ? MomentumOfChoice : 0,
            }),
        };
        return (network, optimizer);
    }

    private void MakeStep(bool isLast)
    {
        var (epoch, batch) = (Step / _batches.Count, Step % _batches.Count);
        var (features, targets) = Select(_batches.Epoch(epoch, batch).First().Span);
        var before = isLast ? _network.Parameters.Select(static parameter => parameter.Value.ToArray<float>()).ToArray() : [];
        _optimizer.ZeroGrad();
        var loss = LossOf(features, targets);
        loss.Backward();
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

    private void Keep()
    {
        _snapshots.Add(new PlaygroundSnapshot(Step, _network, _optimizer));
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
        Apply(edit);
    }

    private void Apply(int step)
    {
        foreach (var edit in _edits.Where(edit => edit.Step == step)) Apply(edit);
    }

    private void Apply(PlaygroundEdit edit)
    {
        if (edit.Input < 0) _network.Switch(edit.Layer, edit.Neuron, edit.Value != 0);
        else _network.Set(edit.Layer, edit.Neuron, edit.Input, edit.Value);
    }

    // Snapshots hold no switches: as they were before a step.
    private void ApplySwitches(int step)
    {
        for (var layer = 0; layer < _options.Layers.Count; layer++)
        {
            for (var neuron = 0; neuron < _options.Layers[layer]; neuron++) _network.Switch(layer, neuron, isOn: true);
        }

        foreach (var edit in _edits.Where(edit => edit.Input < 0 && edit.Step < step)) Apply(edit);
    }
}
