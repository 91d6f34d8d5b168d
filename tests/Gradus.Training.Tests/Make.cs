using System.Globalization;
using System.Text;
using Gradus.Data;

namespace Gradus.Training.Tests;

/// <summary>Small data and models for the tests.</summary>
internal static class Make
{
    public static readonly DataSource Xor = DataSource.Parse("xor", directory: null);

    /// <summary>A model that has not learnt anything yet, and 200 points for it.</summary>
    public static (TrainedModel Model, DataSplit Data) Untrained(string spec = "mlp:8", double valid = 0.1, double test = 0.1)
    {
        var options = new DataOptions { ValidationShare = valid, TestShare = test };
        var split = Points.Xor(new PointOptions { Count = 200, ValidationShare = valid, TestShare = test });
        var prepared = TrainedModel.Prepare(ModelSpec.Parse(spec), Xor, options, new LoadedData(split));
        // Weights of its own seed: what other tests have drawn before must not matter.
        prepared.Model.Network.Initialize(0);
        return prepared;
    }

    /// <summary>A model after a short run.</summary>
    public static TrainedModel Trained(TrainingOptions? options = null)
    {
        var (model, data) = Untrained();
        _ = new Trainer(model.Network, data, options ?? new TrainingOptions { Epochs = 2, BatchSize = 16 }).Run().Last();
        return model;
    }

    /// <summary>A table: two numbers, a color, and a target that follows from them.</summary>
    public static string Table(int rows, bool regress)
    {
        var text = new StringBuilder("a,b,color,y\n");
        for (var row = 0; row < rows; row++)
        {
            double a = row * 37 % 101 / 101.0, b = row * 53 % 97 / 97.0;
            var target = regress ? (1000 * a + 500 * b + 20_000.5).ToString(CultureInfo.InvariantCulture) : a + b > 1 ? "yes" : "no";
            text.Append(CultureInfo.InvariantCulture,
                $"{(row % 10 == 3 ? "" : a.ToString("R", CultureInfo.InvariantCulture))},{b:R},{(row % 3 == 0 ? "red" : "blue")},{target}\n");
        }

        return text.ToString();
    }

    public static float[] Weights(TrainedModel model) => [.. model.Network.State().SelectMany(static entry => entry.Value.ToArray<float>())];
}
