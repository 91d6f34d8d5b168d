using System.Text;
using System.Text.Json.Nodes;
using Gradus.Data;
using Gradus.Formats;

namespace Gradus.Training.Tests;

public sealed class TrainedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ModelPath => _folder["model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_that_was_saved_and_loaded_says_the_same()
    {
        // given
        var model = Make.Trained();
        var (_, data) = Make.Untrained();

        // when
        model.Save(ModelPath);
        var loaded = TrainedModel.Load(ModelPath);

        // then
        Assert.Equal(model.Record.ToJson(), loaded.Record.ToJson());
        Assert.Equal(Make.Weights(model), Make.Weights(loaded));
        Assert.False(loaded.Network.IsTraining);
        Assert.Equal(Evaluation.Of(model.Network, data.Test).Loss, Evaluation.Of(loaded.Network, data.Test).Loss);
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_a_model_file_is_refused()
    {
        // given
        Make.Untrained("mlp:1").Model.Save(ModelPath);
        var bytes = File.ReadAllBytes(ModelPath);

        // when, then: one bit of each byte, another from byte to byte
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] ^= (byte)(1 << (index % 8));
            File.WriteAllBytes(ModelPath, bytes);
            Assert.Throws<InvalidDataException>(() => TrainedModel.Load(ModelPath));
            bytes[index] ^= (byte)(1 << (index % 8));
        }
    }

    [Fact]
    public void A_model_from_a_file_without_checksums_says_so()
    {
        // given
        var model = Make.Untrained().Model;
        model.Save(ModelPath);
        var bytes = File.ReadAllBytes(ModelPath);
        var length = (int)BitConverter.ToInt64(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, length))!;
        foreach (var key in new[] { "gradus.crc32.header", "gradus.crc32.tensors" }) header["__metadata__"]!.AsObject().Remove(key);
        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        var without = _folder["without.safetensors"];
        File.WriteAllBytes(without, [.. BitConverter.GetBytes((long)text.Length), .. text, .. bytes[(8 + length)..]]);

        // when
        var loaded = TrainedModel.Load(without);

        // then
        Assert.Equal((true, false), (TrainedModel.Load(ModelPath).HasChecksums, loaded.HasChecksums));
        Assert.Equal(Make.Weights(model), Make.Weights(loaded));
    }

    [Theory]
    [InlineData("lstm:1", 1 << 23, 2)]
    [InlineData("transformer:1,1,2", 1 << 14, 1)]
    public void The_layers_of_a_file_that_claims_huge_samples_are_not_measured(string spec, int rows, int width)
    {
        // given: a few numbers serve sequences of any length
        var model = TrainedModel.Prepare(ModelSpec.Parse(spec), Make.Xor, new DataOptions(), new LoadedData(new DataSplit(Sequence(), Sequence(), Sequence())))
            .Model;
        var claiming = model with { Record = model.Record with { InputShape = [rows, width] } };

        // when
        var exception = Assert.Throws<InvalidDataException>(() => claiming.Summary());

        // then
        Assert.Contains($"the samples of this model are [{rows},{width}]; expected at most 1048576 numbers in 8192 steps", exception.Message);
        Assert.NotEmpty(model.Summary().Rows);

        Dataset Sequence() => Dataset.OfClasses("s", [2, width], Inputs.Of(new float[4 * width], 2 * width), [0, 1], ["a", "b"]);
    }

    [Fact]
    public void Equal_runs_give_equal_files()
    {
        // when
        Make.Trained().Save(ModelPath);
        Make.Trained().Save(_folder["again.safetensors"]);

        // then
        Assert.Equal(File.ReadAllBytes(ModelPath), File.ReadAllBytes(_folder["again.safetensors"]));
    }

    [Fact]
    public void One_picture_alone_gives_the_logits_that_it_gives_among_a_hundred()
    {
        // given
        var source = DataSource.Parse("digits", null);
        var loaded = new LoadedData(Digits.Generate(new DigitOptions { TrainCount = 100, ValidationCount = 0, TestCount = 0 }));
        var (model, data) = TrainedModel.Prepare(ModelSpec.Mlp(64, 32), source, new DataOptions(), loaded);

        // when
        var together = Logits(model, data.Train, 100);

        // then
        Assert.Equal(together, Logits(model, data.Train, 1));
        Assert.Equal(together, Logits(model, data.Train, 33));
    }

    [Fact]
    public void The_split_is_remade_from_the_record()
    {
        // given
        var source = DataSource.Parse("csv:" + _folder.Write("t.csv", Make.Table(100, regress: false)), null);
        var options = new DataOptions { Seed = 5, ValidationShare = 0.2, TestShare = 0.3, Missing = MissingValues.Drop };
        var (model, data) = TrainedModel.Prepare(ModelSpec.Mlp(4), source, options, LoadedData.Load(source, options));
        model.Save(ModelPath);

        // when
        var again = TrainedModel.Load(ModelPath).LoadSplit(source);

        // then
        foreach (var (expected, actual) in new[] { (data.Train, again.Train), (data.Validation, again.Validation), (data.Test, again.Test) })
        {
            Assert.Equal(expected.Labels, actual.Labels);
            Assert.Equal(Numbers(expected), Numbers(actual));
        }
    }

    [Fact]
    public void Data_of_another_shape_or_number_of_classes_are_refused()
    {
        // given
        var model = Make.Trained();
        var (three, _) = TrainedModel.Prepare(ModelSpec.Mlp(4), DataSource.Parse("spirals", null), new DataOptions(), new LoadedData(Points.Spirals(arms: 3)));
        var source = DataSource.Parse("csv:" + _folder.Write("t.csv", Make.Table(60, regress: false)), null);

        // then
        Assert.Contains("its samples are [1,28,28], the model takes [2]",
            Assert.Throws<InvalidDataException>(() => model.LoadSplit(DataSource.Parse("digits", null))).Message);
        Assert.Contains("it has 2 classes, the model 3", Assert.Throws<InvalidDataException>(() => three.LoadSplit(Make.Xor)).Message);
        Assert.Contains("trained on xor, not on a table", Assert.Throws<InvalidDataException>(() => model.LoadTable(source, withTarget: false)).Message);
    }

    [Fact]
    public void Values_are_told_in_the_target_s_units_and_classes_as_probabilities()
    {
        // given
        var source = DataSource.Parse("csv:" + _folder.Write("r.csv", Make.Table(100, regress: true)), null);
        var (regression, _) = TrainedModel.Prepare(ModelSpec.Mlp(), source, new DataOptions(), LoadedData.Load(source, new DataOptions()));
        var target = regression.Record.ReadTable()!.Target;

        // when
        var values = regression.ToPredictions(Tensor.From([0f, 1f], [2, 1]));
        var probabilities = Make.Trained().ToPredictions(Tensor.From([0f, 0f, 1000f, -1000f], [2, 2]));

        // then
        Assert.Equal(target.Mean, values[0], 1);
        Assert.Equal(target.Mean + target.Deviation, values[1], 1);
        Assert.Equal([0.5f, 0.5f, 1f, 0f], probabilities);
    }

    [Theory]
    [InlineData("autoencoder:6,2")]
    [InlineData("resnet20")]
    public void A_model_of_pictures_that_was_saved_and_loaded_says_the_same(string word)
    {
        // given
        var source = DataSource.Parse("digits", null);
        var loaded = new LoadedData(Digits.Generate(new DigitOptions { TrainCount = 40, ValidationCount = 0, TestCount = 10 }));
        var (model, data) = TrainedModel.Prepare(ModelSpec.Parse(word), source, new DataOptions(), loaded);
        _ = new Trainer(model.Network, data, new TrainingOptions { Steps = 2, BatchSize = 20 }).Run().Last();

        // when
        model.Save(ModelPath);
        var again = TrainedModel.Load(ModelPath);

        // then
        Assert.Equal(Logits(model, data.Test, 10), Logits(again, data.Test, 10));
        Assert.Equal(model.Record.ToJson(), again.Record.ToJson());
    }

    [Fact]
    public void What_is_given_back_are_the_pixels_themselves_and_the_classes_are_left_out()
    {
        // given
        var source = DataSource.Parse("digits", null);
        var loaded = new LoadedData(Digits.Generate(new DigitOptions { TrainCount = 40, ValidationCount = 0, TestCount = 10 }));

        // when
        var (model, data) = TrainedModel.Prepare(ModelSpec.Parse("autoencoder:6,2"), source, new DataOptions(), loaded);
        var evaluation = Evaluation.Of(model.Network, data.Test);

        // then
        Assert.Equal(Numbers(loaded.Split.Train), Numbers(data.Train));
        Assert.Null(data.Train.ClassNames);
        Assert.Equal((784, null), (model.Record.Outputs, model.Record.ClassNames));
        var outputs = Logits(model, data.Test, 10);
        Assert.Equal(Numbers(data.Test).Zip(outputs).Average(static pair => Math.Pow(pair.First - pair.Second, 2)), evaluation.MeanSquaredError!.Value, 6);
        Assert.Equal(evaluation.Loss, evaluation.MeanSquaredError.Value, 12);
    }

    [Fact]
    public void Tensors_without_a_record_are_no_model()
    {
        // given
        SafeTensorsFile.Write(ModelPath, Make.Trained().Network.State());

        // then
        Assert.Contains("not a model of Gradus", Assert.Throws<InvalidDataException>(() => TrainedModel.Load(ModelPath)).Message);
    }

    [Theory]
    [InlineData("mlp:1048576,1048576")]
    [InlineData("mlp:100000")]
    [InlineData("mlp:9")]
    [InlineData("mlp")]
    public void A_record_that_claims_another_network_than_the_file_holds_is_refused_before_it_is_built(string spec)
    {
        // given
        var model = Make.Trained();
        (model with { Record = model.Record with { Model = spec } }).Save(ModelPath);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        // when
        var exception = Assert.Throws<InvalidDataException>(() => TrainedModel.Load(ModelPath));

        // then
        Assert.StartsWith(ModelPath, exception.Message);
        Assert.Contains("but the file holds 42 numbers", exception.Message);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 50_000_000);
    }

    [Fact]
    public void Tensors_of_other_names_are_refused()
    {
        // given: as many numbers as the network has, but not its own
        var model = Make.Trained();
        SafeTensorsFile.Write(ModelPath, new Dictionary<string, Tensor> { ["x"] = Tensor.Zeros([42]) },
            new Dictionary<string, string> { ["gradus"] = model.Record.ToJson() });

        // then
        Assert.StartsWith(ModelPath, Assert.Throws<InvalidDataException>(() => TrainedModel.Load(ModelPath)).Message);
    }

    private static float[] Logits(TrainedModel model, Dataset data, int batchSize) =>
        [.. Evaluation.Predict(model.Network, data, batchSize).SelectMany(static batch => batch.Outputs.ToArray<float>())];

    private static float[] Numbers(Dataset data) => data.InputTensor([.. Enumerable.Range(0, data.Count)]).ToArray<float>();
}
