using System.Net;
using System.Text;
using Gradus.Extensions.Tests;

namespace Gradus.Serving.Tests;

public sealed class LimitsTests : IDisposable
{
    private const string Row = """{"a": 0.5, "b": 0.25, "color": "red"}""";

    private readonly ServedModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task A_thousand_malformed_bodies_are_each_refused_with_a_reason()
    {
        // given
        await using var server = await RunningServer.Start(
            new ServedModel("prices", _models.WriteTableModel("prices.safetensors")),
            new ServedModel("digits", _models.WritePictureModel("digits.safetensors")),
            new ServedModel("book", _models.WriteTextModel("book.safetensors")));
        var random = new Random(0);

        // when, then
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000).Select(_ => Malformed(random)).ToArray(), async (sent, _) =>
        {
            using var response = await server.Post(sent.Path, sent.Body, sent.Type);
            var reason = await RunningServer.ReasonOf(response);
            Assert.True(
                response.StatusCode == HttpStatusCode.BadRequest && reason.Length > 10,
                $"{response.StatusCode}: {reason} for {Encoding.Latin1.GetString(sent.Body)}");
        });
        Assert.NotEqual(0, (await server.Ask("/predict", Row)).GetProperty("value").GetSingle());
    }

    [Theory]
    [InlineData("""{"a": 1, "b": 2, "color": "red" """, "The body is no JSON: line 1, column 33: it ends before an object is closed.")]
    [InlineData("""{"rows": [{"a": 1, "b": 2, "color": "red"}, {"b": "x"}]}""", "row 1: column \"b\": got \"x\", expected a number.")]
    [InlineData("""{"area": 1}""", "the row has no column \"a\", \"b\", \"color\"; the model needs one at least.")]
    [InlineData("[1, 2]", "got 2 numbers, expected one for each of the 3 columns.")]
    [InlineData("[]", "got an empty list, expected an object with the columns \"a\", \"b\", \"color\".")]
    [InlineData("{\"color\": \"\\ud800\"}", "A text holds half of a character, or bytes that are no UTF-8.")]
    [InlineData("", "The body is empty, expected an object with the columns \"a\", \"b\", \"color\".")]
    [InlineData("<a>", "The body is no JSON: line 1, column 1: got '<', expected a value.")]
    [InlineData("{'a': 1}", "The body is no JSON: line 1, column 2: got ''', expected a name in quotation marks, or }.")]
    [InlineData("{\n  \"ä\": 1,\n}", "The body is no JSON: line 3, column 1: got '}', expected a name in quotation marks.")]
    [InlineData("{\"ä\" 1}", "The body is no JSON: line 1, column 6: got '1', expected a colon behind the name.")]
    [InlineData("{\"a\": NaN}", "The body is no JSON: line 1, column 7: got 'N', expected a value.")]
    [InlineData("[1 2]", "The body is no JSON: line 1, column 4: got '2', expected a comma, or ].")]
    [InlineData("{\"a\": 1,", "The body is no JSON: line 1, column 9: it ends before an object is closed.")]
    [InlineData("[1, 2", "The body is no JSON: line 1, column 6: it ends before a list is closed.")]
    [InlineData("{\"a\": \"re", "The body is no JSON: line 1, column 10: it ends within a text.")]
    [InlineData("{\"a\": \"r\ne\"}", "The body is no JSON: line 1, column 9: got the end of a line, expected the rest of a text.")]
    [InlineData("{} x", "The body is no JSON: line 1, column 4: got 'x', expected nothing more.")]
    [InlineData("{\"a\": tru}", "The body is no JSON: line 1, column 10: got '}', expected the rest of what begins with 'tru'.")]
    public async Task A_reason_says_what_is_wrong(string body, string reason)
    {
        // given
        await using var server = await RunningServer.Start(new ServedModel("prices", _models.WriteTableModel("prices.safetensors")));

        // when
        using var response = await server.Post("/predict", body);

        // then
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(reason, await RunningServer.ReasonOf(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over_and_a_compressed_body_is_refused()
    {
        // given
        await using var server = await RunningServer.Start(new ServedModel("prices", _models.WriteTableModel("prices.safetensors")));
        using var content = new ByteArrayContent([31, 139, 8, 0]);
        content.Headers.ContentEncoding.Add("gzip");

        // when
        var marked = await server.Ask("/predict", "\uFEFF" + Row);
        using var compressed = await server.Post("/predict", content);

        // then
        Assert.Equal((await server.Ask("/predict", Row)).GetRawText(), marked.GetRawText());
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, compressed.StatusCode);
        Assert.StartsWith("Got a body of the encoding 'gzip', expected it as it is", await RunningServer.ReasonOf(compressed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_or_elsewhere_or_of_another_kind_is_refused_by_its_status()
    {
        // given
        await using var server = await RunningServer.Start(new ServerOptions
        {
            Models = [new("prices", _models.WriteTableModel("prices.safetensors"))],
            MaxBody = 1000,
        });

        // when
        using var large = await server.Post("/predict", new string(' ', 1001) + Row);
        using var elsewhere = await server.Get("/predictions");
        using var method = await server.Get("/predict");
        using var type = await server.Post("/predict", "a,b\n1,2", "text/csv");
        using var form = await server.Post("/predict", new byte[10], "image/png");
        using var head = await server.Send(HttpMethod.Head, "/model");

        // then
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (method.StatusCode, method.Content.Headers.Allow.Single()));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, type.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, form.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        foreach (var response in (HttpResponseMessage[])[large, elsewhere, method, type, form]) Assert.NotEmpty(await RunningServer.ReasonOf(response));
    }

    [Fact]
    public async Task Who_comes_when_too_many_wait_or_waits_too_long_is_told_to_come_again()
    {
        // given
        await using var server = await RunningServer.Start(new ServerOptions
        {
            Models = [new("book", _models.WriteTextModel("book.safetensors"))],
            MaxQueue = 2,
            Timeout = TimeSpan.FromSeconds(0.05),
        });

        // when: each would write for longer than it may
        var responses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.Post("/predict", """{"text": "the", "length": 10000}""")));

        // then
        Assert.All(responses, static response => Assert.Equal((HttpStatusCode.ServiceUnavailable, 1.0),
            (response.StatusCode, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds)));
        var reasons = await Task.WhenAll(responses.Select(RunningServer.ReasonOf));
        Assert.Contains("2 requests of the model book wait already. Try again in a moment.", reasons);
        Assert.Contains("The answer was not there after 0.05 seconds.", reasons);
        Assert.Equal("healthy", (await server.Read("/health")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    public async Task A_name_that_is_no_part_of_an_address_is_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => RunningServer.Start(new ServedModel(name, _models.WriteTableModel("prices.safetensors"))));

    private static (string Path, byte[] Body, string Type) Malformed(Random random)
    {
        string[] cells = ["[1]", "{}", "\"much\"", "1e999", "\"\\ud800\""];
        var numbers = string.Join(',', Enumerable.Repeat("0.5", random.Next(1, 700)));
        return random.Next(9) switch
        {
            0 => Json("/predict", Row[..random.Next(1, Row.Length)]),
            1 => Json("/predict", $$"""{"a": {{cells[random.Next(cells.Length)]}}, "b": 1, "color": "red"}"""),
            2 => Json("/predict", new string('[', random.Next(65, 1000))),
            3 => Json("/models/digits/predict", $"[{numbers}]"),
            4 => Json("/models/digits/predict", $$"""{"picture": "{{Convert.ToBase64String(Bytes(random))}}"}"""),
            5 => ("/models/digits/predict", Bytes(random), "image/png"),
            6 => Json("/models/book/predict", $$"""{"text": "the", "length": {{cells[random.Next(3)]}}}"""),
            7 => ("/models/book/predict", [.. Bytes(random), 0xff], "text/plain"),
            _ => ("/predict", Bytes(random), "application/json"),
        };
    }

    private static (string, byte[], string) Json(string path, string body) => (path, Encoding.UTF8.GetBytes(body), "application/json");

    // None begins a value of JSON, or a picture.
    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(1, 200)];
        random.NextBytes(bytes);
        bytes[0] = (byte)'x';
        return bytes;
    }
}
