using Gradus.Data;
using Gradus.Training;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Gradus.Onnx.Tests.Export;

/// <summary>Trained models as files that take raw samples.</summary>
public class TrainedModelOnnxTests
{
    private static readonly string[] Cities = ["Rome", "Oslo", "Lima", ""];

    [Theory, InlineData("price"), InlineData("kind"), InlineData("price", "Lima", "Oslo", "Rome")]
    public void A_model_of_a_table_takes_raw_rows(string target, params string[] order)
    {
        // given: numbers around texts, and cells that are missing
        using var folder = new ExportFolder();
        var orders = new Dictionary<string, IReadOnlyList<string>>();
        if (order.Length > 0) orders["city"] = order;
        var transform = order.Length > 0 ? TargetTransform.Log : TargetTransform.None;
        DataOptions options = new() { Target = target, Ignore = [target == "price" ? "kind" : "price"], Orders = orders, TargetTransform = transform };
        var model = Model(folder, target, options: options);
        double[][] rows = [[120.5, 3, 2001], [double.NaN, 1, 1990], [80, double.NaN, 2020]];
        string[] cities = ["Oslo", "", "Nowhere"];

        // when
        model.SaveOnnx(folder.At("model.onnx"), new() { Verify = true });

        // then
        using var session = new InferenceSession(folder.At("model.onnx"));
        Assert.Equal(["numbers", "texts"], session.InputNames);
        Assert.Equal([target == "kind" ? "probabilities" : "prediction"], session.OutputNames);
        var metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal("[\"area\",\"rooms\",\"year\"]", metadata["gradus.numbers"]);
        Assert.Equal("[\"city\"]", metadata["gradus.texts"]);
        Assert.Equal(target, metadata["gradus.target"]);
        double[] numbers = [.. rows.SelectMany(static row => row)];
        using var results = session.Run([
            NamedOnnxValue.CreateFromTensor("numbers", new DenseTensor<double>(numbers, [3, 3])),
            NamedOnnxValue.CreateFromTensor("texts", new DenseTensor<string>(cities, [3, 1]))]);
        var lines = rows.Zip(cities, static (row, city) => FormattableString.Invariant($"{row[0]},{city},{row[1]},{row[2]}"));
        File.WriteAllLines(folder.At("rows.csv"), ["area,city,rooms,year", .. lines]);
        var expected = Predict(model, folder.At("rows.csv"));
        Assert.Equal(expected, results[0].AsEnumerable<float>(), static (x, y) => Math.Abs(x - y) <= 1e-5 * Math.Max(1, Math.Abs(x)));
    }

    [Fact]
    public void A_model_of_windows_takes_raw_rows_of_each()
    {
        // given
        using var folder = new ExportFolder();
        var model = Model(folder, "price", "lstm:4", new() { Target = "price", Window = 3 });

        // when
        model.SaveOnnx(folder.At("model.onnx"), new() { Verify = true });

        // then
        Assert.Equal(
            ["numbers [batch, 3, 4]"],
            ExportedFile.Read(folder.At("model.onnx")).Graph!.Inputs.Select(static input => $"{input.Name} [{string.Join(", ", input.Type!.Shape!)}]"));
    }

    [Theory, InlineData("mlp:8"), InlineData("cnn"), InlineData("lenet"), InlineData("resnet20"), InlineData("lstm:8"), InlineData("gru:8"),
        InlineData("transformer:1,2,8"), InlineData("autoencoder:8,4")]
    public void A_model_of_pictures_takes_pixels_from_0_to_1(string word)
    {
        // given
        using var folder = new ExportFolder();
        var digits = Digits.Generate(new() { TrainCount = 20, ValidationCount = 4, TestCount = 4 });
        var (model, data) = TrainedModel.Prepare(ModelSpec.Parse(word), DataSource.Parse("digits", null), new(), new LoadedData(digits));
        model.Network.Initialize(2);
        model.Network.Eval();
        var pixels = digits.Test.InputTensor([0, 1, 2]);

        // when
        model.SaveOnnx(folder.At("model.onnx"), new() { Verify = true });
        model.SaveNetworkOnnx(folder.At("network.onnx"), new() { Verify = true });

        // then
        using var noGrad = new NoGrad();
        using var run = new OnnxRun(folder.At("model.onnx"));
        var output = model.Network.Forward(data.Test.InputTensor([0, 1, 2]));
        var expected = model.Reconstructs ? output.ToArray<float>() : model.ToPredictions(output);
        Assert.Equal(expected, run.Run(pixels)[0].ToArray<float>(), static (x, y) => Math.Abs(x - y) <= 1e-5);
    }

