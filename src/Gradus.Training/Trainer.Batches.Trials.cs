using System.Diagnostics;
using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

public sealed partial class Trainer<TBatch>
{
    /// <summary>
    /// Makes steps at rates that rise from step to step, and tells the loss of each. Weights, optimizers, averages and random streams are then what they were.
    /// </summary>
    /// <param name="options">Which rates. Default: null, those of <see cref="LearningRateFinderOptions"/>.</param>
    /// <param name="cancellation">Ends the search after the current step.</param>
    /// <returns>The curve, and the rate that it suggests for <see cref="TrainingOptions.LearningRate"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public LearningRateCurve FindLearningRate(LearningRateFinderOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new LearningRateFinderOptions();
        options.Validate();
        return AndPutBack(() =>
        {
            var points = new List<LearningRatePoint>();
            var (sum, share, least) = (0.0, 0.0, double.PositiveInfinity);
            foreach (var rows in BatchesFromHere())
            {
                if (points.Count == options.Steps || cancellation.IsCancellationRequested) break;
                var rate = options.Lowest * Math.Pow(options.Highest / options.Lowest, points.Count / (options.Steps - 1.0));
                for (var index = 0; index < _optimizers.Count; index++)
                {
                    _optimizers[index].LearningRate = _rates[0] > 0 ? _rates[index] * (rate / _rates[0]) : rate;
                }

                if (TryStep(rows.Span) is not { } loss) break;
                // Divided by the weight that there is so far, so that the first losses are not taken for small ones.
                (sum, share) = ((0.9 * sum) + (0.1 * loss), (0.9 * share) + 0.1);
                var smoothed = sum / share;
                least = Math.Min(least, smoothed);
                points.Add(new LearningRatePoint(rate, loss, smoothed));
                if (smoothed > options.Divergence * least) break;
            }

            return new LearningRateCurve(points);
        });
    }

    /// <summary>
    /// Makes steps on one batch alone, again and again: a network that cannot learn one batch by heart learns nothing. Weights, optimizers, averages and
    /// random streams are then what they were.
    /// </summary>
    /// <param name="steps">Number of steps, at the highest rate of the schedule. Default: 200.</param>
    /// <param name="cancellation">Ends the trial after the current step.</param>
    /// <returns>The loss before each step.</returns>
    /// <exception cref="TrainingException">A loss is not finite.</exception>
    public IReadOnlyList<double> OverfitOneBatch(int steps = 200, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return AndPutBack(() =>
        {
            var losses = new List<double>();
            var rows = BatchesFromHere().First();
            SetRates(1);
            while (losses.Count < steps && !cancellation.IsCancellationRequested)
            {
                losses.Add(MakeStep(rows.Span));
                _progress.Step++;
            }

            return losses;
        });
    }

    /// <summary>
    /// Runs a few batches through everything: steps, validation and test, to find in seconds what would end a run in hours. Weights, optimizers, averages
    /// and random streams are then what they were.
    /// </summary>
    /// <param name="batches">Number of batches of each part. Default: 2.</param>
    /// <exception cref="TrainingException">A loss is not finite.</exception>
    public DryRun TryOut(int batches = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        return AndPutBack(() =>
        {
            var (losses, fastest) = (new List<double>(), double.PositiveInfinity);
            var untrained = _task.Network.NamedParameters().Where(static named => !named.Parameter.IsFrozen).ToList();
            var schedule = _options.CreateSchedule(Steps);
            foreach (var rows in BatchesFromHere().Take(batches))
            {
                SetRates(schedule.At(_progress.Step) * (_plateau?.Factor ?? 1));
                var begin = Stopwatch.GetTimestamp();
                losses.Add(MakeStep(rows.Span));
                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(begin).TotalSeconds);
                _progress.Step++;
                untrained.RemoveAll(static named => named.Parameter.UsedGradient is not null);
            }

            Evaluation? Evaluate(IBatchSource<TBatch>? data) => data is { Count: > 0 }
                ? _task.Evaluate(new FirstSamples<TBatch>(data, (int)Math.Min(int.MaxValue, (long)batches * _options.BatchSize)), _options.BatchSize) : null;
            SwapAverage();
            var (validation, test) = (Evaluate(_validation), Evaluate(Test));
            SwapAverage();
            return new DryRun(losses, validation, test, [.. untrained.Select(static named => named.Name)], fastest);
        });
    }

    /// <summary>Examines the network as it stands, and puts back what that moved.</summary>
    internal Examination ExamineHere() => AndPutBack(() => Examined(_progress.Epoch).Examination);

    /// <inheritdoc/>
    public StepDone LookInto(Action<StepInsight> see)
    {
        ArgumentNullException.ThrowIfNull(see);
        return AndPutBack(() =>
        {
            SetRates(_options.CreateSchedule(Steps).At(_progress.Step) * (_plateau?.Factor ?? 1));
            var rows = BatchesFromHere().First();
            _step.Watch = (loss, index) =>
            {
                // Who looks may go through the graph once more, which no other shard does.
                using var alone = ShardGroup.Leave();
                see(new StepInsight(
                    _step.Epoch, _step.Step, _optimizers[index].LearningRate, rows.ToArray(),
                    _task.TensorsOf(_batch!).ToDictionary(static named => named.Name, static named => named.Value), _task.Network, _optimizers[index], loss));
            };
            try
            {
                var loss = MakeStep(rows.Span);
                return new StepDone(_step.Epoch, _step.Step, loss, rows.Length * _task.PredictionsPerSample, _optimizers[0].LearningRate)
                {
                    GradientNorm = _step.FirstNorm,
                };
            }
            finally
            {
                (_step.Watch, _batch) = (null, default);
            }
        });
    }

    /// <summary>Tries something, and puts back all that the run depends on, whatever became of it.</summary>
    private TResult AndPutBack<TResult>(Func<TResult> attempt)
    {
        var state = CaptureCopy();
        var (shared, position) = (Generator.Default, Generator.Default.Position);
        var parameters = _task.Network.Parameters().Select(static parameter => (Parameter: parameter, parameter.IsFrozen)).ToArray();
        _frozen.Apply(_progress.Epoch + 1);
        try
        {
            return attempt();
        }
        finally
        {
            Restore(state);
            shared.Position = position;
            foreach (var (parameter, isFrozen) in parameters) parameter.IsFrozen = isFrozen;
            foreach (var optimizer in _optimizers) optimizer.ZeroGrad();
        }
    }

    // Whoever watches operators watches the attempt alone.
    private TrainingState CaptureCopy()
    {
        using var pause = new OperatorObserver.Pause();
        var here = Capture();
        return here with { Tensors = Copy(here.Tensors) };
    }

    /// <summary>The batches from the cursor on, epoch after epoch; the cursor goes with them.</summary>
    private IEnumerable<ReadOnlyMemory<int>> BatchesFromHere()
    {
        for (; ; _progress.Epoch++, _progress.Batch = 0)
        {
            foreach (var rows in Batches.Epoch(_progress.Epoch, _progress.Batch)) yield return rows;
        }
    }

    /// <summary>Makes a step, or gives null where the loss is not finite.</summary>
    private double? TryStep(ReadOnlySpan<int> rows)
    {
        try
        {
            var loss = MakeStep(rows);
            _progress.Step++;
            return loss;
        }
        catch (TrainingException)
        {
            return null;
        }
    }
}
