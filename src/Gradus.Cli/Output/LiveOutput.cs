using System.Collections.Concurrent;
using System.Globalization;
using Gradus.Training;
using Spectre.Console;

namespace Gradus.Cli.Output;

/// <summary>A live progress bar on a terminal: loss, accuracy, samples per second, time left; a line stays for each epoch.</summary>
internal sealed class LiveOutput : TextOutput
{
    public override IEnumerable<TrainingEvent> Show(IEnumerable<TrainingEvent> events)
    {
        // The bar wants to own the loop, and so does the caller: the run is drawn on a thread of its own, fed by the events that pass here.
        using var passed = new BlockingCollection<TrainingEvent>();
        var drawing = Task.Run(() => Draw(passed, IsText));
        try
        {
            foreach (var happened in events)
            {
                passed.Add(happened);
                yield return happened;
            }
        }
        finally
        {
            passed.CompleteAdding();
            drawing.GetAwaiter().GetResult();
        }
    }

    private void Draw(BlockingCollection<TrainingEvent> events, bool isText)
    {
        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(progress =>
            {
                ProgressTask? bar = null;
                var speed = new Speed();
                var loss = 0.0;
                var accuracy = "";
                foreach (var happened in events.GetConsumingEnumerable())
                {
                    foreach (var line in OfRun(happened)) AnsiConsole.WriteLine(line);
                    switch (happened)
                    {
                        case TrainingStarted start:
                            bar = progress.AddTask("training", maxValue: start.Steps);
                            break;
                        case TrainingResumed resumed:
                            bar = progress.AddTask("training", maxValue: resumed.Steps);
                            bar.Value = resumed.Step;
                            break;
                        case StepDone step:
                            speed.Add(step.Samples);
                            loss = loss == 0 ? step.Loss : (0.98 * loss) + (0.02 * step.Loss);
                            bar!.Value = step.Step;
                            bar.Description = string.Create(
                                CultureInfo.InvariantCulture, $"{(isText ? $"step {step.Step}" : $"epoch {step.Epoch}")}  " +
                                $"loss {loss:0.0000}{accuracy}  {speed.SamplesPerSecond:N0} {Figures.UnitOf(isText)}/s");
                            break;
                        case EpochDone epoch:
                            if (epoch.Validation?.Accuracy is { } share)
                            {
                                accuracy = string.Create(CultureInfo.InvariantCulture, $"  accuracy {share * 100:0.00} %");
                            }

                            // The bar tells the speed; without it the line fits into 80 columns.
                            AnsiConsole.WriteLine(Figures.Of(epoch, isText));
                            break;
                        case NetworkExamined examined:
                            foreach (var line in News(examined)) AnsiConsole.WriteLine(line);
                            break;
                    }
                }
            });
    }
}
