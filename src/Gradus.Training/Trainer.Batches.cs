using System.Diagnostics;
using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>Trains what a task says, on batches of any kind: forward, loss, backward, step; validates after each epoch and keeps the best weights.</summary>
/// <remarks>
/// Equal task, data and options give equal bits, on any number of threads. Where the run stands is one value (<see cref="Capture"/>): another trainer of the
/// same task, data and options that takes it up (<see cref="Restore"/>) goes on as if nothing had happened, in the middle of an epoch too.
/// </remarks>
/// <typeparam name="TBatch">What a batch is.</typeparam>
public sealed partial class Trainer<TBatch> : ITrainer
{
    private readonly LearningTask<TBatch> _task;
    private readonly IBatchSource<TBatch> _train;
    private readonly IBatchSource<TBatch>? _validation;
    private readonly TrainingOptions _options;
    private readonly IReadOnlyList<Optimizer> _optimizers;
    private readonly double[] _rates;
    private readonly TrainingStep _step;
    private readonly HashSet<ModuleBuffer> _infinite;
    private readonly FrozenParameters _frozen;
    private readonly Batches _shuffled;

    // The batch of a step that is watched.
    private TBatch? _batch;

    /// <summary>
    /// Prepares a training run. Parameters without values are initialized from the options' seed. Those that have values, because they were loaded or
    /// trained before, keep them.
    /// </summary>
    /// <param name="task">What is learned.</param>
    /// <param name="train">The training set.</param>
    /// <param name="validation">The validation set, by which the best epoch is chosen. Default: null, none.</param>
    /// <param name="options">How to train. Default: null, those of <see cref="TrainingOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="GradusException">The training set is empty.</exception>
    public Trainer(LearningTask<TBatch> task, IBatchSource<TBatch> train, IBatchSource<TBatch>? validation = null, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(train);
        _options = options ?? new TrainingOptions();
        _options.Validate();
        if (train.Count == 0) throw new GradusException($"train: {(train as Dataset)?.Name ?? "the data"} has no samples to train on.");
        (_task, _train, _validation) = (task, train, validation is { Count: > 0 } ? validation : null);
        task.Network.Initialize(_options.Seed, keepValues: true);
        LearnSizes();
        _infinite = BuffersThatAreNotFinite();
        _frozen = new FrozenParameters(task.Network, _options);
        _optimizers = task.CreateOptimizers(_options.CreateOptimizer);
        _rates = [.. _optimizers.Select(static optimizer => optimizer.LearningRate)];
        _step = new TrainingStep(_optimizers, _options);
        if ((_options.Accumulate > 1 || _options.Shards > 1) && _optimizers.Count > 1)
        {
            throw new GradusException(
                $"{(_options.Shards > 1 ? "shards" : "accumulate")}: the task has {_optimizers.Count} optimizers, whose steps go one after the other; " +
                "expected one. Sum up in its own Step.");
        }

        _plateau = _options.ReduceOnPlateau is { } plateau ? new ReduceOnPlateau(plateau) : null;
        _average = _options switch
        {
            { AverageDecay: { } decay } => WeightAverage.Exponential(task.Network.Parameters(), decay),
            { AverageFromEpoch: not null } => WeightAverage.Equal(task.Network.Parameters()),
            _ => null,
        };
        _shuffled = new Batches(train.Count, new BatchOptions
        {
            Size = _options.BatchSize,
            Seed = (ulong)_options.Seed,
            // One row has no variance over the batch: where a shard would have no other, the rows left over at the end join the batch before.
            MinLastBatch = MeetsInBatchNorm ? _options.Shards : HasBatchNorm ? 2 * _options.Shards : 1,
        });
    }

    /// <summary>The test set, on which the result is reported once, at the end. Default: null, none.</summary>
    public IBatchSource<TBatch>? Test { get; init; }

    /// <summary>The batches of each epoch, as numbers of samples. Default: null, each sample once, shuffled anew for each epoch.</summary>
    public IBatchOrder? Order { get; init; }

    /// <summary>The number of samples that is reported when the run starts. Default: that of the training set.</summary>
    public int? ReportedSamples { get; init; }

    /// <summary>Examines the network at a moment of the run, as <see cref="TrainingOptions.DoctorEvery"/> asks. Default: null, never.</summary>
    public Func<Optimizer, Examination>? Examine { get; init; }

