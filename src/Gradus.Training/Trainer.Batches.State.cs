using Gradus.Nn;

namespace Gradus.Training;

public sealed partial class Trainer<TBatch>
{
    private readonly TrainingProgress _progress = new();
    private readonly ReduceOnPlateau? _plateau;
    private readonly WeightAverage? _average;
    private Evaluation? _best;
    private Dictionary<string, Tensor>? _bestWeights;

    /// <summary>Where the run stands: everything that its next step depends on. Valid at each event that <see cref="Run"/> yields.</summary>
    /// <remarks>The tensors share memory with the network and the optimizers: save them before the run goes on.</remarks>
    public TrainingState Capture()
    {
        var tensors = new OrderedDictionary<string, Tensor>();
        void Add(string prefix, IEnumerable<KeyValuePair<string, Tensor>> state)
        {
            foreach (var (name, value) in state) tensors.Add(prefix + name, value);
        }

        Add(TrainingState.Weights, _task.Network.State());
        Add(TrainingState.Streams, _task.Network.RandomState());
        for (var index = 0; index < _optimizers.Count; index++) Add(OptimizerPrefix(index), _optimizers[index].State());
        if (_bestWeights is { Count: > 0 }) Add(TrainingState.Best, _bestWeights);
        if (_average is not null) Add(TrainingState.Averages, _average.State());
        if (_plateau is not null) Add(TrainingState.Plateau, _plateau.State());
        return new TrainingState(tensors, _progress with { BestEvaluation = SavedEvaluation.Of(_best) });
    }

    /// <inheritdoc cref="ITrainer.CaptureWeights"/>
    public IReadOnlyDictionary<string, Tensor> CaptureWeights() => _task.Network.MergedState();

    /// <summary>Where the run stands before a step, with the step's batch: what the step can be made from once more.</summary>
    private TrainingState CaptureStep(TBatch batch)
    {
        var state = Capture();
        var tensors = new OrderedDictionary<string, Tensor>(state.Tensors);
        foreach (var (name, value) in _task.TensorsOf(batch)) tensors.Add(TrainingState.Batch + name, value);
        return state with { Tensors = tensors };
    }

    /// <summary>Takes up a run where <see cref="Capture"/> found it. Call it before <see cref="Run"/>.</summary>
    /// <exception cref="GradusException">The state is that of another network, task or optimizer.</exception>
    public void Restore(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Dictionary<string, Tensor> Part(string prefix) => state.Tensors.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[prefix.Length..], static entry => entry.Value);
        Require(state.Progress);
        using var noGrad = new NoGrad();
        _task.Network.LoadState(Part(TrainingState.Weights));
        _task.Network.LoadRandomState(Part(TrainingState.Streams));
        for (var index = 0; index < _optimizers.Count; index++) _optimizers[index].LoadState(Part(OptimizerPrefix(index)));
        _average?.LoadState(Part(TrainingState.Averages));
        _plateau?.LoadState(Part(TrainingState.Plateau));
        var best = Part(TrainingState.Best);
        _bestWeights = best.Count > 0 ? best : null;
        _best = state.Progress.BestEvaluation?.ToEvaluation();
        _progress.Take(state.Progress);
    }

    private void Require(TrainingProgress progress)
    {
        var isPlace = progress.Epoch >= 0 && progress.Batch >= 0 && progress.Batch <= Batches.Count && progress.Step >= 0 && progress.Step <= Steps;
        if (isPlace && progress.BestEpoch >= 0 && progress.BestEpoch <= progress.Epoch) return;
        throw new GradusException(
            FormattableString.Invariant($"state: step {progress.Step}, batch {progress.Batch} of epoch {progress.Epoch + 1} is no place in a run ") +
            FormattableString.Invariant($"of {Steps} steps, {Batches.Count} an epoch."));
    }

    private static string OptimizerPrefix(int index) => FormattableString.Invariant($"optimizer{index}.");
}