    [Theory, InlineData("gpt:1,2,8,6", "logits [batch, 6, "), InlineData("lstm:8", "logits [batch, 6, ")]
    public void A_model_of_text_takes_tokens(string word, string output)
    {
        // given
        using var folder = new ExportFolder();
        File.WriteAllText(folder.At("text.txt"), string.Concat(Enumerable.Repeat("to be or not to be, that is the question. ", 40)));
        var model = Prepared($"text:{folder.At("text.txt")}", word, new() { Context = 6 });

        // when
        model.SaveOnnx(folder.At("model.onnx"), new() { Verify = true });

        // then
        var graph = ExportedFile.Read(folder.At("model.onnx")).Graph!;
        Assert.Equal("[batch, 6]", $"[{string.Join(", ", graph.Inputs[0].Type!.Shape!)}]");
        Assert.StartsWith(output, $"{graph.Outputs[0].Name} [{string.Join(", ", graph.Outputs[0].Type!.Shape!)}]", StringComparison.Ordinal);
        using var run = new OnnxRun(folder.At("model.onnx"));
        using var noGrad = new NoGrad();
        var tokens = Tensor.Of([[1L, 2, 3, 4, 5, 6], [3L, 1, 3, 1, 3, 1], [0L, 0, 0, 0, 0, 0]]);
        Assert.InRange(ExportCheck.Difference(model.Network.Forward(tokens), run.Run(tokens)[0]), 0, 1e-5);
    }

    [Theory, InlineData("mlp:8"), InlineData("lstm:8"), InlineData("transformer:1,2,8")]
    public void A_model_of_sentences_takes_tokens(string word)
    {
        // given: sentences of several lengths
        using var folder = new ExportFolder();
        string[] sentences = ["a good film", "what a very bad film it was", "good", "bad, bad", "the film was good and the end was bad"];
        var rows = Enumerable.Range(0, 60).Select(row => FormattableString.Invariant($"\"{sentences[row % 5]} {row % 7}\",{(row % 2 == 0 ? "up" : "down")}"));
        File.WriteAllLines(folder.At("films.csv"), ["text,kind", .. rows]);
        var model = Prepared($"csv:{folder.At("films.csv")}", word, new() { Target = "kind", Text = "text" });

        // when
        model.SaveOnnx(folder.At("model.onnx"), new() { Verify = true });

        // then
        using var run = new OnnxRun(folder.At("model.onnx"));
        using var noGrad = new NoGrad();
        var length = model.Record.InputShape[0];
        var places = Enumerable.Range(0, 4 * length);
        var tokens = Tensor.From([.. places.Select(place => place % length <= place / length * 2 ? 1L + (place % 3) : 0L)], [4, length]);
        var expected = model.ToPredictions(model.Network.Forward(tokens));
        Assert.Equal(expected, run.Run(tokens)[0].ToArray<float>(), static (x, y) => Math.Abs(x - y) <= 1e-5);
    }

    private static TrainedModel Model(ExportFolder folder, string target, string word = "mlp:8", DataOptions? options = null)
    {
        File.WriteAllLines(folder.At("houses.csv"), ["area,city,rooms,price,kind,year", .. Enumerable.Range(0, 60).Select(House)]);
        options ??= new() { Target = target, Ignore = [target == "price" ? "kind" : "price"] };
        return Prepared($"csv:{folder.At("houses.csv")}", word, options);
    }

    private static TrainedModel Prepared(string data, string word, DataOptions options)
    {
        var source = DataSource.Parse(data, null);
        var (model, _) = TrainedModel.Prepare(ModelSpec.Parse(word), source, options, LoadedData.Load(source, options));
        model.Network.Initialize(1);
        model.Network.Eval();
        return model;
    }

    private static string House(int row)
    {
        var area = row % 7 == 3 ? "" : FormattableString.Invariant($"{50 + (row * 37 % 200)}");
        var kind = row % 3 == 0 ? "flat" : "house";
        return FormattableString.Invariant($"{area},{Cities[row % 4]},{1 + (row % 5)},{100000 + (row * 7919 % 90000)},{kind},{1950 + (row * 13 % 70)}");
    }

    private static IEnumerable<float> Predict(TrainedModel model, string path)
    {
        var table = model.LoadTable(DataSource.Parse($"csv:{path}", null), withTarget: false);
        return Evaluation.Predict(model.Network, table.Data).SelectMany(part => model.ToPredictions(part.Item2)).ToArray();
    }
}
