using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The optimizer of a <see cref="Trainer"/>.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,
}

/// <summary>The learning-rate schedule of a <see cref="Trainer"/>.</summary>
public enum ScheduleKind
{
    /// <summary>A linear warm-up over 5 % of the steps, at most 500, then a cosine decay to 0.</summary>
    Cosine,

    /// <summary>The one-cycle policy: up over the first 30 % of the steps, then down to nearly 0, both along half a cosine.</summary>
    OneCycle,

    /// <summary>The same learning rate for all steps.</summary>
    Constant,
}

/// <summary>The settings of a <see cref="Trainer"/>.</summary>
public sealed record TrainingOptions
{
    /// <summary>
    /// Number of epochs. An epoch is one pass over the training data; for text, whose windows are drawn at random, as many tokens as the text has.
    /// Ignored where <see cref="Steps"/> is set. Default: 10.
    /// </summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Number of optimizer steps in the whole run. Default: null, as many as <see cref="Epochs"/> take.</summary>
    public long? Steps { get; init; }

    /// <summary>Samples per batch, that is, per optimizer step; for text, windows. Default: 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>
    /// The number of parts in which a batch is read and computed, one after the other, so that memory for only one of them is needed; the step is made of
    /// the sum of their gradients, each weighted by its share of the samples. Default: 1.
    /// </summary>
    /// <remarks>
    /// Where no layer mixes samples and the loss is their mean, this is the step of the whole batch, but for rounding: a sum over all samples is one chain of
    /// additions, and that of parts is not, so that the last bits differ. Batch norm sees each part by itself. For tasks with one optimizer.
    /// </remarks>
    public int Accumulate { get; init; } = 1;

    /// <summary>
    /// The number of shards that a batch is cut into. Each is computed by itself, their gradients are added in the order of <see cref="ShardTree"/>, and one
    /// step is made of the sum: so that several processes, which share the shards among them, learn the bits that one would. Default: 1, the whole batch.
    /// </summary>
    /// <remarks>
    /// Where no layer mixes samples this is the step of the whole batch, but for rounding. Batch norm sees each shard by itself, and its running averages
    /// are the means over the shards, unless <see cref="SyncBatchNorm"/> asks otherwise. For tasks with one optimizer and networks of float32.
    /// </remarks>
    public int Shards { get; init; } = 1;

    /// <summary>
    /// Whether batch norm takes mean and variance over all shards of the batch, whichever process computes them, and its running averages of these. Default:
    /// false, over each shard by itself.
    /// </summary>
    /// <remarks>
    /// The step is then that of the whole batch, but for rounding, also where batch norm mixes samples. The shards of a process are under way at a time, and
    /// so need memory for all of them, and in each batch norm they meet three times. Each shard needs a sample. Not with <see cref="Accumulate"/>.
    /// </remarks>
    public bool SyncBatchNorm { get; init; }

    /// <summary>The processes that train the network together, each with some of the shards. Default: null, this one alone.</summary>
    public IShardExchange? Exchange { get; init; }

    /// <summary>Keeps when the parts of the last steps were computed and sent. Default: null.</summary>
    public StepTimeline? Timeline { get; init; }

    /// <summary>
    /// Number of threads that read batches ahead of the steps, at most 256, two batches each; with 0 each batch is read when its step is made. The result is
    /// the same for any number. For samples that take long to read, such as pictures that are decoded or changed at random. Default: 0.
    /// </summary>
    /// <remarks>The training set is then read on several threads at a time. They end with the epoch, and whenever the run ends or is dropped.</remarks>
    public int Prefetch { get; init; }

    /// <summary>The optimizer. Default: AdamW.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.AdamW;

    /// <summary>The highest learning rate of the schedule. Default: null, which means 0.1 for SGD and 0.001 for Adam and AdamW.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The learning-rate schedule. Default: cosine.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Cosine;

    /// <summary>The momentum of SGD, in [0, 1). Other optimizers ignore it. Default: 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>The weight decay. Default: null, which means 0.01 for AdamW and 0 for SGD and Adam.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>β₂ of Adam and AdamW, in [0, 1): the decay rate of the running average of squared gradients. Default: 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Whether weight decay is applied to biases and to the scales of normalization layers too. Default: false.</summary>
    public bool DecayBiasesAndNorms { get; init; }

    /// <summary>Makes an optimizer of any kind, in place of <see cref="Optimizer"/> and its settings. Default: null.</summary>
    public Func<IEnumerable<Parameter>, Optimizer>? CustomOptimizer { get; init; }

    /// <summary>Makes a schedule of any kind for a number of steps, in place of <see cref="Schedule"/>. Default: null.</summary>
    public Func<long, Schedule>? CustomSchedule { get; init; }

