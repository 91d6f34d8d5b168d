using Gradus.Nn;

namespace Gradus.Training;

public sealed partial class Trainer<TBatch>
{
    private const string Weights = "network.", Streams = "random.", Best = "best.", Averages = "average.", Plateau = "plateau.";

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

        Add(Weights, _task.Network.State());
        Add(Streams, _task.Network.RandomState());
        for (var index = 0; index < _optimizers.Count; index++) Add(OptimizerPrefix(index), _optimizers[index].State());
        if (_bestWeights is { Count: > 0 }) Add(Best, _bestWeights);
        if (_average is not null) Add(Averages, _average.State());
        if (_plateau is not null) Add(Plateau, _plateau.State());
        return new TrainingState(tensors, _progress with { BestEvaluation = SavedEvaluation.Of(_best) });
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
        _task.Network.LoadState(Part(Weights));
        _task.Network.LoadRandomState(Part(Streams));
        for (var index = 0; index < _optimizers.Count; index++) _optimizers[index].LoadState(Part(OptimizerPrefix(index)));
        _average?.LoadState(Part(Averages));
        _plateau?.LoadState(Part(Plateau));
        var best = Part(Best);
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
