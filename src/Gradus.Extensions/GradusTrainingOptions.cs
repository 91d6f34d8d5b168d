using Gradus.Data;
using Gradus.Training;

namespace Gradus.Extensions;

/// <summary>How a model is trained in the background of an app.</summary>
public sealed class GradusTrainingOptions
{
    /// <summary>
    /// The data to train on, as <see cref="DataSource.Parse"/> takes them: <c>csv:houses.csv</c>. They are read at each turn if their file has changed.
    /// Default: null; then <see cref="Rows"/> gives them.
    /// </summary>
    public string? Data { get; set; }

    /// <summary>Gives the rows to train on, with their targets, or null where there is nothing new. Default: null; then <see cref="Data"/> is read.</summary>
    public Func<CancellationToken, Task<Table?>>? Rows { get; set; }

    /// <summary>The time from the app's start, and from the end of each turn, to the next one. Default: an hour.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What a turn may take. Default: half of the cores, for 10 minutes at most.</summary>
    public TrainingBudget Budget { get; set; } = new() { Cores = 0.5, Time = TimeSpan.FromMinutes(10) };

    /// <summary>How it is trained, from the weights that it has. Default: 3 epochs of AdamW at a learning rate of 0.0003.</summary>
    public TrainingOptions Training { get; set; } = new() { Epochs = 3, LearningRate = 3e-4 };

    /// <summary>
    /// By how much the new model may be worse than the old one on rows that were held out, the test rows of the split or else its validation rows, and still
    /// replace it: accuracy in parts of 1, an error as a share of the old one. Default: 0.
    /// </summary>
    public double Tolerance { get; set; }

    /// <exception cref="ArgumentException">A value cannot be.</exception>
    internal void Check(string name)
    {
        if (Data is null == Rows is null) throw Wrong(name, $"says where rows come from by either {nameof(Data)} or {nameof(Rows)}");
        if (!(Interval > TimeSpan.Zero && Interval.TotalMilliseconds < int.MaxValue)) throw Wrong(name, $"has an {nameof(Interval)} above 0 and below 24 days");
        if (!(Tolerance >= 0 && double.IsFinite(Tolerance))) throw Wrong(name, $"has a finite {nameof(Tolerance)} from 0 on");
    }

    private static ArgumentException Wrong(string name, string expected) => new($"The training of the model '{name}' {expected}.");
}