    /// <summary>The bound of the norm of all gradients, by which they are scaled down together. Default: null, none.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The bound of each number of the gradients. Default: null, none.</summary>
    public double? ClipValue { get; init; }

    /// <summary>
    /// Evaluates and keeps an exponential moving average of the weights, a ← decay·a + (1 − decay)·w after each step, instead of the weights themselves;
    /// in [0, 1). Default: null, none.
    /// </summary>
    public double? AverageDecay { get; init; }

    /// <summary>
    /// The epoch, from 1, from which the plain mean of the weights at the ends of epochs (stochastic weight averaging) is evaluated and kept instead of the
    /// weights themselves. Not with <see cref="AverageDecay"/>. Default: null, never.
    /// </summary>
    /// <remarks>
    /// The learning rate should stay high meanwhile. Running statistics of batch norm are those of the weights, not of their mean: take them anew after the
    /// run by <see cref="StatisticsExtensions.RecomputeStatistics"/>.
    /// </remarks>
    public int? AverageFromEpoch { get; init; }

    /// <summary>What the run may take: time, and a share of the cores. Default: null, as much as it needs. Steps are bounded by <see cref="Steps"/>.</summary>
    public TrainingBudget? Budget { get; init; }

    /// <summary>Ends the run after so many epochs in a row that were no better on the validation set. Default: null, never.</summary>
    public int? Patience { get; init; }

    /// <summary>
    /// Whether the best epoch is the one of the lowest validation loss, whatever its accuracy is: of few rows the accuracy says little, and a network whose
    /// accuracy still grows may become too sure of itself. Default: false, as <see cref="Evaluation.IsBetterThan"/> decides.
    /// </summary>
    public bool BestByLoss { get; init; }

    /// <summary>
    /// Whether the end of a run tells what models without a network do on the same rows: <see cref="TrainingDone.Baselines"/>. For rows of a table. Default:
    /// false.
    /// </summary>
    public bool Baselines { get; init; }

    /// <summary>
    /// Whether rare classes count more, each by samples / (classes · samples of the class), so that all classes weigh alike in the loss that is learned; what
    /// is told of an evaluation stays unweighted. Without effect where there are no classes. Default: false.
    /// </summary>
    public bool BalanceClasses { get; init; }

    /// <summary>Lowers the learning rate where the validation loss (without a validation set, the training loss) stops falling. Default: null.</summary>
    public ReduceOnPlateauOptions? ReduceOnPlateau { get; init; }

    /// <summary>
    /// The parameters that stay as they are: names with * for any letters, such as <c>backbone.*</c>. Default: none.
    /// </summary>
    public IReadOnlyList<string> Freeze { get; init; } = [];

    /// <summary>The epoch, from 1, from which the frozen parameters are trained as well. Default: null, never.</summary>
    public int? UnfreezeEpoch { get; init; }

    /// <summary>
    /// Gradual unfreezing: parameters that stay as they are before an epoch of their own, whether <see cref="Freeze"/> names them or not. Default: none.
    /// </summary>
    /// <remarks>Howard and Ruder, "Universal language model fine-tuning for text classification", 2018.</remarks>
    public IReadOnlyList<Unfreezing> Unfreeze { get; init; } = [];

    /// <summary>
    /// Learning rates, or weight decays, of their own for some parameters; of several groups that match a parameter the first counts. Default: none.
    /// </summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>
    /// The factor of the learning rate from a layer to the one before it, for parameters in none of <see cref="Groups"/>, above 0: see
    /// <see cref="ParameterGroup.LayerDecay"/>. Default: null, one rate for all.
    /// </summary>
    public double? LayerDecay { get; init; }

    /// <summary>The seed of the initial weights, the order of the samples and dropout. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Examines the network before the first step and after every so many epochs, by <see cref="Checkup"/>. The weights that result are the same with
    /// and without. Default: null, no examination.
    /// </summary>
    public int? DoctorEvery { get; init; }

    /// <summary>
    /// Tells the norm of the gradients with every so many steps: <see cref="StepDone.GradientNorm"/>. The weights that result are the same with and without.
    /// Default: null, only where <see cref="ClipNorm"/> computes it.
    /// </summary>
    public int? GradientNormEvery { get; init; }

    /// <summary>Creates the optimizer that these options describe, for the given parameters.</summary>
    public Optimizer CreateOptimizer(IEnumerable<Parameter> parameters)
    {
        if (CustomOptimizer is { } custom) return custom(parameters);
        Parameter[] all = [.. parameters];
        ParameterGroup[] groups = LayerDecay is { } decay ? [.. Groups, .. ParameterGroup.LayerDecay(all, decay)] : [.. Groups];
        return Optimizer switch
        {
            OptimizerKind.Sgd => new Sgd(all, new SgdOptions
            {
                LearningRate = Rate,
                Momentum = Momentum,
                WeightDecay = WeightDecay ?? 0,
                DecayBiasesAndNorms = DecayBiasesAndNorms,
                Groups = groups,
            }),
            OptimizerKind.Adam => new Adam(all, AdamOptions with { Groups = groups }),
            _ => new AdamW(all, AdamOptions with { Groups = groups }),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TrainingOptions), PrintMembers);

