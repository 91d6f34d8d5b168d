using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What a run writes into a file of TensorBoard: its options, its steps and epochs, its weights, its end.</summary>
internal sealed class BoardFile(TensorBoardWriter file) : IDisposable
{
    /// <summary>What the tags of a step's numbers begin with, and those of the end.</summary>
    public const string OfStep = "step/", OfEnd = "done/", OfOptions = "_hparams_/", Recipe = "recipe";

    public TensorBoardWriter File => file;

    /// <summary>The options, as a table to read and as hyper-parameters.</summary>
    public void Begin(RunRecord run, DateTimeOffset time)
    {
        var rows = run.Options.Select(static option => $"| {Cell(option.Key)} | {Cell(option.Value)} |");
        file.Text(Recipe, 0, string.Join('\n', rows.Prepend("|---|---|").Prepend("| option | value |")), time);
        file.Options(run.Options, time);
    }

    public void Step(StepLine step, DateTimeOffset time)
    {
        IEnumerable<(string, double)> values = [(OfStep + "loss", step.Loss), (OfStep + "lr", step.LearningRate)];
        if (!double.IsNaN(step.GradientNorm)) values = values.Append((OfStep + "gradient_norm", step.GradientNorm));
        file.Scalars((long)step.Step, time, values);
    }

    public void Epoch(long step, IReadOnlyDictionary<string, double> figures, DateTimeOffset time) => Figures("epoch/", step, figures, time);

    /// <summary>The figures of the result, and that the run is over.</summary>
    public void End(long step, IReadOnlyDictionary<string, double> figures, DateTimeOffset time)
    {
        Figures(OfEnd, step, figures, time);
        file.End(step, succeeded: true, time);
    }

    /// <summary>The weights of a network, and their gradients as far as the last step has left them.</summary>
    public void Weights(Module network, long step, DateTimeOffset time)
    {
        foreach (var (name, parameter) in network.NamedParameters())
        {
            file.Histogram("weights/" + name, step, parameter.Value, time);
            if (parameter.UsedGradient is { } gradient) file.Histogram("gradients/" + name, step, gradient, time);
        }
    }

    /// <summary>The steps and epochs of a recorded run behind those that are written.</summary>
    public void Recorded(RunCurves curves, RecordedTimes times, long afterStep = 0, long afterEpoch = 0)
    {
        var epochs = new Queue<EpochFigures>(curves.Epochs.SkipWhile(epoch => epoch.Step <= afterEpoch));
        for (var index = 0; index < curves.Steps.Count; index++)
        {
            var step = curves.Steps[index];
            while (epochs.TryPeek(out var earlier) && earlier.Step < step) Recorded(epochs.Dequeue(), times);
            if (step <= afterStep) continue;
            Step(new StepLine(step, curves.Losses[index], curves.LearningRates[index], curves.GradientNorms[index]), times.Of(step));
        }

        while (epochs.TryDequeue(out var last)) Recorded(last, times);
    }

    public void Dispose() => file.Dispose();

    private void Recorded(EpochFigures epoch, RecordedTimes times) => Epoch(epoch.Step, epoch.Figures, times.Of(epoch.Step));

    private void Figures(string group, long step, IReadOnlyDictionary<string, double> figures, DateTimeOffset time)
    {
        if (figures.Count > 0) file.Scalars(step, time, figures.Select(figure => (group + figure.Key, figure.Value)));
    }

    private static string Cell(string text) => PlainText.Of(text).Replace("|", "\\|", StringComparison.Ordinal);
}
