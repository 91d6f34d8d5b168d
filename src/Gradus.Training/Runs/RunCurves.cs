namespace Gradus.Training;

/// <summary>An epoch of a recorded run.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">Its last step.</param>
/// <param name="Seconds">Seconds since the run began.</param>
/// <param name="Figures">Losses and metrics: <c>train_loss</c>, <c>valid_loss</c>, <c>valid_accuracy</c>.</param>
public sealed record EpochFigures(int Epoch, long Step, double Seconds, IReadOnlyDictionary<string, double> Figures)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(EpochFigures), PrintMembers);
}

/// <summary>The figures of every step and epoch of a recorded run, in their order.</summary>
public sealed class RunCurves
{
    private readonly List<long> _steps = [];
    private readonly List<double> _losses = [], _rates = [], _norms = [];
    private readonly List<EpochFigures> _epochs = [];
    private readonly List<RunEvent> _others = [];

    internal RunCurves()
    {
    }

    /// <summary>The steps, from 1.</summary>
    public IReadOnlyList<long> Steps => _steps;

    /// <summary>The loss of each step, before it was made; NaN where it was not finite.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>The learning rate of each step.</summary>
    public IReadOnlyList<double> LearningRates => _rates;

    /// <summary>The norm of the gradients of each step; NaN where it was not told.</summary>
    public IReadOnlyList<double> GradientNorms => _norms;

    /// <summary>The epochs.</summary>
    public IReadOnlyList<EpochFigures> Epochs => _epochs;

    /// <summary>All events but the steps, in their order: the data, the start, epochs, examinations, the end.</summary>
    public IReadOnlyList<RunEvent> OtherEvents => _others;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"RunCurves({_steps.Count} steps, {_epochs.Count} epochs)");

    internal void Add(StepLine step)
    {
        _steps.Add((long)step.Step);
        _losses.Add(step.Loss);
        _rates.Add(step.LearningRate);
        _norms.Add(step.GradientNorm);
    }

    internal void Add(RunEvent happened)
    {
        if (happened.Name == "step")
        {
            Add(new StepLine(happened["step"], happened["loss"], happened["lr"], happened["gradient_norm"]));
            return;
        }

        if (happened.Name == "epoch")
        {
            _epochs.Add(new EpochFigures((int)happened["epoch"], (long)happened["step"], happened["seconds"], happened.Figures));
        }

        _others.Add(happened);
    }
}
