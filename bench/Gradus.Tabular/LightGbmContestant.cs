using Gradus.Data;
using Gradus.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using DataKind = Gradus.Training.DataKind;

namespace Gradus.Tabular;

/// <summary>Gradient-boosted trees with the defaults of the package, on the same inputs.</summary>
internal sealed record LightGbmContestant() : Contestant("LightGBM")
{
    public override Score Run(Fold fold)
    {
        var source = new DataSource(DataKind.Csv, fold.TrainPath);
        var loaded = LoadedData.Load(source, fold.Options);
        var table = loaded.Table!;
        var context = new MLContext(seed: 0);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, table.InputSize);
        var train = context.Data.LoadFromEnumerable(RowsOf(loaded.Split.Train).Concat(RowsOf(loaded.Split.Validation)), schema);
        var test = CsvTable.Apply(fold.TestPath, table, withTarget: true).Data;
        var view = context.Data.LoadFromEnumerable(RowsOf(test), schema);
        if (test.Labels is { } labels)
        {
            var pipeline = context.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
                .Append(context.MulticlassClassification.Trainers.LightGbm());
            var scores = pipeline.Fit(train).Transform(view).GetColumn<float[]>("Score").ToArray();
            // A class without a training row has no score.
            return Score.OfClasses([.. scores.Select(row => Spread(row, loaded))], labels);
        }

        var model = context.Regression.Trainers.LightGbm().Fit(train);
        var predictions = model.Transform(view).GetColumn<float>("Score");
        double Unit(float value) => value * table.Target.Deviation + table.Target.Mean;
        return Score.OfNumbers([.. predictions.Select(Unit)], [.. test.Targets!.Select(Unit)]);
    }

    private static double[] Spread(float[] scores, LoadedData loaded)
    {
        int[] seen = [.. loaded.Split.Train.Labels!.Concat(loaded.Split.Validation.Labels!).Distinct().Order()];
        var all = new double[loaded.Split.Train.ClassNames!.Count];
        for (var index = 0; index < seen.Length; index++) all[seen[index]] = scores[index];
        return all;
    }

    private static IEnumerable<Row> RowsOf(Dataset data)
    {
        var inputs = new float[data.Inputs.Size * data.Count];
        data.Inputs.CopyRows([.. Enumerable.Range(0, data.Count)], inputs);
        for (var row = 0; row < data.Count; row++)
        {
            yield return new Row
            {
                Features = inputs[(row * data.Inputs.Size)..((row + 1) * data.Inputs.Size)],
                Label = data.Labels?[row] ?? data.Targets![row],
            };
        }
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
