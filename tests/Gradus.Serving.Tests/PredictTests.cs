using System.Text.Json;
using Gradus.Data;
using Gradus.Extensions.Tests;
using Gradus.Training;

namespace Gradus.Serving.Tests;

public sealed class PredictTests : IDisposable
{
    private readonly ServedModels _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_alone_and_together_have_the_bits_of_the_rows_of_a_file(bool regress)
    {
        // given
        var model = TrainedModel.Load(_models.WriteTableModel("model.safetensors", regress: regress));
        var source = DataSource.Parse($"csv:{_models["table.csv"]}", directory: null);
        var expected = Evaluation.Predict(model.Network, model.LoadTable(source, withTarget: false).Data)
            .SelectMany(batch => model.ToPredictions(batch.Outputs)).Chunk(regress ? 1 : 2).Take(30).ToArray();
        var rows = File.ReadLines(source.Path!).Skip(1).Take(30).Select(static line => line.Split(',')).Select(static cells =>
            $$"""{"a": {{(cells[0].Length == 0 ? "null" : cells[0])}}, "b": {{cells[1]}}, "color": "{{cells[2]}}"}""").ToArray();
        await using var server = await RunningServer.Start(new ServedModel("prices", _models["model.safetensors"]));

        // when
        var alone = new List<JsonElement>();
        foreach (var row in rows) alone.Add(await server.Ask("/predict", row));
        var together = (await server.Ask("/predict", $$"""{"rows": [{{string.Join(',', rows)}}]}""")).GetProperty("predictions");
        var listed = (await server.Ask("/models/prices/predict", $"[{string.Join(',', rows)}]")).GetProperty("predictions");
        var atOnce = await Task.WhenAll(rows.Select(row => server.Ask("/predict", row)));

        // then
        Assert.Equal(expected, alone.Select(ValuesOf));
        Assert.Equal(expected, together.EnumerateArray().Select(ValuesOf));
        Assert.Equal(expected, listed.EnumerateArray().Select(ValuesOf));
        Assert.Equal(expected, atOnce.Select(ValuesOf));
        Assert.Equal(regress, alone[0].TryGetProperty("interval", out _));
    }

    [Fact]
    public async Task Samples_that_wait_for_others_have_the_same_bits()
    {
        // given
        var path = _models.WriteTableModel("model.safetensors");
        await using var server = await RunningServer.Start(new ServerOptions
        {
            Models = [new("prices", path)],
            MaxWait = TimeSpan.FromMilliseconds(20),
            MaxBatch = 8,
            Concurrency = 2,
        });
        var predictor = Predictor.Load(path);

        // when
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(index => server.Ask("/predict", RowOf(index))));

