using System.Diagnostics;
using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// Trains a network: for each batch it computes the loss, its gradients and an optimizer step. After each epoch it evaluates the network on the
/// validation set, and at the end it restores the weights of the best epoch.
/// </summary>
/// <remarks>
/// The loss follows from the data: cross-entropy for classes and for the next token of text, mean squared error for numeric targets. A dataset
/// without labels and targets trains an autoencoder: the target is the input, the loss the mean squared error. Equal options and data give
/// bit-identical weights on any number of threads.
/// </remarks>
public sealed class Trainer
{
    private const int MostStepsBetweenValidations = 500;

    private readonly Module<Tensor, Tensor> _model;
    private readonly DataSplit _data;
    private readonly TrainingOptions _options;
    private readonly double _targetDeviation;

    /// <summary>
    /// Prepares a run. Parameters that have no values yet are initialized from <see cref="TrainingOptions.Seed"/>; parameters that were initialized,
    /// loaded or trained before keep theirs.
    /// </summary>
    /// <param name="model">The network. Its outputs are logits for classes, or predictions of the targets.</param>
    /// <param name="data">Training, validation and test set. The last two may be empty.</param>
    /// <param name="options">The settings. Default: null, those of <see cref="TrainingOptions"/>.</param>
    /// <param name="targetDeviation">
    /// The standard deviation by which the targets were divided. It turns errors back into the target's unit. Default: 1.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="GradusException">There are no samples to train on.</exception>
    public Trainer(Module<Tensor, Tensor> model, DataSplit data, TrainingOptions? options = null, double targetDeviation = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        _options = options ?? new TrainingOptions();
        _options.Validate();
        if (data.Train.Count == 0) throw new GradusException($"train: {data.Train.Name} has no samples to train on.");
        if (!(targetDeviation > 0 && double.IsFinite(targetDeviation)))
        {
            throw new ArgumentOutOfRangeException(nameof(targetDeviation), targetDeviation, "The targets' deviation is a finite number above 0.");
        }

        _model = model;
        _data = data.Train.IsText ? data with { Train = data.Train.OverlappingWindows() } : data;
        _targetDeviation = targetDeviation;
        model.Initialize(_options.Seed, keepValues: true);
    }

    /// <summary>Runs the training and yields its events. The run advances only while the events are enumerated.</summary>
    /// <param name="cancellation">Ends the run after the current batch. The last event is then <see cref="TrainingInterrupted"/>.</param>
    /// <exception cref="TrainingException">
    /// A training loss is NaN or infinite, no validation loss is finite, or a weight is NaN or infinite at the end.
    /// </exception>
    public IEnumerable<TrainingEvent> Run(CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        var infinite = BuffersThatAreNotFinite();
        var batches = CreateBatches();
        var steps = _options.Steps ?? ((long)_options.Epochs * batches.Count);
        var optimizer = _options.CreateOptimizer(_model.Parameters());
        var schedule = _options.CreateSchedule(steps);
        var best = (Epoch: 0, Step: 0L, Valid: (Evaluation?)null, Weights: (Dictionary<string, Tensor>?)null);
        var step = 0L;
        var epoch = 1;
        yield return new TrainingStarted(_model.Parameters().Sum(static parameter => parameter.Shape.ElementCount), _data.Train.Length, steps, batches.Count);
        if (_options.DoctorEvery is not null) yield return Examine(optimizer, 0, 0);

        for (; step < steps; epoch++)
        {
            double sum = 0, samples = 0;
            var batch = 0;
            foreach (var rows in batches.Epoch(epoch - 1))
            {
                if (cancellation.IsCancellationRequested)
                {
                    yield return new TrainingInterrupted(epoch, step, clock.Elapsed.TotalSeconds);
                    yield break;
                }

                optimizer.LearningRate = _options.Rate * schedule.At(step);
                var loss = Step(optimizer, rows.Span, epoch, ++batch);
                sum += loss * rows.Length;
                samples += rows.Length;
                yield return new StepDone(epoch, ++step, loss, rows.Length * _data.Train.PredictionsPerSample, optimizer.LearningRate);
                if (step == steps) break;
            }

            var valid = _data.Validation.Count > 0 ? Evaluation.Of(_model, _data.Validation, _targetDeviation) : null;
            var isBest = best.Valid is null || valid is null || valid.IsBetterThan(best.Valid);
            if (isBest) best = (epoch, step, valid, step == steps ? [] : Copy(_model.State()));
            yield return new EpochDone(epoch, sum / samples, valid, isBest, clock.Elapsed.TotalSeconds) { Step = step };
            if (_options.DoctorEvery is { } every && epoch % every == 0) yield return Examine(optimizer, epoch, step);
        }

        if (cancellation.IsCancellationRequested)
        {
            yield return new TrainingInterrupted(epoch - 1, step, clock.Elapsed.TotalSeconds);
            yield break;
        }

        if (best.Valid is { } kept && !double.IsFinite(kept.Loss))
        {
            throw new TrainingException(FormattableString.Invariant(
                $"epoch {best.Epoch}: the validation loss is {kept.Loss}, and no later one was finite. A lower learning rate may help."));
        }

        // Empty weights stand for those that the network has now.
        if (best.Weights is { Count: > 0 })
        {
            using var noGrad = new NoGrad();
            _model.LoadState(best.Weights);
        }

        var buffers = _model.NamedBuffers().Where(named => !infinite.Contains(named.Buffer)).Select(static named => (named.Name, named.Buffer.Value));
        foreach (var (name, values) in _model.NamedParameters().Select(static named => (named.Name, named.Parameter.Value)).Concat(buffers))
        {
            if (!AreFinite(values))
            {
                throw new TrainingException(
                    FormattableString.Invariant($"after step {best.Step}: '{name}' holds NaN or infinity. A lower learning rate may help."));
            }
        }

        var test = _data.Test.Count > 0 ? Evaluation.Of(_model, _data.Test, _targetDeviation) : null;
        yield return new TrainingDone(best.Epoch, test, clock.Elapsed.TotalSeconds) { Validation = best.Valid, BestStep = best.Step };
    }

