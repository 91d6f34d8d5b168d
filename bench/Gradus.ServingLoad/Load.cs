using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gradus.ServingLoad;

/// <summary>Asks a server of its own process by many connections at once, each as soon as it has its answer.</summary>
internal static partial class Load
{
    private const int WarmUp = 3;

    public static async Task Run(string gradus, string model, string[] bodies, double seconds, int connections)
    {
        using var server = Process.Start(new ProcessStartInfo("dotnet", [gradus, "serve", model, "--port", "0", "--json"]) { RedirectStandardOutput = true })!;
        try
        {
            using var listening = JsonDocument.Parse(await server.StandardOutput.ReadLineAsync() ?? throw new IOException("The server does not listen."));
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections })
            {
                BaseAddress = new Uri(listening.RootElement.GetProperty("url").GetString()!),
            };
            var contents = Array.ConvertAll(bodies, Encoding.UTF8.GetBytes);
            await Ask(client, contents, WarmUp, connections);
            var before = await MemoryOf(client);
            var (times, errors) = await Ask(client, contents, seconds, connections);
            var after = await MemoryOf(client);
            times.Sort();
            Console.WriteLine($"{connections} connections, {seconds} s: {times.Count} answers, {errors} errors, {times.Count / seconds:0} a second, " +
                $"p50 {At(times, 0.5):0.00} ms, p99 {At(times, 0.99):0.00} ms, memory {before:0} MB before, {after:0} MB after");
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<(List<double> Milliseconds, int Errors)> Ask(HttpClient client, byte[][] bodies, double seconds, int connections)
    {
        var end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var asked = await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(async () =>
        {
            var times = new List<double>();
            var errors = 0;
            for (var turn = connection; Stopwatch.GetTimestamp() < end; turn += connections)
            {
                using var content = new ByteArrayContent(bodies[turn % bodies.Length]);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                var begin = Stopwatch.GetTimestamp();
                using var response = await client.PostAsync(new Uri("/predict", UriKind.Relative), content);
                await response.Content.ReadAsByteArrayAsync();
                if (response.IsSuccessStatusCode) times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                else errors++;
            }

            return (times, errors);
        })));
        return ([.. asked.SelectMany(static one => one.times)], asked.Sum(static one => one.errors));
    }

    private static async Task<double> MemoryOf(HttpClient client) =>
        double.Parse(Memory.Match(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Groups[1].Value) / 1e6;

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)(share * (sorted.Count - 1))];

    [GeneratedRegex(@"^process_resident_memory_bytes (\d+)", RegexOptions.Multiline)]
    private static partial Regex Memory { get; }
}
