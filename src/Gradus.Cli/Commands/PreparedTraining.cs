using Gradus.Data;
using Gradus.Nn;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>All that a training needs, ready to run.</summary>
/// <param name="Source">Where the data come from.</param>
/// <param name="Spec">The architecture.</param>
/// <param name="Loaded">The data as they were read.</param>
/// <param name="Model">The model, untrained or the one to begin with.</param>
/// <param name="Lora">The adapters that are trained in place of the model's own weights; null where those are.</param>
/// <param name="Data">The data as the network takes them.</param>
/// <param name="Trainer">The trainer, which has not run.</param>
/// <param name="Recipe">All options with their defaults resolved, as JSON.</param>
internal sealed record PreparedTraining(
    DataSource Source, ModelSpec Spec, LoadedData Loaded, TrainedModel Model, Lora? Lora, DataSplit Data, Trainer Trainer, string Recipe)
{
    /// <summary>Trains once for each fold of a cross-validation; null where none is asked for.</summary>
    public Func<CancellationToken, IEnumerable<FoldDone>>? Folds { get; init; }

    /// <summary>Takes when the parts of the steps were computed and sent; null where nobody asks.</summary>
    public StepTimeline? Timeline { get; init; }
}
