using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gradus.Serving.Tests;

/// <summary>A server on a free port of this machine, and who asks it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly ModelServer _server;
    private readonly HttpClient _client;

    private RunningServer(ModelServer server)
    {
        _server = server;
        _client = new HttpClient { BaseAddress = new Uri(server.Address) };
    }

    public Uri Address => _client.BaseAddress!;

    public static async Task<RunningServer> Start(ServerOptions options) => new(await ModelServer.StartAsync(options with { Port = 0 }));

    public static Task<RunningServer> Start(params ServedModel[] models) => Start(new ServerOptions { Models = models });

    public Task<HttpResponseMessage> Post(string path, string body, string type = "application/json") => Post(path, Encoding.UTF8.GetBytes(body), type);

    public Task<HttpResponseMessage> Post(string path, byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return Post(path, content);
    }

    public Task<HttpResponseMessage> Post(string path, HttpContent content) => _client.PostAsync(new Uri(path, UriKind.Relative), content);

    /// <summary>The answer to a question that is right.</summary>
    public async Task<JsonElement> Ask(string path, string body, string type = "application/json") => await JsonOf(await Post(path, body, type));

    public async Task<JsonElement> Ask(string path, byte[] body, string type) => await JsonOf(await Post(path, body, type));

    public Task<HttpResponseMessage> Get(string path) => _client.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<JsonElement> Read(string path) => await JsonOf(await Get(path));

    public Task<HttpResponseMessage> Send(HttpMethod method, string path) => _client.SendAsync(new HttpRequestMessage(method, new Uri(path, UriKind.Relative)));

    /// <summary>The reason of an answer that tells of a mistake.</summary>
    public static async Task<string> ReasonOf(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((int)response.StatusCode, json.RootElement.GetProperty("status").GetInt32());
        return json.RootElement.GetProperty("detail").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    private static async Task<JsonElement> JsonOf(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
