namespace Gradus.Training;

/// <summary>What the figures of a run mean: which one tells most, and whether more of it is better.</summary>
public static class RunFigures
{
    // Those of the test before those of the validation, and what is measured in the user's terms before a loss.
    private static readonly string[] Main =
    [
        "test_accuracy", "test_rmse", "valid_accuracy", "valid_rmse", "test_loss", "valid_loss", "train_loss",
    ];

    private static readonly string[] Lower = ["loss", "rmse", "mse", "mae", "error", "perplexity"];
    private static readonly string[] Higher = ["accuracy", "precision", "recall", "f1", "auc", "r2", "r_squared"];

    /// <summary>The figure that tells most of a run: accuracy, RMSE or loss, on the test samples, else on the validation's; null where there is none.</summary>
    /// <param name="figures">Those of a <see cref="RunRecord"/> or an <see cref="EpochFigures"/>.</param>
    public static KeyValuePair<string, double>? MainOf(IReadOnlyDictionary<string, double> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Main.FirstOrDefault(figures.ContainsKey) is { } name ? KeyValuePair.Create(name, figures[name]) : null;
    }

    /// <summary>Whether more of a figure is better: true for an accuracy, false for a loss or an error, null where the name does not say it.</summary>
    /// <param name="name">The name of the figure: <c>valid_accuracy</c>.</param>
    public static bool? IsHigherBetter(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Lower.Any(word => EndsWith(name, word))) return false;
        return Higher.Any(word => EndsWith(name, word)) ? true : null;
    }

    /// <summary>
    /// The best of some epochs: of the highest validation accuracy, or, where there is none, the lowest validation loss; of equal ones the first. Without a
    /// validation set the last one; null where there is none.
    /// </summary>
    public static EpochFigures? BestOf(IReadOnlyList<EpochFigures> epochs)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        if (epochs.Count == 0) return null;
        if (!epochs[0].Figures.ContainsKey("valid_loss")) return epochs[^1];
        return epochs.OrderByDescending(static epoch => Of(epoch, "valid_accuracy", double.NegativeInfinity))
            .ThenBy(static epoch => Of(epoch, "valid_loss", double.PositiveInfinity)).First();
    }

    private static double Of(EpochFigures epoch, string name, double otherwise) =>
        epoch.Figures.TryGetValue(name, out var value) && !double.IsNaN(value) ? value : otherwise;

    private static bool EndsWith(string name, string word) => name == word || name.EndsWith("_" + word, StringComparison.Ordinal);
}
