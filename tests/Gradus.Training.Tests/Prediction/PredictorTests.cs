using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Gradus.Data;

namespace Gradus.Training.Tests;

public sealed class PredictorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private sealed record Row(double? A, double B, string Color);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_row_alone_has_the_bits_of_the_row_in_a_file(bool regress)
    {
        // given
        var (model, source) = OfTable(regress);
        var expected = model.LoadTable(source, withTarget: false);
        var values = Evaluation.Predict(model.Network, expected.Data).SelectMany(batch => model.ToPredictions(batch.Outputs)).Chunk(regress ? 1 : 2).ToArray();
        var predictor = new Predictor(model);
        var typed = predictor.For(new TableColumns<Row>().Column("a", row => row.A).Column("b", row => row.B).Column("color", row => row.Color));
        var reused = new Prediction();

        // when, then
        foreach (var (line, index) in File.ReadLines(source.Path!).Skip(1).Select((line, index) => (line, index)))
        {
            var cells = line.Split(',');
            double? a = cells[0].Length == 0 ? null : double.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture);
            var b = double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture);
            using var json = JsonDocument.Parse(JsonSerializer.Serialize(new Dictionary<string, object?> { ["a"] = a, ["b"] = b, ["color"] = cells[2] }));
            typed.Predict(new Row(a, b, cells[2]), reused);
            Assert.Equal(values[index], reused.Values.ToArray());
            Assert.Equal(values[index], predictor.Predict(json.RootElement).Values.ToArray());
            var named = predictor.Predict(new Dictionary<string, object?> { ["B"] = cells[1], ["COLOR"] = cells[2], ["a"] = a });
            Assert.Equal(values[index], named.Values.ToArray());
        }
    }

    [Fact]
    public void Many_rows_at_once_have_the_bits_of_each_alone()
    {
        // given
        var predictor = new Predictor(OfTable(regress: true).Model);
        var typed = predictor.For(new TableColumns<Row>().Column("a", row => row.A).Column("b", row => row.B).Column("color", row => row.Color));
        var rows = Enumerable.Range(0, 300).Select(static index => new Row(index / 300.0, 1 - (index / 300.0), index % 2 == 0 ? "red" : "blue")).ToArray();

        // when
        var together = typed.PredictAll(rows).Select(static prediction => prediction.Value);

        // then
        Assert.Equal(rows.Select(row => typed.Predict(row).Value), together);
    }

    [Fact]
    public void What_the_model_does_not_know_is_told_by_column()
    {
        // given
        var predictor = new Predictor(OfTable(regress: false).Model);

        // when
        var prediction = predictor.Predict(new Dictionary<string, object?> { ["b"] = 0.5, ["color"] = "green", ["weight"] = 3 });

        // then
        Assert.Equal(
            ["the model has no column \"weight\"; passed over", "column \"a\": no value; taken as 0.50495, the median of the training rows",
             "column \"color\": \"green\" is not known; known are \"blue\", \"red\""],
            prediction.Notes);
    }

    [Theory]
    [InlineData("""{"a": "much", "b": 1, "color": "red"}""", "column \"a\": got \"much\", expected a number.")]
    [InlineData("""{"a": [1], "b": 1, "color": "red"}""", "column \"a\": got a list, expected a number, a text, true, false or null.")]
    [InlineData("""{"a": 1, "A": 2, "color": "red"}""", "column \"a\" is given twice.")]
    [InlineData("""{"x": 1}""", "the row has no column \"a\", \"b\", \"color\"; the model needs one at least.")]
    [InlineData("""[1, 2]""", "got 2 numbers, expected one for each of the 3 columns.")]
    [InlineData("""[1, 2, 3]""", "column \"color\" holds texts: give a row.")]
    [InlineData("""[1, "x", 3]""", "number 1 of the sample is a text, expected a number.")]
    [InlineData("7", "got a number, expected an object with the columns \"a\", \"b\", \"color\".")]
    public void A_wrong_sample_is_refused_with_what_was_expected(string json, string message)
    {
        // given
        var predictor = new Predictor(OfTable(regress: false).Model);
        using var sample = JsonDocument.Parse(json);

        // when
        var error = Assert.Throws<InvalidDataException>(() => predictor.Predict(sample.RootElement));

        // then
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Objects_without_a_column_that_the_model_needs_are_refused_when_the_columns_are_named()
    {
        // given
        var predictor = new Predictor(OfTable(regress: false).Model);

        // when
        var error = Assert.Throws<ArgumentException>(() => predictor.For(new TableColumns<Row>().Column("a", row => row.A)));

        // then
        Assert.StartsWith("No column \"b\", \"color\" is named; the model needs them.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_opened_from_a_stream_that_cannot_be_searched()
    {
        // given
        var model = OfTable(regress: false).Model;
        model.Save(_folder["model.safetensors"]);
        using var stream = new DeflateStream(Deflated(File.ReadAllBytes(_folder["model.safetensors"])), CompressionMode.Decompress);

        // when
        var predictor = Predictor.Load(stream);

        // then
        var row = new Dictionary<string, object?> { ["a"] = 1, ["b"] = 2, ["color"] = "red" };
        Assert.Equal(new Predictor(model).Predict(row).Values.ToArray(), predictor.Predict(row).Values.ToArray());
        Assert.Equal(["a", "b", "color"], predictor.Columns.Select(static column => column.Name));
    }

    [Fact]
    public void Texts_that_have_an_order_are_offered_in_it_and_have_the_bits_of_a_file()
    {
        // given
        var options = new DataOptions { Orders = new Dictionary<string, IReadOnlyList<string>> { ["size"] = ["S", "M", "L"] }, Task = TaskKind.Regress };
        File.WriteAllLines(_folder["shirts.csv"], ["size,price", .. Enumerable.Range(0, 60).Select(static row => $"{"SML"[row % 3]},{10 + row % 3}")]);
        var source = DataSource.Parse($"csv:{_folder["shirts.csv"]}", directory: null);
        var model = TrainedModel.Prepare(ModelSpec.Parse("mlp:8"), source, options, LoadedData.Load(source, options)).Model;
        model.Network.Initialize(0);

        // when
        var predictor = new Predictor(model);

        // then
        var column = Assert.Single(predictor.Columns);
        Assert.Equal(ColumnKind.Text, column.Kind);
        Assert.Equal(["S", "M", "L"], column.Categories);
        Assert.Equal("M", column.Typical);
        var file = model.LoadTable(source, withTarget: false).Data;
        var expected = Evaluation.Predict(model.Network, file.Select([0])).SelectMany(batch => model.ToPredictions(batch.Outputs));
        Assert.Equal(expected, predictor.Predict(new Dictionary<string, object?> { ["size"] = "s" }).Values.ToArray());
    }

    [Fact]
    public void A_sentence_has_the_bits_of_the_sentence_in_a_file()
    {
        // given
        var path = _folder["reviews.csv"];
        File.WriteAllText(path, Make.Reviews(200, order: false));
        var source = DataSource.Parse($"csv:{path}", directory: null);
        var options = new DataOptions { Text = "review", Target = "mood" };
        var model = TrainedModel.Prepare(ModelSpec.Parse("mlp:8"), source, options, LoadedData.Load(source, options)).Model;
        model.Network.Initialize(0);
        var predictor = new Predictor(model);
        var file = model.LoadTable(source, withTarget: false).Data;
        var expected = Evaluation.Predict(model.Network, file.Select([0])).SelectMany(batch => model.ToPredictions(batch.Outputs));
        var sentence = File.ReadLines(path).Skip(1).First().Split('"')[1];
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(sentence));

        // when, then
        Assert.Equal(expected, predictor.PredictText(sentence).Values.ToArray());
        Assert.Equal(expected, predictor.Predict(json.RootElement).Values.ToArray());
        Assert.Equal(expected, predictor.Predict(new Dictionary<string, object?> { ["review"] = sentence }).Values.ToArray());
    }

    [Fact]
    public void A_text_gives_the_probabilities_of_the_next_character()
    {
        // given
        var path = _folder["book.txt"];
        File.WriteAllText(path, new StringBuilder().Insert(0, "the cat sat on the mat. ", 40).ToString());
        var source = DataSource.Parse($"text:{path}", directory: null);
        var data = LoadedData.Load(source, new DataOptions { Context = 16 });
        var model = TrainedModel.Prepare(ModelSpec.Parse("gpt:1,1,8,16"), source, new DataOptions(), data).Model;
        model.Network.Initialize(0);

        // when
        var prediction = new Predictor(model).PredictText("the cat sat on the mat. the ca");

        // then
        Assert.Equal(model.Vocabulary!.Characters, prediction.ClassNames);
        Assert.Equal(1, prediction.Values.ToArray().Sum(), 1e-5);
        var error = Assert.Throws<FormatException>(() => new Predictor(model).PredictText("ü"));
        Assert.Contains("ü", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_numbers_and_known_categories_is_predicted_without_allocating()
    {
        // given
        var predictor = new Predictor(OfTable(regress: true).Model);
        var typed = predictor.For(new TableColumns<Row>().Column("a", row => row.A).Column("b", row => row.B).Column("color", row => row.Color));
        var (row, prediction) = (new Row(0.25, 0.5, "red"), new Prediction());
        for (var warm = 0; warm < 100; warm++) typed.Predict(row, prediction);

        // when
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 100; run++) typed.Predict(row, prediction);

        // then
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Several_threads_may_use_one_predictor()
    {
        // given
        var predictor = new Predictor(OfTable(regress: true).Model);
        Dictionary<string, object?>[] rows =
            [.. Enumerable.Range(0, 200).Select(static index => new Dictionary<string, object?> { ["a"] = index, ["b"] = -index, ["color"] = "red" })];
        var expected = rows.Select(row => predictor.Predict(row).Value).ToArray();

        // when
        var got = new float[rows.Length];
        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, index => got[index] = predictor.Predict(rows[index]).Value);

        // then
        Assert.Equal(expected, got);
    }

    private (TrainedModel Model, DataSource Source) OfTable(bool regress)
    {
        var path = _folder["table.csv"];
        File.WriteAllText(path, Make.Table(120, regress));
        var source = DataSource.Parse($"csv:{path}", directory: null);
        var model = TrainedModel.Prepare(ModelSpec.Parse("mlp:8"), source, new DataOptions(), LoadedData.Load(source, new DataOptions())).Model;
        model.Network.Initialize(0);
        return (model, source);
    }

    private static MemoryStream Deflated(byte[] bytes)
    {
        var result = new MemoryStream();
        using (var deflate = new DeflateStream(result, CompressionMode.Compress, leaveOpen: true)) deflate.Write(bytes);
        result.Position = 0;
        return result;
    }
}
