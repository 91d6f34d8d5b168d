using System.Globalization;
using Gradus.Cli.Commands;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Output;

/// <summary>Figures as a person reads them.</summary>
internal static class Figures
{
    /// <summary>Data that were read: how many samples, and what was made of missing values.</summary>
    public static IEnumerable<string> Of(LoadedData data, ModelSpec spec)
    {
        var (train, valid, test) = data.Split;
        var heldOut = string.Create(CultureInfo.InvariantCulture, $"{valid.Length} for validation{(train.IsText ? "" : $", {test.Count} for the test")}");
        yield return PlainText.Of($"{train}; {heldOut}; model {spec}");
        foreach (var line in Of(data.Report)) yield return line;
        foreach (var line in data.Audit?.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? []) yield return PlainText.Of(line);
        if (data.Pictures is { Skipped.Count: > 0 } pictures) yield return PlainText.Of(pictures.ToString());
        if (data.Table?.Target is not { Task: TaskKind.Regress } target || spec.Reconstructs) yield break;
        yield return PlainText.Of($"RMSE is in the units of '{target.Name}'");
        if (data.Table.PersistenceError(test.Count > 0 ? test : valid) is { } naive)
        {
            var part = test.Count > 0 ? "test" : "validation";
            yield return string.Create(CultureInfo.InvariantCulture, $"to beat: RMSE {naive:G6} on the {part} samples, by persistence (the last value again)");
        }
    }

    /// <summary>The error of the persistence forecast, beside that of a model; nothing where there is none.</summary>
    public static string OfPersistence(double? error) =>
        error is { } naive ? string.Create(CultureInfo.InvariantCulture, $" (persistence: RMSE {naive:G6})") : "";

    /// <summary>
    /// What is to be told of a table that was read: its notes, and what was made of missing values, where there were any. Of other data nothing.
    /// </summary>
    public static IEnumerable<string> Of(TableReport? report)
    {
        if (report is null) yield break;
        foreach (var note in report.Notes) yield return PlainText.Of(Flags.TextOf(note));
        if (report.Filled + report.Dropped + report.Unknown == 0) yield break;
        yield return FormattableString.Invariant($"missing values: {report.Filled} cells filled, {report.Dropped} of {report.Rows} rows dropped; ")
            + FormattableString.Invariant($"{report.Unknown} cells hold texts that no input stands for");
    }