    /// <summary>Number of steps in the whole run.</summary>
    public long Steps => _options.Steps ?? ((long)_options.Epochs * Batches.Count);

    /// <summary>Trains the network, and yields what happens. The run goes on only while the events are enumerated.</summary>
    /// <param name="cancellation">Cancels the run after the current batch. The last event is then <see cref="TrainingInterrupted"/>.</param>
    /// <exception cref="TrainingException">
    /// The training loss is not finite, or the validation loss never was, or the final weights hold NaN or infinity.
    /// </exception>
    /// <exception cref="BatchReadException">A batch could not be read; those before it have made their steps.</exception>
    public IEnumerable<TrainingEvent> Run(CancellationToken cancellation = default) => Events(tellsSteps: true, cancellation);

    /// <inheritdoc/>
    public IEnumerable<TrainingEvent> RunByEpoch(CancellationToken cancellation = default) => Events(tellsSteps: false, cancellation);

    private IEnumerable<TrainingEvent> Events(bool tellsSteps, CancellationToken cancellation)
    {
        _wish = StopWish.None;
        using var reduction = _reduction = IsInShards ? new ShardReduction(_task.Network, _options) : null;
        using var cores = new CoreShare(_options.Budget?.Cores);
        var clock = Stopwatch.StartNew();
        var schedule = _options.CreateSchedule(Steps);
        if (_progress.Step == 0 && _progress.Epoch == 0)
        {
            var parameters = _task.Network.Parameters().Sum(static parameter => parameter.Shape.ElementCount);
            yield return new TrainingStarted(parameters, ReportedSamples ?? _train.Count, Steps, Batches.Count);
            if (_options.DoctorEvery is not null && Examine is not null) yield return Examined(0);
        }
        else
        {
            yield return new TrainingResumed(_progress.Epoch + 1, _progress.Step, Steps, Batches.Count);
        }

        var (before, isFirst) = (_progress.Seconds, true);
        double Elapsed() => _progress.Seconds = before + clock.Elapsed.TotalSeconds;
        bool IsInterrupted() => _options.Exchange is null ? cancellation.IsCancellationRequested : _wish == StopWish.Interrupted;
        StopWish Wish() => cancellation.IsCancellationRequested ? StopWish.Interrupted : IsTimeOver ? StopWish.TimeIsOver : StopWish.None;
        // An epoch whose last step is made may still want its end.
        while (_progress.Batch > 0 || (_progress.Step < Steps && !IsStale && !IsSpent))
        {
            _frozen.Apply(_progress.Epoch + 1);
            foreach (var (rows, parts) in RestOfEpoch())
            {
                if (_progress.Step == Steps || (IsSpent && _progress.Batch > 0)) break;
                if (IsInterrupted())
                {
                    yield return new TrainingInterrupted(_progress.Epoch + 1, _progress.Step, Elapsed());
                    yield break;
                }

                SetRates(schedule.At(_progress.Step) * (_plateau?.Factor ?? 1));
                var loss = MakeStep(rows.Span, parts, Wish());
                _progress.LossSum += loss * rows.Length;
                _progress.Samples += rows.Length;
                _progress.Batch++;
                _progress.Step++;
                Elapsed();
                if (isFirst && _reduction is { Unused: { Count: > 0 } unused }) yield return new ParametersUnused(unused);
                isFirst = false;
                if (!tellsSteps) continue;
                yield return new StepDone(
                    _progress.Epoch + 1, _progress.Step, loss, rows.Length * _task.PredictionsPerSample, _optimizers[0].LearningRate)
                {
                    GradientNorm = _step.FirstNorm,
                };
            }

            var ended = EndEpoch(Elapsed);
            yield return ended;
            if (ended.IsExamined) yield return Examined(_progress.Epoch);
        }

        if (IsInterrupted())
        {
            yield return new TrainingInterrupted(_progress.Epoch, _progress.Step, Elapsed());
            yield break;
        }

        if (IsSpent && _progress.Step < Steps && !IsStale) yield return new BudgetSpent(_progress.Epoch, _progress.Step, _progress.Seconds);
        TakeBest();
        var test = Test is { Count: > 0 } ? Evaluate(Test) : null;
        yield return new TrainingDone(_progress.BestEpoch, test, Elapsed()) { Validation = _best, BestStep = _progress.BestStep };
    }

