using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <content>The cross-validation before a training.</content>
internal static partial class TrainCommand
{
    private static readonly Option<int?> Folds = CommandOptions.Whole(
        "--folds", "Train so many times more before, each time without another part of a table's rows, and tell how well these are predicted: "
            + "mean ± standard error. Default: never.", 2, 1000);

    /// <exception cref="UsageException">The data are no table, or the model is trained already.</exception>
    private static Func<CancellationToken, IEnumerable<FoldDone>>? FoldsOf(
        ParseResult parsed, DataSource source, ModelSpec spec, DataOptions data, TrainingOptions training)
    {
        if (parsed.GetValue(Folds) is not { } folds) return null;
        if (!source.IsTable) throw new UsageException($"--folds are for tables; '{PlainText.Quote(source.KindName)}' is none.");
        if (data.Window is not null) throw new UsageException("--folds and --window exclude each other: what is later in time must not be learnt from.");
        if (parsed.GetValue(From) is not null)
            throw new UsageException("--folds and --from exclude each other: the model may have learnt from the rows held out.");
        if (training.Exchange is not null) throw new UsageException("--folds are trained by one process, in a run of its own; leave them out here.");
        // What is examined or is to be recorded is the training that gives the model.
        training = training with { DoctorEvery = null, GradientNormEvery = null };
        return cancellation => CrossValidation.Run(spec, folds, Load, training, cancellation);

        TableSplit Load(TableFold fold)
        {
            var loaded = CommandOptions.Usage(() => LoadedData.Load(source, data with { Fold = fold, Audit = false }));
            return new TableSplit(loaded.Split, loaded.Table!, loaded.Report!);
        }
    }

    /// <summary>Trains and tells the folds.</summary>
    /// <returns>Whether all of them were trained.</returns>
    private static bool Validate(PreparedTraining prepared, RunFolder folder, ITrainingOutput output, CancellationToken cancellation)
    {
        if (prepared.Folds is null) return true;
        var done = new List<FoldDone>();
        foreach (var fold in prepared.Folds(cancellation))
        {
            done.Add(fold);
            output.Show(fold);
            folder.Note(EventJson.Of(fold));
        }

        if (cancellation.IsCancellationRequested || done.Count == 0)
        {
            CommandOptions.Note(FormattableString.Invariant($"interrupted after {done.Count} folds; nothing was saved"));
            return false;
        }

        var models = FoldSummary.Of(done);
        output.Show(done.Count, models);
        folder.Note(EventJson.Of(done.Count, models));
        return true;
    }
}
