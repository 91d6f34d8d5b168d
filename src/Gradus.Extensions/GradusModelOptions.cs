namespace Gradus.Extensions;

/// <summary>Where a model of an app comes from.</summary>
public sealed class GradusModelOptions
{
    /// <summary>The name of a model that is added without one: <c>model</c>.</summary>
    public const string DefaultName = "model";

    /// <summary>The file of the model, which <c>gradus train</c> or <c>TrainedModel.Save</c> wrote. It has to be there when the app starts.</summary>
    public string Path { get; set; } = "";

    /// <summary>Whether a file that is replaced is taken in its place while the app runs. Default: true.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>How often the file is looked at. Default: a second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentException">A value cannot be.</exception>
    internal void Check(string name)
    {
        if (Path.Length == 0) throw new ArgumentException($"The model '{name}' has no file: set {nameof(Path)}.");
        // A timer cannot wait longer.
        if (PollInterval > TimeSpan.Zero && PollInterval.TotalMilliseconds < int.MaxValue) return;
        throw new ArgumentException($"The model '{name}': got a {nameof(PollInterval)} of {PollInterval}, expected a time above 0 and below 24 days.");
    }
}
