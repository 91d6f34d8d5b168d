namespace Gradus.Reports;

/// <summary>A line of a chart: values at steps, NaN where one was not finite.</summary>
/// <param name="Run">The number of the run that it is of.</param>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Steps">The steps, in order.</param>
/// <param name="Values">The values at them.</param>
internal sealed record CurveLine(int Run, string Name, IReadOnlyList<long> Steps, IReadOnlyList<double> Values)
{
    /// <summary>Whether it is of few values, each with a point.</summary>
    public bool IsMarked { get; init; }

    /// <summary>Whether its values jump from step to step, so that it is shown smoothed too.</summary>
    public bool IsNoisy { get; init; }

    /// <summary>Of a line that was thinned, the mean of each bucket, which is what is smoothed.</summary>
    public CurveLine? Means { get; init; }
}
