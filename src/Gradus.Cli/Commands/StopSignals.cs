using System.Runtime.InteropServices;

namespace Gradus.Cli.Commands;

/// <summary>
/// Turns Ctrl-C, a polite request to terminate, and the closing of the terminal into the end of a run after its batch. A second one ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _hangUp;
    private volatile int _exitCode;
    private volatile bool _isOver;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, Failure.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, Failure.Terminated));
        _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, Failure.HungUp));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The exit code that tells of the signal.</summary>
    public int ExitCode => _exitCode;

    public void Dispose()
    {
        _isOver = true;
        _interrupt.Dispose();
        _terminate.Dispose();
        _hangUp.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        // A signal that comes while the registrations end is one of a process that ends anyway.
        if (_isOver || _stop.IsCancellationRequested) return;
        context.Cancel = true;
        _exitCode = exitCode;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It came between the two.
        }
    }
}