    /// <summary>Checks all values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        if (Steps is { } steps) ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        if (DoctorEvery is { } every) ArgumentOutOfRangeException.ThrowIfLessThan(every, 1, nameof(DoctorEvery));
        if (GradientNormEvery is { } norms) ArgumentOutOfRangeException.ThrowIfLessThan(norms, 1, nameof(GradientNormEvery));
        if (!(Rate >= 0 && double.IsFinite(Rate)))
        {
            throw new ArgumentOutOfRangeException(nameof(LearningRate), Rate, "The learning rate is a finite number from 0 on.");
        }

        RequireBound(nameof(ClipNorm), ClipNorm);
        RequireBound(nameof(ClipValue), ClipValue);
        if (AverageDecay is { } average && !(average is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(AverageDecay), average, "The decay of the average is in [0, 1).");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Accumulate, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Shards, 1);
        if (Exchange?.Processes > Shards)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Shards), Shards, FormattableString.Invariant($"{Exchange.Processes} processes share the shards of a batch, at least one for each."));
        }

        if (SyncBatchNorm && Accumulate > 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Accumulate), Accumulate, "SyncBatchNorm takes the statistics of a batch as a whole: leave out Accumulate, or use more shards.");
        }

        if (SyncBatchNorm && Exchange is { IsExact: false })
        {
            throw new ArgumentOutOfRangeException(
                nameof(Exchange), Exchange, "SyncBatchNorm sums counts and statistics, which an exchange that rounds numbers spoils: leave out halfOnWire.");
        }

        if (SyncBatchNorm && BatchSize < Shards)
        {
            throw new ArgumentOutOfRangeException(
                nameof(BatchSize), BatchSize, FormattableString.Invariant($"With SyncBatchNorm each of {Shards} shards of a batch needs a sample."));
        }

        if (Shards > 1 && Prefetch > 0)
            throw new ArgumentOutOfRangeException(nameof(Prefetch), Prefetch, "Shards are read when they are computed: leave out Prefetch, or Shards.");
        if (Prefetch is < 0 or > 256) throw new ArgumentOutOfRangeException(nameof(Prefetch), Prefetch, "Batches are read ahead by 0 to 256 threads.");
        if (AverageFromEpoch is { } first) ArgumentOutOfRangeException.ThrowIfLessThan(first, 1, nameof(AverageFromEpoch));
        if (AverageFromEpoch is not null && AverageDecay is not null)
        {
            throw new ArgumentOutOfRangeException(nameof(AverageFromEpoch), AverageFromEpoch, "Weights are averaged in one way: this, or AverageDecay.");
        }

        Budget?.Validate();
        if (Patience is { } patience) ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1, nameof(Patience));
        if (UnfreezeEpoch is { } epoch) ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1, nameof(UnfreezeEpoch));
        foreach (var (_, from) in Unfreeze) ArgumentOutOfRangeException.ThrowIfLessThan(from, 1, nameof(Unfreeze));
        RequireBound(nameof(LayerDecay), LayerDecay);
        if (!(Momentum is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(Momentum), Momentum, "The momentum is in [0, 1).");
        if (!(Beta2 is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(Beta2), Beta2, "β₂ is in [0, 1).");
        if (WeightDecay is { } decay && !(decay >= 0 && double.IsFinite(decay)))
        {
            throw new ArgumentOutOfRangeException(nameof(WeightDecay), decay, "The weight decay is a finite number from 0 on.");
        }
    }

    private static void RequireBound(string name, double? bound)
    {
        if (bound is not { } value || (value > 0 && double.IsFinite(value))) return;
        throw new ArgumentOutOfRangeException(name, value, "A bound is a finite number above 0.");
    }

    /// <summary>The highest learning rate of the schedule.</summary>
    internal double Rate => LearningRate ?? (Optimizer == OptimizerKind.Sgd ? 0.1 : 1e-3);

    private AdamOptions AdamOptions => new() { LearningRate = Rate, Beta2 = Beta2, WeightDecay = WeightDecay, DecayBiasesAndNorms = DecayBiasesAndNorms };

    /// <summary>The schedule for a run of so many steps.</summary>
    internal Schedule CreateSchedule(long steps) => CustomSchedule is { } custom ? custom(steps) : Schedule switch
    {
        ScheduleKind.Cosine => Nn.Schedule.Cosine(steps, Math.Min(steps / 20, 500)),
        ScheduleKind.OneCycle => Nn.Schedule.OneCycle(steps),
        _ => Nn.Schedule.Constant,
    };
}
