using Microsoft.Extensions.Logging;

namespace Gradus.Serving;

/// <summary>Tells what is logged, a line each: of Gradus all that matters, of others what goes wrong.</summary>
internal sealed class LineLoggerProvider(Action<string> log) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) =>
        new LineLogger(log, categoryName.StartsWith("Gradus", StringComparison.Ordinal) ? LogLevel.Information : LogLevel.Error);

    public void Dispose()
    {
    }

    private sealed class LineLogger(Action<string> log, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Who starts the server is told by an exception.
            if (!IsEnabled(logLevel) || eventId.Name == "HostedServiceStartupFaulted") return;
            log(exception is null ? formatter(state, null) : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}");
        }
    }
}
