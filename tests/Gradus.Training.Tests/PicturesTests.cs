using Gradus.Data;
using Gradus.Formats;

namespace Gradus.Training.Tests;

/// <summary>Folders of pictures and files of arrays, from training to prediction.</summary>
public sealed class PicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_of_pictures_reads_others_as_it_read_its_own()
    {
        // given
        var source = DataSource.Parse("pictures:" + Make.Pictures(_folder, each: 30), null);
        var options = new DataOptions
        {
            PictureSize = new PictureSize(6, 8),
            PictureChannels = 1,
            PictureResize = PictureResize.Fit,
            MaxPixels = 500,
            TestShare = 0.2,
        };
        var model = Train(source, options, out var data);

        // when
        model.Save(_folder["m.safetensors"]);
        var loaded = TrainedModel.Load(_folder["m.safetensors"]);
        var split = loaded.LoadSplit(source);
        var (all, files, report) = loaded.LoadSamples(source);

        // then
        Assert.Equal((48 - 6, 6, 12), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal([1, 6, 8], loaded.Record.InputShape);
        Assert.Contains("\"pictures\":{\"resize\":\"fit\",\"max_pixels\":500}", loaded.Record.ToJson());
        Assert.Equal(Numbers(data.Test), Numbers(split.Test));
        Assert.Equal(data.Test.Labels!, split.Test.Labels!);
        Assert.Equal(1.0, Evaluation.Of(loaded.Network, split.Test).Accuracy);
        Assert.Equal((60, 60, 0), (all.Count, files!.Count, report!.Skipped.Count));
        Assert.Equal(("bright/000.bmp", "dark/029.bmp"), (files[0], files[^1]));
        Assert.Null(all.ClassNames);
        Assert.All(Enumerable.Range(0, 60), row => Assert.Equal(row < 30 ? "bright" : "dark", Says(loaded, all, row)));
    }

    [Fact]
    public void A_model_of_other_pictures_reads_a_folder_at_its_size()
    {
        // given: a model of generated digits, 28 × 28 in gray
        var digits = DataSource.Parse("digits", null);
        var loaded = new LoadedData(Digits.Generate(new DigitOptions { TrainCount = 20, ValidationCount = 5, TestCount = 5 }));
        var (model, _) = TrainedModel.Prepare(ModelSpec.Mlp(4), digits, new DataOptions(), loaded);
        var picture = Path.Combine(Make.Pictures(_folder, each: 1), "dark", "000.bmp");

        // when
        var (samples, files, _) = model.LoadSamples(DataSource.Parse("pictures:" + picture, null));

        // then
        Assert.Equal("000.bmp: 1 samples [1, 28, 28]", samples.ToString());
        Assert.Equal(["000.bmp"], files);
        Assert.DoesNotContain("pictures", model.Record.ToJson());
    }

    [Fact]
    public void What_does_not_fit_the_model_is_refused()
    {
        // given
        var folder = Make.Pictures(_folder, each: 10);
        var model = Train(DataSource.Parse("pictures:" + folder, null), new DataOptions { PictureSize = new PictureSize(4, 4) }, out _);
        var arrays = new Dictionary<string, Tensor> { ["x"] = Tensor.Zeros([20, 3, 4, 4]), ["y"] = Tensor.Zeros([20]) };
        NpzFile.Write(_folder["a.npz"], arrays);
        Directory.CreateDirectory(_folder["pictures/other"]);
        File.Copy(_folder["pictures/dark/000.bmp"], _folder["pictures/other/1.bmp"]);

        // then
        Refused(() => model.LoadSplit(DataSource.Parse("pictures:" + folder, null)),
            "the class 'other' of other/1.bmp is none of those expected: bright, dark");
        Refused(() => model.LoadSplit(DataSource.Parse("pictures:" + folder + "/dark", null)), "its samples have no classes; the model tells classes");
        Refused(() => model.LoadSplit(DataSource.Parse("npz:" + _folder["a.npz"], null)), "its samples have no classes");
        Refused(() => Make.Untrained().Model.LoadSamples(DataSource.Parse("pictures:" + folder, null)), "this model takes [2], which are no pictures");
        Refused(() => model.LoadSamples(DataSource.Parse("npz:" + Write("b.npz", Tensor.Zeros([2, 5])), null)), "its samples are [5], the model takes [3,4,4]");
        Assert.Equal(20, model.LoadSamples(DataSource.Parse("npz:" + _folder["a.npz"], null)).Data.Count);

        static void Refused(Func<object> load, string message) => Assert.Contains(message, Assert.Throws<InvalidDataException>(load).Message);
    }

    [Fact]
    public void Options_of_pictures_are_for_pictures()
    {
        // given
        var options = new DataOptions { PictureSize = new PictureSize(4, 4) };

        // then
        Assert.Contains("data 'xor': PictureSize is for pictures:DIR only", Assert.Throws<FormatException>(() => LoadedData.Load(Make.Xor, options)).Message);
    }

    [Fact]
    public void Arrays_are_learnt_evaluated_and_predicted()
    {
        // given
        var values = Enumerable.Range(0, 200).Select(static row => (float)(row * 37 % 100) / 100).ToArray();
        var arrays = new Dictionary<string, Tensor>
        {
            ["x"] = Tensor.From(values, [100, 2]),
            ["y"] = Tensor.From(Enumerable.Range(0, 100).Select(row => values[2 * row] > 0.5 ? 1 : 0).ToArray(), [100]),
        };
        NpzFile.Write(_folder["a.npz"], arrays);
        var source = DataSource.Parse("npz:" + _folder["a.npz"], null);

        // when
        var model = Train(source, new DataOptions(), out var data);

        // then
        Assert.Equal((80, 10, 10), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal(Numbers(data.Test), Numbers(model.LoadSplit(source).Test));
        Assert.Equal(100, model.LoadSamples(source).Data.Count);
        Assert.InRange(Evaluation.Of(model.Network, data.Train).Accuracy!.Value, 0.9, 1);
    }

    private string Write(string name, Tensor inputs)
    {
        NpzFile.Write(_folder[name], new Dictionary<string, Tensor> { ["x"] = inputs });
        return _folder[name];
    }

    private static TrainedModel Train(DataSource source, DataOptions options, out DataSplit data)
    {
        (var model, data) = TrainedModel.Prepare(ModelSpec.Mlp(16), source, options, LoadedData.Load(source, options));
        _ = new Trainer(model.Network, data, new TrainingOptions { Steps = 150, BatchSize = 16, LearningRate = 0.01 }).Run().Last();
        model.Network.Eval();
        return model;
    }

    private static string Says(TrainedModel model, Dataset data, int row)
    {
        var values = model.ToPredictions(Evaluation.Predict(model.Network, data.Select([row])).Single().Outputs);
        return model.Record.ClassNames![Array.IndexOf(values, values.Max())];
    }

    private static float[] Numbers(Dataset data) => data.Read([.. Enumerable.Range(0, data.Count)]).Input.ToArray<float>();
}
