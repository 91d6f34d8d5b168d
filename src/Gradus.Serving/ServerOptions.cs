using System.Net;

namespace Gradus.Serving;

/// <summary>What a server serves, and within which limits.</summary>
public sealed record ServerOptions
{
    /// <summary>The models, the first of which has the short addresses: <c>/predict</c> beside <c>/models/NAME/predict</c>.</summary>
    public required IReadOnlyList<ServedModel> Models { get; init; }

    /// <summary>The address it listens on. Default: the loopback address, which is reached from this machine alone.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for one that is free. Default: 5080.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>The most bytes of a request's body. Default: 16 MiB.</summary>
    public long MaxBody { get; init; } = 16 << 20;

    /// <summary>The most samples that are predicted together. Default: 64.</summary>
    public int MaxBatch { get; init; } = 64;

    /// <summary>
    /// How long a sample may wait for others to be predicted together with it. Default: 0; then those are together that came while a batch was computed.
    /// </summary>
    public TimeSpan MaxWait { get; init; }

    /// <summary>How many batches, texts and explanations of a model are computed at the same time. Default: one.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>How many requests of a model may wait; what comes beyond is told to come again. Default: 1024.</summary>
    public int MaxQueue { get; init; } = 1024;

    /// <summary>The time after which a request is given up. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told what happens to the server and its models, a line each. Default: null.</summary>
    public Action<string>? Log { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"ServerOptions {{ {string.Join(", ", Models)} on {Host}:{Port} }}");

    /// <exception cref="ArgumentException">A value cannot be.</exception>
    internal void Check()
    {
        if (Models.Count == 0) throw new ArgumentException("There is no model to serve.");
        if (Models.CountBy(static model => model.Name).FirstOrDefault(static count => count.Value > 1).Key is { } twice)
            throw new ArgumentException($"Two models are called {twice}.");
        foreach (var model in Models) model.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(Port, nameof(Port));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, ushort.MaxValue, nameof(Port));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBody, 1, nameof(MaxBody));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatch, 1, nameof(MaxBatch));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWait, TimeSpan.Zero, nameof(MaxWait));
        ArgumentOutOfRangeException.ThrowIfLessThan(Concurrency, 1, nameof(Concurrency));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueue, 1, nameof(MaxQueue));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero, nameof(Timeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Timeout, TimeSpan.FromDays(1), nameof(Timeout));
    }
}