    private IBatchOrder Batches => Order ?? _shuffled;

    private bool IsStale => _options.Patience is { } patience && _validation is not null && _progress.Epoch - _progress.BestEpoch >= patience;

    /// <summary>Whether the time is over, as of the last step: it does not pass between two steps.</summary>
    private bool IsSpent => _options.Exchange is null ? IsTimeOver : _wish == StopWish.TimeIsOver;

    private bool IsTimeOver => _options.Budget?.Time is { } time && _progress.Step > 0 && _progress.Seconds >= time.TotalSeconds;

    /// <summary>Gives each optimizer its own rate times a factor.</summary>
    private void SetRates(double factor)
    {
        for (var index = 0; index < _optimizers.Count; index++) _optimizers[index].LearningRate = _rates[index] * factor;
    }

    /// <param name="rows">The samples of the batch.</param>
    /// <param name="parts">The batch, in its parts; null where it is to be read.</param>
    /// <param name="wish">Whether this process wants to stop, where several train together.</param>
    private double MakeStep(ReadOnlySpan<int> rows, TBatch[]? parts = null, StopWish wish = StopWish.None)
    {
        for (var index = 0; index < _optimizers.Count; index++) _optimizers[index].ZeroGrad();
        _step.Begin(_progress.Epoch + 1, _progress.Step + 1);
        _task.BeginStep(_options.Seed, _step.Step);
        var loss = IsInShards ? StepOnShards(rows, wish)
            : _options.Accumulate == 1 ? StepOn(parts is null ? Read(rows) : parts[0])
            : StepOnParts(rows, parts);
        if (_options.AverageDecay is not null) _average!.Update();
        return loss;
    }

    /// <summary>Reads and computes the batch in parts of about equal size.</summary>
    private double StepOnParts(ReadOnlySpan<int> rows, TBatch[]? read)
    {
        var (parts, loss) = (PartsOf(rows.Length), 0.0);
        for (var part = 0; part < parts; part++)
        {
            var (start, length) = PartOf(rows.Length, part);
            _step.BeginPart((double)length / rows.Length, goesOn: part > 0, isUnfinished: part < parts - 1, part);
            loss += StepOn(read is null ? Read(rows.Slice(start, length)) : read[part]) * _step.Share;
        }

        return loss;
    }

    private double StepOn(TBatch batch)
    {
        if (_step.Watch is not null) _batch = batch;
        try
        {
            return _task.Step(batch, _step);
        }
        catch (NotFiniteLossException exception)
        {
            throw NotFinite(exception.Loss, batch);
        }
    }

    /// <summary>Evaluates the network on data, by all processes together where there are several.</summary>
    private Evaluation Evaluate(IBatchSource<TBatch> data)
    {
        _task.Exchange = _options.Exchange;
        try
        {
            return _task.Evaluate(data);
        }
        finally
        {
            _task.Exchange = null;
        }
    }

    private EpochDone EndEpoch(Func<double> elapsed)
    {
        if (_options.AverageFromEpoch <= _progress.Epoch + 1) _average!.Update();
        SwapAverage();
        var valid = _validation is null ? null : Evaluate(_validation);
        var isBest = _progress.BestEpoch == 0 || _best is null || valid is null || IsBetter(valid, _best);
        if (isBest)
        {
            _best = valid;
            (_progress.BestEpoch, _progress.BestStep) = (_progress.Epoch + 1, _progress.Step);
            // Empty weights stand for those that the network has now.
            _bestWeights = _progress.Step == Steps ? [] : Copy(_task.Network.State());
        }

        SwapAverage();
        if (_plateau is not null) _plateau.Update(valid?.Loss ?? (_progress.LossSum / _progress.Samples));
        var done = new EpochDone(_progress.Epoch + 1, _progress.LossSum / _progress.Samples, valid, isBest, elapsed())
        {
            Step = _progress.Step,
            IsExamined = _options.DoctorEvery is { } every && Examine is not null && (_progress.Epoch + 1) % every == 0,
        };
        (_progress.Epoch, _progress.Batch, _progress.LossSum, _progress.Samples) = (_progress.Epoch + 1, 0, 0, 0);
        return done;
    }

