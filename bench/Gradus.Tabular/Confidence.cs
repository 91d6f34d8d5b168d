using Gradus.Data;
using Gradus.Training;

namespace Gradus.Tabular;

/// <summary>How sure a model is of rows that it never saw: beside how often it is right.</summary>
internal static class Confidence
{
    /// <summary>
    /// Trains on each fold as <c>gradus train</c> does, and tells of the held-out rows of all of them the calibration error without and with the temperature, or
    /// the share of targets in the intervals for 90 of 100 cases and their mean width in standard deviations of the target.
    /// </summary>
    public static string Row(TableSet set, IReadOnlyList<Fold> folds)
    {
        var (plain, tempered, covered, widths) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        foreach (var fold in folds)
        {
            var source = new DataSource(Gradus.Training.DataKind.Csv, fold.TrainPath);
            var loaded = LoadedData.Load(source, fold.Options);
            var spec = ModelSpec.Parse("table");
            var (model, data) = TrainedModel.Prepare(spec, source, fold.Options, loaded);
            _ = new Trainer(model.Network, data, spec.DefaultOptions(data.Train.Count), model.TargetDeviation).Run().Last();
            model.Network.Eval();
            var calibrated = model.Calibrate(data.Validation);
            var test = model.LoadTable(new DataSource(Gradus.Training.DataKind.Csv, fold.TestPath), withTarget: true).Data;
            double Of(TrainedModel judged, string measure) => Measures.Of(judged, test).FirstOrDefault(found => found.Key == measure, new("", double.NaN)).Value;
            if (data.Train.ClassNames is not null)
            {
                plain.Add(Of(model, "calibration_error"));
                tempered.Add(Of(calibrated, "calibration_error"));
                continue;
            }

            covered.Add(Of(calibrated, "coverage_90"));
            widths.Add(2 * calibrated.Record.Calibration!.Intervals!.First(static interval => interval.Coverage == 0.9).HalfWidth / model.TargetDeviation);
        }

        return covered.Count > 0
            ? $"{set.Name,-12} 90 of 100 intervals cover {100 * covered.Average():0.0} % ({string.Join(", ", covered.Select(static share => $"{100 * share:0.0}"))}), width {widths.Average():0.00} σ"
            : $"{set.Name,-12} calibration error {100 * plain.Average():0.0} % → {100 * tempered.Average():0.0} %";
    }
}
