namespace Gradus.Cli.Output;

/// <summary>What the tool prints goes through here, so that an error says what could not be written: the platform's names no file, for there is none.</summary>
internal sealed class StandardOutput : OneWayStream
{
    private readonly Stream _stream = Console.OpenStandardOutput();

    public override bool CanWrite => true;

    /// <summary>Lets the console write through here too. A terminal keeps its own, which knows of its cursor.</summary>
    public static void Redirect()
    {
        if (Console.IsOutputRedirected) Console.SetOut(new StreamWriter(new StandardOutput()) { AutoFlush = true });
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _stream.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = exception is IOException ? exception.Message : "it is closed.";
            throw new IOException($"standard output cannot be written to: {reason}", exception);
        }
    }
}
