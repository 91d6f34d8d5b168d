using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gradus.Extensions.Tests;

/// <summary>Keeps what is logged.</summary>
public sealed class Logged : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception) + exception?.Message));

    public void Dispose()
    {
    }
}
