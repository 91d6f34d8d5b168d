using Gradus.Nn;

namespace Gradus.Training;

/// <summary>The optimizers that a <see cref="Trainer"/> makes by name.</summary>
public enum OptimizerKind
{
    /// <summary>Gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,
}

/// <summary>How the learning rate changes over the run.</summary>
public enum ScheduleKind
{
    /// <summary>A short warm-up, then half a cosine down to zero.</summary>
    Cosine,

    /// <summary>Up for three tenths of the run, then down to nearly zero, both along half a cosine.</summary>
    OneCycle,

    /// <summary>It does not.</summary>
    Constant,
}

/// <summary>How a network is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>
    /// Passes over the training data; of text, whose windows are drawn at random, as many characters as passes would have. Default 10. Not used where
    /// <see cref="Steps"/> is set.
    /// </summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Optimizer steps in all, however many epochs they make; null, the default, for <see cref="Epochs"/>.</summary>
    public long? Steps { get; init; }

    /// <summary>Samples in a step. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Which optimizer. Default AdamW.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.AdamW;

    /// <summary>The learning rate at its highest; null, the default, for 0.1 with SGD and 0.001 with the others.</summary>
    public double? LearningRate { get; init; }

    /// <summary>How the learning rate changes. Default cosine.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Cosine;

    /// <summary>Momentum of SGD. Default 0.9.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Weight decay; null, the default, for 0.01 with AdamW and 0 with the others.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>β₂ of Adam and AdamW. Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Whether biases and the scales of norms decay as well: they do not multiply one another, so a large one does no harm. Default false.</summary>
    public bool DecayBiasesAndNorms { get; init; }

    /// <summary>Weights, order of samples and dropout follow from this seed. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// The network is examined before the first step and again whenever so many epochs are over; null, the default, for never. The training is the same with
    /// it and without.
    /// </summary>
    public int? DoctorEvery { get; init; }

    /// <summary>An optimizer of these options.</summary>
    public Optimizer CreateOptimizer(IEnumerable<Parameter> parameters) => Optimizer switch
    {
        OptimizerKind.Sgd => new Sgd(parameters, new SgdOptions
        {
            LearningRate = Rate,
            Momentum = Momentum,
            WeightDecay = WeightDecay ?? 0,
            DecayBiasesAndNorms = DecayBiasesAndNorms,
        }),
        OptimizerKind.Adam => new Adam(parameters, AdamOptions),
        _ => new AdamW(parameters, AdamOptions),
    };

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TrainingOptions), PrintMembers);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        if (Steps is { } steps) ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        if (DoctorEvery is { } every) ArgumentOutOfRangeException.ThrowIfLessThan(every, 1, nameof(DoctorEvery));
        if (!(Rate >= 0 && double.IsFinite(Rate)))
        {
            throw new ArgumentOutOfRangeException(nameof(LearningRate), Rate, "The learning rate is a finite number from 0 on.");
        }

        if (!(Momentum is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(Momentum), Momentum, "The momentum is in [0, 1).");
        if (!(Beta2 is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(Beta2), Beta2, "β₂ is in [0, 1).");
        if (WeightDecay is { } decay && !(decay >= 0 && double.IsFinite(decay)))
        {
            throw new ArgumentOutOfRangeException(nameof(WeightDecay), decay, "The weight decay is a finite number from 0 on.");
        }
    }

    /// <summary>The learning rate at its highest.</summary>
    internal double Rate => LearningRate ?? (Optimizer == OptimizerKind.Sgd ? 0.1 : 1e-3);

    private AdamOptions AdamOptions => new() { LearningRate = Rate, Beta2 = Beta2, WeightDecay = WeightDecay, DecayBiasesAndNorms = DecayBiasesAndNorms };

    /// <summary>The schedule over a number of steps. Before the cosine a twentieth of them, at most 500, warm up.</summary>
    internal Schedule CreateSchedule(long steps) => Schedule switch
    {
        ScheduleKind.Cosine => Nn.Schedule.Cosine(steps, Math.Min(steps / 20, 500)),
        ScheduleKind.OneCycle => Nn.Schedule.OneCycle(steps),
        _ => Nn.Schedule.Constant,
    };
}
