using Gradus.Data;
using Gradus.Nn;
using Gradus.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Gradus.Tabular;

/// <summary>Something that learns from a fold and is judged by it.</summary>
internal abstract record Contestant(string Name)
{
    public abstract Score Run(Folds fold, TableSet set);

    /// <summary>A network by its word, with its recommended options.</summary>
    public sealed record Network(string Word) : Contestant(Word)
    {
        public override Score Run(Folds fold, TableSet set)
        {
            var source = new DataSource(Gradus.Training.DataKind.Csv, fold.TrainPath);
            var loaded = LoadedData.Load(source, fold.Options);
            var spec = ModelSpec.Parse(Word).WithDropout(Tuning.Dropout);
            var (model, data) = TrainedModel.Prepare(spec, source, fold.Options, loaded);
            var options = Tuning.Apply(spec.DefaultOptions(data.Train.Count));
            foreach (var happened in new Trainer(model.Network, data, options, model.TargetDeviation).RunByEpoch())
            {
                if (happened is EpochDone epoch && Tuning.Verbose && epoch.Epoch % 10 == 0)
                    Console.Error.WriteLine($"  {epoch.Epoch} train {epoch.TrainLoss:0.0000} valid {epoch.Validation?.Loss:0.0000} {epoch.Validation?.Accuracy:0.000} {epoch.Seconds:0.0} s");
                if (happened is TrainingDone done && Tuning.Verbose) Console.Error.WriteLine($"  best {done.BestEpoch} {done.Seconds:0.0} s");
            }

            var test = model.LoadTable(new DataSource(Gradus.Training.DataKind.Csv, fold.TestPath), withTarget: true).Data;
            model.Network.Eval();
            using var noGrad = new NoGrad();
            var outputs = model.ToPredictions(model.Network.Forward(test.InputTensor([.. Enumerable.Range(0, test.Count)])));
            if (test.Labels is { } labels)
            {
                var classes = test.ClassNames!.Count;
                return Score.OfClasses([.. outputs.Chunk(classes).Select(static row => Array.ConvertAll(row, static value => (double)value))], labels);
            }

            var target = loaded.Table!.Target;
            return Score.OfNumbers(
                Array.ConvertAll(outputs, static value => (double)value), Array.ConvertAll(test.Targets!, value => value * target.Deviation + target.Mean));
        }
    }

    /// <summary>Linear or logistic regression, as the command prints it beside the network.</summary>
    public sealed record LinearModel() : Contestant("linear")
    {
        public override Score Run(Folds fold, TableSet set)
        {
            var loaded = LoadedData.Load(new DataSource(Gradus.Training.DataKind.Csv, fold.TrainPath), fold.Options);
            var test = CsvTable.Apply(fold.TestPath, loaded.Table!, withTarget: true).Data;
            var found = Evaluation.Of(Baseline.LinearOf(loaded.Split.Train), test, loaded.Table!.Target.Deviation);
            return new Score(found.Accuracy, found.RootMeanSquaredError ?? found.Loss);
        }
    }

    /// <summary>Gradient-boosted trees with the defaults of the package, on the same inputs.</summary>
    public sealed record LightGbm() : Contestant("LightGBM")
    {
        public override Score Run(Folds fold, TableSet set)
        {
            var source = new DataSource(Gradus.Training.DataKind.Csv, fold.TrainPath);
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
                var pipeline = context.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
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
}
