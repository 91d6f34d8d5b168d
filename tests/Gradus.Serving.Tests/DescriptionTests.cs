using System.Text.Json;
using Gradus.Extensions.Tests;

namespace Gradus.Serving.Tests;

public sealed class DescriptionTests : IDisposable
{
    private readonly ServedModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task The_document_of_OpenAPI_refers_to_what_is_in_it_and_tells_of_what_answers()
    {
        // given
        await using var server = await StartAll();

        // when
        var document = await server.Read("/openapi.json");

        // then
        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.All(Properties(document).Where(static property => property.Name == "$ref").Select(static property => property.Value.GetString()!),
            reference => Assert.True(schemas.TryGetProperty(reference["#/components/schemas/".Length..], out _), reference));
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Select(method => (path.Name, method))).ToArray();
        var ids = operations.Select(static operation => operation.method.Value.GetProperty("operationId").GetString());
        Assert.Equal(operations.Length, ids.Distinct().Count());
        foreach (var (path, method) in operations)
        {
            Assert.NotEmpty(method.Value.GetProperty("responses").EnumerateObject());
            using var response = method.Name == "get" ? await server.Get(path) : await server.Post(path, "");
            Assert.Equal(method.Name == "get" ? 200 : 400, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task A_model_tells_its_columns_its_version_and_how_sure_it_is()
    {
        // given
        await using var server = await StartAll();

        // when
        var model = await server.Read("/model");
        var all = (await server.Read("/models")).GetProperty("models");

        // then
        Assert.Equal("row", model.GetProperty("form").GetString());
        Assert.Equal(["a", "b", "color"], model.GetProperty("columns").EnumerateArray().Select(static column => column.GetProperty("name").GetString()));
        Assert.Equal(["blue", "red"], model.GetProperty("columns")[2].GetProperty("categories").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal(64, model.GetProperty("version").GetProperty("sha256").GetString()!.Length);
        Assert.Equal(24, model.GetProperty("calibration").GetProperty("samples").GetInt32());
        Assert.Equal(["row", "picture", "sentence", "text"], all.EnumerateArray().Select(static each => each.GetProperty("form").GetString()));
    }

    [Fact]
    public async Task Figures_are_in_the_format_of_Prometheus()
    {
        // given
        await using var server = await StartAll();
        await server.Ask("/predict", """{"rows": [{"a": 1, "b": 2, "color": "red"}, {"a": 1, "b": 2, "color": "blue"}]}""");
        using var wrong = await server.Post("/predict", "{}");

        // when
        using var response = await server.Get("/metrics");
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n');

        // then
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("gradus_predictions_total{model=\"prices\"} 2", lines);
        Assert.Contains("gradus_prediction_batch_size_bucket{model=\"prices\",le=\"2\"} 1", lines);
        Assert.Contains("gradus_prediction_duration_seconds_count{model=\"prices\"} 1", lines);
        Assert.Contains("gradus_prediction_errors_total{model=\"prices\",error=\"InvalidDataException\"} 1", lines);
        Assert.Contains("gradus_http_requests_total{path=\"/predict\",status=\"400\"} 1", lines);
        Assert.All(lines.Where(static line => line.Length > 0 && line[0] != '#'), static line => Assert.Matches(@"^[a-z_]+(\{[^}]*\})? [-+.eE0-9]+$", line));
    }

    private Task<RunningServer> StartAll() => RunningServer.Start(
        new ServedModel("prices", _models.WriteTableModel("prices.safetensors")), new ServedModel("digits", _models.WritePictureModel("digits.safetensors")),
        new ServedModel("mood", _models.WriteSentenceModel("mood.safetensors")), new ServedModel("book", _models.WriteTextModel("book.safetensors")));

    private static IEnumerable<JsonProperty> Properties(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(static property => Properties(property.Value).Prepend(property)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Properties),
        _ => [],
    };
}
