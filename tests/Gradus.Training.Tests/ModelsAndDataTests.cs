using System.Buffers.Binary;
using Gradus.Data;

namespace Gradus.Training.Tests;

/// <summary>Every model on every kind of data: it learns a step, or says in one line why not.</summary>
public sealed class ModelsAndDataTests : IDisposable
{
    private static readonly string[] Words =
    [
        "mlp", "mlp:3", "cnn", "lenet", "resnet20", "lstm:3", "gru:3,2", "transformer:1,1,4", "gpt:1,1,4,8", "autoencoder", "autoencoder:2", "autoencoder:4,2",
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Data => ["digits", "spirals", "moons", "circles", "xor", "mnist", "fashion-mnist", "csv:classes", "csv:numbers", "text",
        "pictures", "cifar10", "npz"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Data))]
    public void Every_model_takes_the_data_or_says_why_not(string name)
    {
        // given
        var source = Source(name);
        var options = new DataOptions { Context = 8, TestShare = source.HasOwnTest || source.Kind == DataKind.Text ? null : 0.1 };
        var loaded = Few(LoadedData.Load(source, options));
        var fitting = 0;

        // when
        foreach (var word in Words)
        {
            var spec = ModelSpec.Parse(word);
            try
            {
                var (model, data) = TrainedModel.Prepare(spec, source, options, loaded);
                var last = new Trainer(model.Network, data, spec.DefaultOptions(data.Train.Count) with { Steps = 1, BatchSize = 2 }, model.TargetDeviation)
                    .Run().Last();

                // then
                Assert.IsType<TrainingDone>(last);
                fitting++;
            }
            catch (FormatException exception)
            {
                Assert.StartsWith($"model '{spec}' takes ", exception.Message);
                Assert.DoesNotContain('\n', exception.Message);
            }
        }

        Assert.InRange(fitting, 1, Words.Length - 1);
    }

    [Fact]
    public void An_autoencoder_of_a_text_is_refused()
    {
        // given
        var source = Source("text");
        var loaded = LoadedData.Load(source, new DataOptions { Context = 8 });

        // when
        var exception = Assert.Throws<FormatException>(() =>
            TrainedModel.Prepare(ModelSpec.Parse("autoencoder:2"), source, new DataOptions { Context = 8 }, loaded));

        // then
        Assert.Equal("model 'autoencoder:2' takes tables, sequences or pictures; these data are text [8].", exception.Message);
    }

    private DataSource Source(string name) => name switch
    {
        "mnist" or "fashion-mnist" => DataSource.Parse(name, Pictures()),
        "csv:classes" => DataSource.Parse("csv:" + _folder.Write("c.csv", Make.Table(60, regress: false)), null),
        "csv:numbers" => DataSource.Parse("csv:" + _folder.Write("r.csv", Make.Table(60, regress: true)), null),
        "text" => DataSource.Parse("text:" + _folder.Write("t.txt", string.Concat(Enumerable.Repeat("abcde fgh\n", 20))), null),
        "pictures" => DataSource.Parse("pictures:" + Make.Pictures(_folder, each: 10), null),
        "cifar10" => DataSource.Parse(name, Cifar()),
        "npz" => DataSource.Parse("npz:" + Arrays(), null),
        _ => DataSource.Parse(name, null),
    };

    // A few samples are enough to see whether a model takes them.
    private static LoadedData Few(LoadedData loaded)
    {
        Dataset Part(Dataset data) => data.Select([.. Enumerable.Range(0, Math.Min(4, data.Count))]);
        return loaded with { Split = new DataSplit(Part(loaded.Split.Train), Part(loaded.Split.Validation), Part(loaded.Split.Test)) };
    }

    private string Cifar()
    {
        foreach (var part in new[] { "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch" })
            File.WriteAllBytes(_folder[part + ".bin"], new byte[4 * 3073]);
        return Path.GetDirectoryName(_folder["x"])!;
    }

    private string Arrays()
    {
        var arrays = new Dictionary<string, Tensor> { ["x"] = Tensor.Arange(120).To(DType.Float32).Reshape(20, 6), ["y"] = Tensor.Arange(20) / 20.0 };
        Gradus.Formats.NpzFile.Write(_folder["a.npz"], arrays);
        return _folder["a.npz"];
    }

    private string Pictures()
    {
        foreach (var part in new[] { "train", "t10k" })
        {
            File.WriteAllBytes(_folder[$"{part}-images-idx3-ubyte"], Idx(20, 28, 28));
            File.WriteAllBytes(_folder[$"{part}-labels-idx1-ubyte"], Idx(20));
        }

        return Path.GetDirectoryName(_folder["x"])!;
    }

    private static byte[] Idx(params int[] sizes)
    {
        var header = 4 + (4 * sizes.Length);
        var file = new byte[header + sizes.Aggregate(1, static (product, size) => product * size)];
        (file[2], file[3]) = (8, (byte)sizes.Length);
        for (var axis = 0; axis < sizes.Length; axis++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * axis)), sizes[axis]);
        for (var at = header; at < file.Length; at++) file[at] = (byte)(at % 10);
        return file;
    }
}
