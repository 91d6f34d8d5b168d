using System.Collections.Concurrent;
using System.Diagnostics;
using Gradus.Training;
using Spectre.Console;

namespace Gradus.Cli.Output;

/// <summary>A dashboard on a terminal, which leaves its last frame.</summary>
internal sealed class LiveOutput : TextOutput
{
    // The result, where report and model are, and the prompt: the last frame stays above them. Each may take two lines where they are short.
    private const int LinesOfTheEnd = 5, ShortLine = 60;

    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(100);

    public override IEnumerable<TrainingEvent> Show(IEnumerable<TrainingEvent> events)
    {
        // The drawing wants to own the loop, and so does the caller: it has a thread of its own, fed by the events that pass here.
        using var passed = new BlockingCollection<TrainingEvent>();
        var drawing = Task.Run(() => Draw(passed));
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

    private void Draw(BlockingCollection<TrainingEvent> events)
    {
        var dashboard = new Dashboard(Title, IsText);
        var clock = Stopwatch.StartNew();
        AnsiConsole.Live(new Spectre.Console.Text("")).Overflow(VerticalOverflow.Crop).Start(live =>
        {
            var drawn = TimeSpan.Zero;
            while (!events.IsCompleted)
            {
                if (events.TryTake(out var happened, FrameTime))
                {
                    dashboard.Take(happened);
                    foreach (var line in OfRun(happened).Concat(happened is NetworkExamined examined ? News(examined) : [])) dashboard.Note(line);
                }

                if (clock.Elapsed - drawn < FrameTime && !events.IsCompleted) continue;
                drawn = clock.Elapsed;
                var width = AnsiConsole.Profile.Width - 1;
                var height = AnsiConsole.Profile.Height - (width < ShortLine ? LinesOfTheEnd + 3 : LinesOfTheEnd);
                var lines = dashboard.Render(Math.Max(20, width), Math.Max(4, height), clock.Elapsed);
                live.UpdateTarget(new Rows(lines.Select(static line => new Markup(line.Length == 0 ? " " : line))));
            }
        });
        foreach (var note in dashboard.NotesLeft(AnsiConsole.Profile.Width - 1)) AnsiConsole.WriteLine(note);
    }
}