        // then
        Assert.Equal(
            Enumerable.Range(0, 50).Select(index => ValueOf(predictor, RowOf(index))),
            answers.Select(static answer => answer.GetProperty("value").GetSingle()));
        Assert.Contains("gradus_predictions_total{model=\"prices\"} 50\n", await (await server.Get("/metrics")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_picture_is_a_file_base64_or_numbers()
    {
        // given: a dark one of 28 × 28 points with a light corner, as BMP
        var path = _models.WritePictureModel("digits.safetensors");
        await using var server = await RunningServer.Start(new ServedModel("digits", path));
        var file = Bitmap();

        // when
        var ofFile = await server.Ask("/predict", file, "image/bmp");
        var ofText = await server.Ask("/predict", JsonSerializer.Serialize(new Dictionary<string, string> { ["picture"] = Convert.ToBase64String(file) }));
        var ofNumbers = await server.Ask("/predict", JsonSerializer.Serialize(Enumerable.Range(0, 784).Select(static index => index == 0 ? 1 : 0)));

        // then
        using var stream = new MemoryStream(file);
        Assert.Equal(Predictor.Load(path).PredictPicture(stream).Values.ToArray(), ValuesOf(ofFile));
        Assert.Equal(ofFile.GetRawText(), ofText.GetRawText());
        Assert.Equal(ofFile.GetRawText(), ofNumbers.GetRawText());
    }

    [Fact]
    public async Task A_text_has_a_next_token_and_is_gone_on_with()
    {
        // given
        var path = _models.WriteTextModel("book.safetensors");
        await using var server = await RunningServer.Start(new ServedModel("book", path));

        // when
        var next = await server.Ask("/predict", """{"text": "the ca"}""");
        var ofPlain = await server.Ask("/predict", "the ca", "text/plain; charset=utf-8");
        var written = await server.Ask("/predict", """{"text": "the ca", "length": 12, "temperature": 0.5, "top_k": 3, "seed": 7}""");

        // then
        Assert.Equal(Predictor.Load(path).PredictText("the ca").ClassName, next.GetProperty("token").GetString());
        Assert.Equal(next.GetRawText(), ofPlain.GetRawText());
        Assert.Equal(
            string.Concat(TrainedModel.Load(path).Sample("the ca", new() { Temperature = 0.5, TopK = 3, Seed = 7 }).Take(12)),
            written.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_sentence_is_a_text_and_its_words_are_explained()
    {
        // given
        var path = _models.WriteSentenceModel("mood.safetensors");
        await using var server = await RunningServer.Start(new ServedModel("mood", path));

        // when
        var ofPlain = await server.Ask("/predict", "a good film", "text/plain");
        var ofText = await server.Ask("/predict", "\"a good film\"");
        var ofRow = await server.Ask("/predict", """{"review": "a good film"}""");
        var why = await server.Ask("/explain", "\"a good film\"");

        // then
        Assert.Equal(Predictor.Load(path).PredictText("a good film").Values.ToArray(), ValuesOf(ofPlain));
        Assert.Equal(ofPlain.GetRawText(), ofText.GetRawText());
        Assert.Equal(ofPlain.GetRawText(), ofRow.GetRawText());
        Assert.Equal(["a", "good", "film"], why.GetProperty("words").EnumerateArray().Select(static word => word.GetString()));
        Assert.Equal(3, why.GetProperty("attributions").GetProperty("integrated-gradients").GetArrayLength());
    }

    [Fact]
    public async Task Columns_and_pictures_are_explained()
    {
        // given
        await using var server = await RunningServer.Start(
            new ServedModel("prices", _models.WriteTableModel("prices.safetensors")),
            new ServedModel("digits", _models.WritePictureModel("digits.safetensors")));

        // when
        var ofRow = await server.Ask("/explain?method=all", RowOf(3));
        var ofPicture = await server.Ask("/models/digits/explain?class=7", Bitmap(), "image/bmp");

        // then: what a network of two layers makes of a sample adds up to its answer less that of nothing
        Assert.Equal(["a", "b", "color"], ofRow.GetProperty("columns").GetProperty("occlusion").EnumerateObject().Select(static column => column.Name));
        Assert.Equal("target", ofRow.GetProperty("explained").GetString());
        Assert.Equal("7", ofPicture.GetProperty("explained").GetString());
        Assert.Equal(28, ofPicture.GetProperty("attributions").GetProperty("integrated-gradients")[0].GetArrayLength());
        Assert.Equal(1, ofPicture.GetProperty("picture")[0][0][0].GetDouble(), 1e-6);
    }

    [Fact]
    public async Task A_file_that_is_replaced_amid_requests_fails_none()
    {
        // given
        var path = _models.WriteTableModel("model.safetensors");
        var other = _models.WriteTableModel("other.safetensors", seed: 1);
        var (old, now) = (ValueOf(Predictor.Load(path), RowOf(1)), ValueOf(Predictor.Load(other), RowOf(1)));
        await using var server = await RunningServer.Start(new ServedModel("prices", path));
        var isOver = false;

        // when: until each of four has seen the new model
        var clients = Enumerable.Range(0, 4).Select(async _ =>
        {
            var seen = new List<float>();
            do seen.Add((await server.Ask("/predict", RowOf(1))).GetProperty("value").GetSingle());
            while (!isOver || seen[^1] != now);
            return seen;
        }).ToArray();
        File.Move(other, path, overwrite: true);
        isOver = true;
        var answers = await Task.WhenAll(clients).WaitAsync(TimeSpan.FromMinutes(1));

        // then: the old one or the new one, and never the old one after the new one
        Assert.All(answers, seen => Assert.Equal(seen, seen.TakeWhile(value => value == old).Concat(seen.SkipWhile(value => value == old).Select(_ => now))));
        Assert.Equal("healthy", (await server.Read("/health")).GetProperty("status").GetString());
    }

    private static string RowOf(int index) =>
        FormattableString.Invariant($$"""{"a": {{index / 50.0}}, "b": {{1 - (index / 50.0)}}, "color": "{{(index % 2 == 0 ? "red" : "blue")}}"}""");

    private static float ValueOf(Predictor predictor, string row)
    {
        using var json = JsonDocument.Parse(row);
        return predictor.Predict(json.RootElement).Value;
    }

    private static float[] ValuesOf(JsonElement said) => said.TryGetProperty("value", out var value)
        ? [value.GetSingle()]
        : [.. said.GetProperty("probabilities").EnumerateObject().Select(static entry => entry.Value.GetSingle())];

    /// <summary>A picture of 24 bits a point, the lowest row first, whose upper left point is white.</summary>
    private static byte[] Bitmap()
    {
        const int Header = 54, Side = 28, Row = Side * 3;
        var file = new byte[Header + (Row * Side)];
        "BM"u8.CopyTo(file);
        foreach (var (at, value) in (ReadOnlySpan<(int, int)>)[(2, file.Length), (10, Header), (14, 40), (18, Side), (22, Side), (34, Row * Side)])
            BitConverter.TryWriteBytes(file.AsSpan(at), value);
        (file[26], file[28]) = (1, 24);
        file.AsSpan(Header + (Row * (Side - 1)), 3).Fill(255);
        return file;
    }
}
