using Gradus.Cli.Output;
using Gradus.Training;
using Spectre.Console;

namespace Gradus.Cli.Tests;

/// <summary>What a terminal shows of a run while it goes on.</summary>
public sealed class DashboardTests
{
    [Theory]
    [InlineData(80, 20)]
    [InlineData(40, 6)]
    [InlineData(20, 4)]
    [InlineData(200, 60)]
    public void It_fits_into_any_terminal_and_tells_how_far_the_run_is(int width, int height)
    {
        // given
        var dashboard = new Dashboard("a [dataset] with a rather long name  mlp:512,256", isText: false);
        Assert.NotEmpty(Render(dashboard, width, height));
        dashboard.Take(new TrainingStarted(1000, 640, 100, 10));
        for (var step = 1; step <= 57; step++)
        {
            dashboard.Take(new StepDone((step - 1) / 10 + 1, step, 10.0 / step, 64, 0.001) { GradientNorm = step % 10 == 0 ? 0.5 : double.NaN });
            if (step % 10 == 0) dashboard.Take(new EpochDone(step / 10, 10.0 / step, new Evaluation(1.0 / step, 0.9, null, null), true, step) { Step = step });
        }

        dashboard.Note("doctor: [something] is wrong, and it takes more than eighty characters to say what it is and what to do");

        // when
        var lines = Render(dashboard, width, height);

        // then
        Assert.InRange(lines.Length, 4, height);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains(lines, line => line.Contains(width < 40 ? "step 57 of" : "step 57 of 100", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.Contains("57 %", StringComparison.Ordinal));
        Assert.Equal(width < 100 ? 1 : 0, dashboard.NotesLeft(width).Count());
        if (width < 80) return;
        Assert.Contains(lines, static line => line.StartsWith("epoch   5  train loss 0.2000  valid loss 0.0200, accuracy 90.00 %", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.Contains("loss 3.", StringComparison.Ordinal) && line.Contains("gradient 0.5", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.Contains("each step", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.Any(static character => character is > '\u2800' and <= '\u28FF'));
    }

    [Fact]
    public void A_run_that_was_taken_up_and_numbers_that_are_not_finite_are_shown_too()
    {
        // given
        var dashboard = new Dashboard("text", isText: true);
        dashboard.Take(new TrainingResumed(1, 50, 100, 10));
        dashboard.Take(new StepDone(1, 51, double.NaN, 64, 0.001));

        // then
        var lines = Render(dashboard, 80, 20);
        Assert.Contains(lines, static line => line.EndsWith("step 51 of 100", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.Contains("tokens/s", StringComparison.Ordinal));
    }

    private static string[] Render(Dashboard dashboard, int width, int height) =>
        [.. dashboard.Render(width, height, TimeSpan.FromSeconds(83)).Select(static line => Markup.Remove(line))];
}
