using Gradus.Data;
using Spectre.Console;

namespace Gradus.Cli.Output;

/// <summary>A bar on a terminal while many pictures are decoded; it is gone when they are.</summary>
internal static class DecodingBar
{
    /// <summary>Loads data, with a bar if so told.</summary>
    /// <param name="isShown">Whether there is a terminal to show it on.</param>
    /// <param name="load">Loads the data, and tells how far it is.</param>
    public static T Show<T>(bool isShown, Func<IProgress<PictureProgress>?, T> load) => !isShown ? load(null) : AnsiConsole.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(progress => load(new Bars(progress)));

    /// <summary>A bar for each folder that is decoded.</summary>
    private sealed class Bars(ProgressContext context) : IProgress<PictureProgress>
    {
        private ProgressTask? _bar;

        public void Report(PictureProgress value)
        {
            if (_bar is null or { IsFinished: true }) _bar = context.AddTask("pictures", maxValue: value.Count);
            _bar.Value = value.Done;
            _bar.Description = FormattableString.Invariant($"decoding  {value.Done:N0} of {value.Count:N0} pictures");
        }
    }
}
