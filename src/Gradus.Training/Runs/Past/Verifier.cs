using Gradus.Formats;

namespace Gradus.Training;

/// <summary>Makes stretches of a run again and compares them with its record.</summary>
internal sealed class Verifier(PastRun run)
{
    private readonly RunCurves _told = run.Record.ReadCurves();

    public RunVerification Run(int? count, int seed)
    {
        var last = run.Record.LastStep;
        long[] places = [0, .. run.Checkpoints.Where(step => step < last), last];
        int[] chosen = [.. Enumerable.Range(0, places.Length - 1)];
        if (count < chosen.Length)
        {
            new Random(seed).Shuffle(chosen);
            chosen = [.. chosen.Take(count.Value).Order()];
        }

        var stands = -1L;
        foreach (var index in chosen)
        {
            // What follows upon what was made goes on from there, so that a record is not believed where it begins.
            if (Fault(places[index], places[index + 1], goesOn: stands == places[index]) is { } fault)
            {
                return new RunVerification(run.StepsMade, chosen.Length, fault);
            }

            stands = places[index + 1];
        }

        return new RunVerification(run.StepsMade, chosen.Length, null);
    }

    // One that ended when its time was over ended at a step that nothing but the clock chose.
    private bool EndsByItself => run.Record is { Status: RunStatus.Done, IsBudgetSpent: false };

    private string? Fault(long from, long to, bool goesOn)
    {
        try
        {
            if (!goesOn) run.Restore(from);
            var isLast = to == run.Record.LastStep;
            var (made, isDone) = (from, false);
            foreach (var happened in isLast && EndsByItself ? run.MakeAll() : run.MakeUntil(to))
            {
                if (happened is StepDone step) made = step.Step;
                isDone |= happened is TrainingDone;
                if (Compare(happened) is { } fault) return fault;
            }

            if (made != to) return FormattableString.Invariant($"the record has step {to}, but by its recipe the run ends after step {made}");
            if (isDone) return OfEpochs() ?? OfModel();
            if (run.Checkpoints.Contains(to) && run.ChangeOf(to) is { } state)
            {
                return FormattableString.Invariant($"after step {to}, made again and in the checkpoint, {state.Text}");
            }

            return isLast && run.Record.Status == RunStatus.Interrupted ? OfModel() : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or TrainingException)
        {
            return exception.Message;
        }
    }

    private string? OfEpochs()
    {
        var epochs = run.Now().Progress.Epoch;
        return _told.Epochs.Count == epochs ? null
            : FormattableString.Invariant($"the record has {_told.Epochs.Count} epochs, but by its recipe the run has {epochs}");
    }

    private string? Compare(TrainingEvent happened)
    {
        switch (happened)
        {
            case StepDone step:
                var index = (int)step.Step - 1;
                if (index >= _told.Steps.Count || _told.Steps[index] != step.Step) return FormattableString.Invariant($"step {step.Step} is not in the events");
                return Compare(step.Step, "loss", _told.Losses[index], step.Loss)
                    ?? Compare(step.Step, "learning rate", _told.LearningRates[index], step.LearningRate)
                    ?? Compare(step.Step, "gradient norm", _told.GradientNorms[index], step.GradientNorm);
            case EpochDone epoch:
                var line = RunEvent.Parse(EventJson.Of(epoch, "")!)!;
                if (_told.Epochs.FirstOrDefault(told => told.Epoch == epoch.Epoch) is not { } figures)
                {
                    return FormattableString.Invariant($"epoch {epoch.Epoch} is not in the events");
                }

                return line.Figures
                    .Select(figure => Compare(epoch.Step, figure.Key, figures.Figures.GetValueOrDefault(figure.Key, double.NaN), figure.Value))
                    .FirstOrDefault(static fault => fault is not null);
            case TrainingDone done:
                var result = RunEvent.Parse(EventJson.Of(done, "")!)!;
                return Compare(run.Record.LastStep, "best epoch", run.Record.BestEpoch ?? -1, done.BestEpoch) ?? result.Figures
                    .Select(figure => Compare(run.Record.LastStep, figure.Key, run.Record.Figures.GetValueOrDefault(figure.Key, double.NaN), figure.Value))
                    .FirstOrDefault(static fault => fault is not null);
            default:
                return null;
        }
    }

    private static string? Compare(long step, string what, double told, double made) => told.Equals(made) ? null
        : FormattableString.Invariant($"step {step}: {what} {told} in the events, {made} when it is made again");

    /// <summary>Compares the weights with those in the model's file, if there is one.</summary>
    private string? OfModel()
    {
        var path = Path.Combine(run.Record.Directory, RunFolder.ModelName);
        if (!File.Exists(path)) return null;
        return StateDifference.Of(Named(SafeTensorsFile.Read(path).Tensors), Named(run.Weights())) is { } difference
            ? $"in {RunFolder.ModelName} and made again, {difference.Text}" : null;

        static TrainingState Named(IReadOnlyDictionary<string, Tensor> weights) =>
            new(weights.ToDictionary(static entry => TrainingState.Weights + entry.Key, static entry => entry.Value), new());
    }
}
