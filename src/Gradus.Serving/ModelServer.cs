using System.Net;
using System.Net.Sockets;
using Gradus.Extensions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gradus.Serving;

/// <summary>Serves models over HTTP: <c>await using var server = await ModelServer.StartAsync(options)</c>.</summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IReadOnlyList<PredictionQueue> _queues;
    private readonly MetricsText _metrics;

    private ModelServer(WebApplication app, IReadOnlyList<PredictionQueue> queues, MetricsText metrics) => (_app, _queues, _metrics) = (app, queues, metrics);

    /// <summary>Where it listens: <c>http://127.0.0.1:5080</c>.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Opens the models and begins to listen.</summary>
    /// <param name="options">What is served.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">An option cannot be.</exception>
    /// <exception cref="IOException">A model cannot be read, the port is taken, or the address is none of this machine.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or holds no model of Gradus.</exception>
    public static async Task<ModelServer> StartAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var app = Build(options);
        var metrics = new MetricsText(app.Services.GetRequiredService<GradusMetrics>().Meter);
        var queues = new List<PredictionQueue>();
        try
        {
            var router = new Router(metrics, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Gradus"));
            foreach (var served in options.Models)
            {
                var model = app.Services.GetRequiredKeyedService<GradusModel>(served.Name);
                queues.Add(new PredictionQueue(model, options));
                new ModelEndpoints(model, queues[^1], options).AddTo(router, $"/models/{served.Name}", isFirst: queues.Count == 1);
            }

            new ServerEndpoints(app.Services, options, metrics).AddTo(router);
            app.Run(router.Handle);
            await Listen(app, options, cancellation).ConfigureAwait(false);
            return new ModelServer(app, queues, metrics);
        }
        catch
        {
            await Close(app, queues, metrics).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends: no request begins any more, and those that have begun are answered.</summary>
    public async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
    }

    /// <inheritdoc cref="StopAsync"/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await Close(_app, _queues, _metrics).ConfigureAwait(false);
    }

    private static async Task Listen(WebApplication app, ServerOptions options, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when ((exception as SocketException ?? exception.InnerException) is SocketException or AddressInUseException)
        {
            var reason = (exception as SocketException)?.SocketErrorCode switch
            {
                null => "another program listens there. Choose another port, or 0 for a free one.",
                SocketError.AddressNotAvailable => "this machine has no such address. Listen on 127.0.0.1, or on 0.0.0.0 for all that it has.",
                SocketError.AccessDenied => "the system does not allow it. Ports below 1024 need special rights: choose one above.",
                _ => exception.Message,
            };
            throw new IOException($"The server cannot listen on {new IPEndPoint(options.Host, options.Port)}: {reason}", exception);
        }
    }

    private static async Task Close(WebApplication app, IReadOnlyList<PredictionQueue> queues, MetricsText metrics)
    {
        foreach (var queue in queues) await queue.DisposeAsync().ConfigureAwait(false);
        metrics.Dispose();
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(ServerOptions options)
    {
        // Nothing of the machine's settings: what the options say, and nothing else.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Host, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBody;
        });
        if (options.Log is { } log) builder.Logging.AddProvider(new LineLoggerProvider(log));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var health = builder.Services.AddHealthChecks();
        foreach (var model in options.Models)
        {
            builder.Services.AddGradusModel(model.Name, model.Path);
            health.AddGradusModel(model.Name);
        }

        return builder.Build();
    }

    /// <summary>Whoever started the server ends it; signals are not its own.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