    private bool IsBetter(Evaluation evaluation, Evaluation other) =>
        _options.BestByLoss && double.IsFinite(other.Loss) ? evaluation.Loss < other.Loss : evaluation.IsBetterThan(other);

    /// <summary>Exchanges the weights and their average, once there is one.</summary>
    private void SwapAverage()
    {
        if (_average is { Count: > 0 }) _average.Swap();
    }

    /// <summary>Brings the weights of the best epoch into the network.</summary>
    private void TakeBest()
    {
        if (_best is { } kept && !double.IsFinite(kept.Loss))
        {
            throw new TrainingException(FormattableString.Invariant(
                $"epoch {_progress.BestEpoch}: the validation loss is {kept.Loss}, and no later one was finite. A lower learning rate may help."));
        }

        var network = _task.Network;
        if (_bestWeights is { Count: > 0 })
        {
            using var noGrad = new NoGrad();
            network.LoadState(_bestWeights);
        }
        else
        {
            SwapAverage();
        }

        var buffers = network.NamedBuffers().Where(named => !_infinite.Contains(named.Buffer)).Select(static named => (named.Name, named.Buffer.Value));
        foreach (var (name, values) in network.NamedParameters().Select(static named => (named.Name, named.Parameter.Value)).Concat(buffers))
        {
            if (AreFinite(values)) continue;
            throw new TrainingException(
                FormattableString.Invariant($"after step {_progress.BestStep}: '{name}' holds NaN or infinity. A lower learning rate may help."));
        }
    }

    private NetworkExamined Examined(int epoch)
    {
        // At the highest rate: at the end of a schedule every rate is too low.
        _optimizers[0].LearningRate = _rates[0];
        return new NetworkExamined(epoch, _progress.Step, Examine!(_optimizers[0]));
    }

    /// <summary>Computes the batch once more, watching for the operator at fault.</summary>
    private TrainingException NotFinite(double loss, TBatch batch)
    {
        var what = FormattableString.Invariant($"epoch {_progress.Epoch + 1}, batch {_progress.Batch + 1}: the loss is {loss}");
        RewindStreams(batch);
        var replay = CaptureStep(batch);
        try
        {
            using var noGrad = new NoGrad();
            using var anomaly = new Anomaly();
            _task.BeginStep(_options.Seed, _step.Step);
            _task.Loss(batch);
        }
        catch (GradusException exception)
        {
            what += $". The first operator that was not finite: {exception.Message} A lower learning rate may help";
        }

        return new TrainingException($"{what}.") { Replay = replay };
    }

    /// <summary>
    /// Brings the random streams back to where the step found them: each draws as many numbers for a batch whenever it is computed.
    /// </summary>
    private void RewindStreams(TBatch batch)
    {
        var after = _task.Network.RandomState();
        using (new NoGrad()) _task.Loss(batch);
        var before = new Dictionary<string, Tensor>(after);
        foreach (var (name, later) in _task.Network.RandomState())
        {
            if (later.Rank != 0 || !after.TryGetValue(name, out var position) || later.DType != DType.Int64) continue;
            var drawn = later.Item<long>() - position.Item<long>();
            before[name] = Tensor.Scalar(position.Item<long>() - drawn);
        }

        _task.Network.LoadRandomState(before);
    }

    /// <summary>Lets the first sample tell the sizes that the network's layers leave open.</summary>
    private void LearnSizes()
    {
        if (_task.Network.Parameters().All(static parameter => parameter.IsKnown)) return;
        using var noGrad = new NoGrad();
        using var inUse = Module.InUse();
        _task.Loss(_train.Read([0], epoch: 0));
    }

    /// <summary>The buffers that hold infinities before anything is learnt, as a mask does: they say nothing of the run.</summary>
    private HashSet<ModuleBuffer> BuffersThatAreNotFinite() =>
        [.. _task.Network.NamedBuffers().Select(static named => named.Buffer)
            .Where(static buffer => buffer.Sizes.Known is not null && !AreFinite(buffer.Value))];

    private static bool AreFinite(Tensor values)
    {
        using var noGrad = new NoGrad();
        return !values.DType.IsFloat || values.IsFinite().All().Item<bool>();
    }

    private static Dictionary<string, Tensor> Copy(IReadOnlyDictionary<string, Tensor> state) =>
        state.ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());
}
