using System.CommandLine;
using System.Net;
using Gradus.Cli.Output;
using Gradus.Serving;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus serve</c>: predictions of saved models over HTTP, and a page to try them.</summary>
internal static class ServeCommand
{
    private const int Mebibyte = 1 << 20;

    private static readonly Argument<string[]> Models = new("MODEL")
    {
        Description = "Model files that `gradus train` wrote, each with a name if wanted: FILE=NAME. They may be replaced while they are served.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<int?> Port = CommandOptions.Whole("--port", "The port; 0 takes a free one. Default: 5080.", 0, ushort.MaxValue);

    private static readonly Option<string?> Host = new("--host")
    {
        Description = "The address to listen on; 0.0.0.0 is all of them. Default: 127.0.0.1, which only this machine reaches.",
        HelpName = "ADDRESS",
    };

    private static readonly Option<int?> MaxBody = CommandOptions.Whole("--max-body", "The most mebibytes of a request's body. Default: 16.", 1, 1024);
    private static readonly Option<int?> MaxBatch = CommandOptions.Whole("--max-batch", "The most samples to predict together. Default: 64.", 1);

    private static readonly Option<int?> MaxWait = CommandOptions.Whole(
        "--max-wait", "Milliseconds that a sample may wait for others. Default: 0, those that come while others are computed go together.", 0, 60_000);

    private static readonly Option<int?> Concurrency = CommandOptions.Whole("--concurrency", "Batches of a model to compute at a time. Default: 1.", 1, 1024);
    private static readonly Option<TimeSpan?> Timeout = CommandOptions.Duration("--timeout", "The time after which a request is given up. Default: 30s.");
    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = new("--json") { Description = "Print one line of JSON when it listens." };

    public static Command Create()
    {
        var command = new Command("serve", "Serve predictions of saved models over HTTP, with a page to try them.")
        {
            Models, Port, Host, MaxBody, MaxBatch, MaxWait, Concurrency, Timeout, Threads, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        // Begun before the server listens, so that no signal is missed.
        using var signals = new StopSignals();
        Serve(ReadOptions(parsed), parsed.GetValue(Json), signals.Token).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task Serve(ServerOptions options, bool json, CancellationToken stop)
    {
        try
        {
            await using var server = await ModelServer.StartAsync(options, stop).ConfigureAwait(false);
            Console.Out.WriteLine(json ? JsonOf(server, options) : $"Serving {Names(options)} at {server.Address}; Ctrl-C ends it.");
            await Console.Out.FlushAsync(stop).ConfigureAwait(false);
            await Task.Delay(System.Threading.Timeout.Infinite, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static ServerOptions ReadOptions(ParseResult parsed)
    {
        ServedModel[] models = [.. parsed.GetRequiredValue(Models).Select(ReadModel)];
        if (models.GroupBy(static model => model.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static same => same.Count() > 1) is { } same)
        {
            throw new UsageException($"serve: {same.Count()} models are called '{same.Key}'; give each a name of its own: FILE=NAME.");
        }

        var options = new ServerOptions
        {
            Models = models,
            Host = ReadHost(parsed.GetValue(Host)),
            Log = CommandOptions.Note,
        };
        return options with
        {
            Port = parsed.GetValue(Port) ?? options.Port,
            MaxBody = parsed.GetValue(MaxBody) is { } size ? (long)size * Mebibyte : options.MaxBody,
            MaxBatch = parsed.GetValue(MaxBatch) ?? options.MaxBatch,
            MaxWait = parsed.GetValue(MaxWait) is { } wait ? TimeSpan.FromMilliseconds(wait) : options.MaxWait,
            Concurrency = parsed.GetValue(Concurrency) ?? options.Concurrency,
            Timeout = parsed.GetValue(Timeout) ?? options.Timeout,
        };
    }

    // A file that has an equals sign in its name is itself.
    private static ServedModel ReadModel(string word) => !File.Exists(word) && word.LastIndexOf('=') is > 0 and var at
        ? new ServedModel(word[(at + 1)..], word[..at])
        : new ServedModel(NameOf(word), word);

    // `gradus train` calls every model the same; its run is what tells it from others.
    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path) is not "model" and var name
        ? Word(name)
        : Word(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) is { Length: > 0 } folder ? folder : "model");

    private static string Word(string name) => new([.. name
        .Select(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' ? character : '-')]);

    private static IPAddress ReadHost(string? word) => word switch
    {
        null or "localhost" => IPAddress.Loopback,
        "*" => IPAddress.Any,
        _ => IPAddress.TryParse(word, out var address) ? address
            : throw new UsageException($"--host: '{PlainText.Quote(word)}' is no address; expected one such as 127.0.0.1, 0.0.0.0 or ::1."),
    };

    private static string Names(ServerOptions options) => string.Join(", ", options.Models.Select(static model => model.Name));

    private static string JsonOf(ModelServer server, ServerOptions options) => JsonLine.Of(json =>
    {
        json.WriteString("event", "listening");
        json.WriteString("url", server.Address);
        json.WriteStartArray("models");
        foreach (var model in options.Models) json.WriteStringValue(model.Name);
        json.WriteEndArray();
    });
}
