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

    /// <summary>A table of sentences that praise or complain: by their order where "not" turns a word round, else by a word alone.</summary>
    public static string Reviews(int rows, bool order)
    {
        string[] good = ["good", "great", "lovely", "fine"], bad = ["bad", "awful", "dull", "poor"], things = ["film", "book", "meal", "song", "game"];
        string[] ends = ["", " for sure", ", they say", " but it rained", " and it was not long"];
        var text = new StringBuilder("number,review,stars,mood\n");
        for (var row = 0; row < rows; row++)
        {
            // Numbers that look drawn, and are the same everywhere.
            var drawn = (uint)((row + 1) * 2654435761L >> 7);
            var (isPraise, isTurned) = (drawn % 2 == 0, order && drawn / 2 % 2 == 0);
            var word = (isPraise != isTurned ? good : bad)[drawn / 4 % 4];
            text.Append(CultureInfo.InvariantCulture, $"{row},\"The {things[drawn / 16 % 5]} was {(isTurned ? "not " : "")}{word}{ends[drawn / 80 % 5]}.\",");
            text.Append(CultureInfo.InvariantCulture, $"{(isPraise ? 4 : 1) + drawn / 400 % 2},{(isPraise ? "praise" : "complaint")}\n");
        }

        return text.ToString();
    }

    /// <summary>A model of sentences that has not learnt anything yet, and its data.</summary>
    public static (TrainedModel Model, DataSplit Data) Sentences(TemporaryFolder folder, string spec, int rows, bool order = false, double? dropout = null)
    {
        var source = DataSource.Parse("csv:" + folder.Write("reviews.csv", Reviews(rows, order)), null);
        var options = new DataOptions { Text = "review", Ignore = ["stars"] };
        var prepared = TrainedModel.Prepare(ModelSpec.Parse(spec).WithDropout(dropout), source, options, LoadedData.Load(source, options));
        prepared.Model.Network.Initialize(0);
        return prepared;
    }

    /// <summary>A picture of one color as a BMP file of 24 bits a pixel.</summary>
    public static byte[] Bmp(int width, int height, byte red, byte green, byte blue)
    {
        var stride = (width * 3 + 3) / 4 * 4;
        using var file = new MemoryStream();
        var writer = new BinaryWriter(file);
        foreach (var number in (int[])[54 + (stride * height), 0, 54, 40, width, height, 1 | (24 << 16), 0, 0, 0, 0, 0, 0])
        {
            if (file.Length == 0) writer.Write("BM"u8);
            writer.Write(number);
        }

        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) writer.Write([blue, green, red]);
            writer.Write(new byte[stride - (3 * width)]);
        }

        return file.ToArray();
    }

    /// <summary>A folder of so many pictures of each of two classes, bright and dark.</summary>
    public static string Pictures(TemporaryFolder folder, int each)
    {
        foreach (var (name, shade) in new[] { ("bright", 180), ("dark", 0) })
        {
            Directory.CreateDirectory(folder["pictures/" + name]);
            for (var number = 0; number < each; number++)
            {
                var part = (byte)(shade + (number * 31 % 70));
                File.WriteAllBytes(folder[$"pictures/{name}/{number:000}.bmp"], Bmp(12 + (number % 3), 10, part, (byte)(part / 2), (byte)(part + 2)));
            }
        }

        return folder["pictures"];
    }

    public static float[] Weights(TrainedModel model) => [.. model.Network.State().SelectMany(static entry => entry.Value.ToArray<float>())];
}
