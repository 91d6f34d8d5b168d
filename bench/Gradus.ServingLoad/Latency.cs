using System.Diagnostics;
using System.Globalization;
using Gradus.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Gradus.ServingLoad;

/// <summary>Single rows of a table of numbers by a <see cref="Predictor"/> and by ML.NET's PredictionEngine, in turn in one process on one thread.</summary>
internal static class Latency
{
    private const double Stretch = 0.1;
    private const int Batch = 256;

    public static void Run(string model, string csv, string target, double seconds)
    {
        Compute.Threads = 1;
        var predictor = Predictor.Load(model);
        var (names, rows, targets) = Read(csv, target);
        var prediction = new Prediction();
        var prepared = Enumerable.Range(0, Batch).Select(row => predictor.Prepare(rows[row])).ToArray();
        var (sdca, sdcaError) = Engine(rows, targets, static (context, label, features) => context.Regression.Trainers.Sdca(
            new SdcaRegressionTrainer.Options { LabelColumnName = label, FeatureColumnName = features, NumberOfThreads = 1, MaximumNumberOfIterations = 20 }));
        var (trees, treesError) = Engine(rows, targets, static (context, label, features) => context.Regression.Trainers.FastTree(
            new FastTreeRegressionTrainer.Options { LabelColumnName = label, FeatureColumnName = features, NumberOfThreads = 1 }));
        (string Name, Action<int> Predict, int Samples)[] sides =
        [
            ($"Gradus, {predictor.Model.Record.Model}, numbers", row => predictor.Predict(rows[row % rows.Length], prediction), 1),
            ($"Gradus, {predictor.Model.Record.Model}, {Batch} at once", _ => predictor.Predict(prepared), Batch),
            ($"ML.NET, SDCA (RMSE {sdcaError:0.000})", row => sdca.Predict(new HouseRow { Features = rows[row % rows.Length] }), 1),
            ($"ML.NET, FastTree (RMSE {treesError:0.000})", row => trees.Predict(new HouseRow { Features = rows[row % rows.Length] }), 1),
        ];
        var times = sides.Select(static _ => new List<double>()).ToArray();
        foreach (var (_, predict, _) in sides) Spend(0.5, predict, []);
        for (var spent = 0.0; spent < seconds; spent += Stretch)
        {
            for (var side = 0; side < sides.Length; side++) Spend(Stretch, sides[side].Predict, times[side]);
        }

        Console.WriteLine($"{names.Length} columns, one thread");
        for (var side = 0; side < sides.Length; side++)
        {
            times[side].Sort();
            var (p50, p99) = (times[side][times[side].Count / 2], times[side][(int)(times[side].Count * 99L / 100)]);
            var rate = sides[side].Samples * 1e6 / times[side].Average();
            Console.WriteLine($"{sides[side].Name}: p50 {p50:0.00} µs, p99 {p99:0.00} µs a call; {rate:0} rows a second");
        }
    }

    private static void Spend(double seconds, Action<int> predict, List<double> microseconds)
    {
        var end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        for (var row = 0; ; row++)
        {
            var begin = Stopwatch.GetTimestamp();
            predict(row);
            var now = Stopwatch.GetTimestamp();
            microseconds.Add((now - begin) * 1e6 / Stopwatch.Frequency);
            if (now > end) return;
        }
    }

    private static (PredictionEngine<HouseRow, HousePrice> Engine, double Error) Engine(
        float[][] rows, float[] targets, Func<MLContext, string, string, IEstimator<ITransformer>> trainer)
    {
        var context = new MLContext(seed: 0);
        var schema = SchemaDefinition.Create(typeof(HouseRow));
        schema[nameof(HouseRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        var data = context.Data.LoadFromEnumerable(rows.Zip(targets, static (row, target) => new HouseRow { Features = row, Label = target }), schema);
        var split = context.Data.TrainTestSplit(data, 0.1, seed: 0);
        var pipeline = context.Transforms.NormalizeMeanVariance(nameof(HouseRow.Features))
            .Append(trainer(context, nameof(HouseRow.Label), nameof(HouseRow.Features)));
        var fitted = pipeline.Fit(split.TrainSet);
        var error = context.Regression.Evaluate(fitted.Transform(split.TestSet)).RootMeanSquaredError;
        return (context.Model.CreatePredictionEngine<HouseRow, HousePrice>(fitted, inputSchemaDefinition: schema), error);
    }

    private static (string[] Names, float[][] Rows, float[] Targets) Read(string csv, string target)
    {
        var cells = File.ReadLines(csv).Select(static line => line.Split(',')).ToArray();
        // ML.NET's trainers take neither texts nor rows with gaps.
        var columns = Enumerable.Range(0, cells[0].Length).Where(column => float.TryParse(cells[1][column], CultureInfo.InvariantCulture, out _)).ToArray();
        var inputs = columns.Where(column => cells[0][column] != target).ToArray();
        var rows = cells.Skip(1).Where(row => columns.All(column => row[column].Length > 0)).ToArray();
        var at = Array.IndexOf(cells[0], target);
        return ([.. inputs.Select(column => cells[0][column])], [.. rows.Select(row => inputs.Select(column => Number(row[column])).ToArray())],
            [.. rows.Select(row => Number(row[at]))]);
    }

    private static float Number(string cell) => float.Parse(cell, CultureInfo.InvariantCulture);

    private sealed class HouseRow
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class HousePrice
    {
        public float Score { get; set; }
    }
}
