using System.Globalization;

namespace Gradus.Training;

/// <summary>A figure of the held-out rows over all folds.</summary>
/// <param name="Mean">Its mean over the folds.</param>
/// <param name="StandardError">The standard error of the mean: the standard deviation over the folds / √folds.</param>
public readonly record struct FoldFigure(double Mean, double StandardError)
{
    /// <summary>The figure: <c>0.1051 ± 0.029</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:G4} ± {StandardError:G2}");

    internal static FoldFigure? Of(IReadOnlyList<double?> figures)
    {
        if (figures.Any(static figure => figure is null)) return null;
        var mean = figures.Average()!.Value;
        var squares = figures.Sum(figure => (figure!.Value - mean) * (figure.Value - mean));
        return new FoldFigure(mean, Math.Sqrt(squares / (figures.Count - 1) / figures.Count));
    }
}