    /// <summary>Buffers that are infinite from the start, such as masks: they do not tell that the run failed.</summary>
    private HashSet<ModuleBuffer> BuffersThatAreNotFinite() =>
        [.. _model.NamedBuffers().Select(static named => named.Buffer).Where(static buffer => buffer.Sizes.Known is not null && !AreFinite(buffer.Value))];

    /// <summary>
    /// Every row once per epoch. For text, windows drawn at random; a run of a given number of steps then has about ten epochs, hence ten
    /// validations.
    /// </summary>
    private Batches CreateBatches()
    {
        var options = new BatchOptions { Size = _options.BatchSize, Seed = (ulong)_options.Seed };
        // One row has no variance over the batch: a last row that is left over joins the batch before it.
        if (!_data.Train.IsText)
        {
            return new Batches(_data.Train.Count, options with { MinLastBatch = _model.NamedModules().Any(static named => named.Module is BatchNorm) ? 2 : 1 });
        }

        var drawn = _options.Steps is { } steps
            ? Math.Clamp((steps + 9) / 10, 1, MostStepsBetweenValidations)
            : Math.Max(1, _data.Train.Length / ((long)_options.BatchSize * _data.Train.PredictionsPerSample));
        return new Batches(_data.Train.Count, options with { SampledBatches = (int)drawn });
    }

    private double Step(Optimizer optimizer, ReadOnlySpan<int> rows, int epoch, int batch)
    {
        var inputs = _data.Train.InputTensor(rows);
        var targets = _data.Train.TargetsOf(rows);
        optimizer.ZeroGrad();
        var loss = Loss(inputs, targets);
        var value = loss.Item();
        if (!double.IsFinite(value)) throw NotFinite(value, epoch, batch, inputs, targets);
        loss.Backward();
        optimizer.Step();
        return value;
    }

    private NetworkExamined Examine(Optimizer optimizer, int epoch, long step)
    {
        // At the highest rate: at the end of a schedule every rate is too low.
        optimizer.LearningRate = _options.Rate;
        return new NetworkExamined(
            epoch, step, Checkup.Of(_model, _data.Train, optimizer, _data.Train.IsText ? _options.BatchSize : Math.Max(_options.BatchSize, 128)));
    }

    private Tensor Loss(Tensor inputs, Tensor targets) => _data.Train.LossOf(_model.Forward(inputs), targets);

    /// <summary>Computes the batch again to find the first operator whose result is not finite.</summary>
    private TrainingException NotFinite(double value, int epoch, int batch, Tensor inputs, Tensor targets)
    {
        var what = FormattableString.Invariant($"epoch {epoch}, batch {batch}: the loss is {value}");
        try
        {
            using var noGrad = new NoGrad();
            using var anomaly = new Anomaly();
            Loss(inputs, targets);
        }
        catch (GradusException exception)
        {
            return new TrainingException($"{what}. The first operator that was not finite: {exception.Message} A lower learning rate may help.");
        }

        return new TrainingException($"{what}.");
    }

    private static bool AreFinite(Tensor values)
    {
        using var noGrad = new NoGrad();
        return !values.DType.IsFloat || values.IsFinite().All().Item<bool>();
    }

    private static Dictionary<string, Tensor> Copy(IReadOnlyDictionary<string, Tensor> state) =>
        state.ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());
}