    /// <summary>How a run ended, and where its model is.</summary>
    public static string OfEnd(TrainingEvent last, CalibrationRecord? calibration, string model, bool isText)
    {
        var folder = Path.GetDirectoryName(model)!;
        var report = $"report {Path.Combine(folder, RunFolder.ReportName)}, and what next: gradus runs show {RunFiles.Word(folder)}";
        switch (last)
        {
            case TrainingDone done:
                var figures = done.Test is { } test ? "test " + Of(test) : done.Validation is { } valid ? "valid " + Of(valid) : "done";
                var best = isText ? $"step {done.BestStep}" : $"epoch {done.BestEpoch}";
                var beside = OfBaselines(done) + Of(calibration);
                return string.Create(CultureInfo.InvariantCulture, $"{figures} ({best}, {done.Seconds:0.0} s)\n{beside}{report}\nsaved {model}");
            case TrainingInterrupted interrupted:
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"interrupted{(isText ? "" : $" in epoch {interrupted.Epoch}")} after {interrupted.Step} steps; saved {model} as it stands\n") +
                    $"go on: gradus train --resume {RunFiles.Word(folder)}";
            default:
                throw new InvalidOperationException("The run ended without saying how.");
        }
    }

    /// <summary>A line for each model without a network; nothing where none was asked for.</summary>
    private static string OfBaselines(TrainingDone done) => string.Concat(done.Baselines.Select(baseline =>
        (baseline.Test ?? baseline.Validation) is { } evaluation ? $"  beside it: {baseline.Name,-8}  {Of(evaluation)}\n" : ""));

    /// <summary>How sure a model may be, in a line; nothing where it was not learnt.</summary>
    private static string Of(CalibrationRecord? calibration) => calibration switch
    {
        { Temperature: { } temperature, ErrorBefore: { } before, ErrorAfter: { } after } => string.Create(CultureInfo.InvariantCulture,
            $"  how sure: calibration error {100 * before:0.0} % → {100 * after:0.0} % on {calibration.Samples} validation samples, " +
            $"at temperature {temperature:0.##}\n"),
        { Intervals: [.., var widest] } => Of(calibration.HalfWidthOf(CalibrationRecord.UsualCoverage) ?? widest, calibration),
        _ => "",
    };

    private static string Of(IntervalRecord interval, CalibrationRecord calibration)
    {
        var errors = calibration.OfLogarithms == true
            ? string.Create(CultureInfo.InvariantCulture, $"1 + target are within a factor of {Math.Exp(interval.HalfWidth):G4} of what is predicted")
            : string.Create(CultureInfo.InvariantCulture, $"errors are at most {interval.HalfWidth:G4}");
        return string.Create(CultureInfo.InvariantCulture,
            $"  how sure: {100 * interval.Coverage:0} of 100 {errors}, by {calibration.Samples} validation samples\n");
    }

    /// <summary>A fold: <c>fold 2 of 5: loss 0.0712, accuracy 98.31 % on 30 rows …</c>.</summary>
    public static string Of(FoldDone fold) => string.Create(CultureInfo.InvariantCulture,
        $"fold {fold.Fold.Number} of {fold.Fold.Count}: {Of(fold.Done.Test!)} (epoch {fold.Done.BestEpoch}, {fold.Done.Seconds:0.0} s)");

    /// <summary>The figures of all folds, a line for each kind of model.</summary>
    public static IEnumerable<string> Of(int folds, IReadOnlyList<FoldSummary> models) => models.Select((model, place) =>
        (place == 0 ? FormattableString.Invariant($"{folds} folds, mean ± standard error of the rows held out: ") : $"  beside it: {model.Name,-8}  ")
        + Of(model));

    private static string Of(FoldSummary model)
    {
        var text = $"loss {model.Loss}";
        if (model.Accuracy is var (mean, error)) text += string.Create(CultureInfo.InvariantCulture, $", accuracy {100 * mean:0.00} ± {100 * error:0.00} %");
        if (model.RootMeanSquaredError is { } root) text += $", RMSE {root}";
        return text;
    }

    /// <summary>The figures of an evaluation: <c>loss 0.0712, accuracy 98.31 %</c>.</summary>
    public static string Of(Evaluation evaluation)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"loss {evaluation.Loss:0.0000}");
        if (evaluation.Accuracy is { } accuracy) text += string.Create(CultureInfo.InvariantCulture, $", accuracy {accuracy * 100:0.00} %");
        if (evaluation.BitsPerByte is { } bits) text += string.Create(CultureInfo.InvariantCulture, $", {bits:0.0000} bits/byte");
        if (evaluation.RootMeanSquaredError is { } error) text += string.Create(CultureInfo.InvariantCulture, $", RMSE {error:G6}");
        return text;
    }

    /// <summary>Measures by name: <c>f1 macro 0.9812, brier 0.0411</c>.</summary>
    public static string Of(IReadOnlyList<KeyValuePair<string, double>> measures) => string.Join(", ", measures.Select(static measure =>
        string.Create(CultureInfo.InvariantCulture, $"{measure.Key.Replace('_', ' ')} {measure.Value:0.####}")));

    /// <summary>An epoch: <c>epoch  3  train loss 0.0712  valid loss …</c>; of text, steps: <c>step   500  train loss …</c>.</summary>
    public static string Of(EpochDone epoch, bool isText, double? samplesPerSecond = null)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{(isText ? $"step {epoch.Step,5}" : $"epoch {epoch.Epoch,3}")}  train loss {epoch.TrainLoss:0.0000}");
        if (epoch.Validation is { } valid) text += $"  valid {Of(valid)}";
        if (samplesPerSecond is { } speed) text += string.Create(CultureInfo.InvariantCulture, $"  {speed,9:N0} {UnitOf(isText)}/s");
        return text + string.Create(CultureInfo.InvariantCulture, $"  {epoch.Seconds:0.0} s{(epoch.IsBest ? "  best" : "")}");
    }

    /// <summary>What a speed counts.</summary>
    public static string UnitOf(bool isText) => isText ? "tokens" : "samples";
}
