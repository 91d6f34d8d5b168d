using System.CommandLine;
using System.CommandLine.Parsing;
using Gradus.Cli.Output;
using Gradus.Graphs;

namespace Gradus.Cli;

/// <summary>The command was used in a way that cannot work: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>
/// From an error to one line on standard error, of an expression with the place below it, and an exit code. Who wants JSON gets the same as an object.
/// </summary>
internal static class Failure
{
    public const int WorkFailed = 1;
    public const int WrongUsage = 2;
    public const int Ill = 3;
    public const int HungUp = 129;
    public const int Interrupted = 130;
    public const int Terminated = 143;

    private const int LongestMessage = 4000;

    public static int Report(Exception exception, ParseResult parsed)
    {
        // Read from the words, since these may be the reason that nothing else could be read.
        bool Has(string option) => parsed.Tokens.Any(token => token.Type == TokenType.Option && token.Value == option);
        var (verbose, asJson) = (Has("--verbose"), Has("--json"));
        var excerpt = (exception as ExpressionException)?.Excerpt;
        var stack = verbose ? PlainText.OfLines(exception.ToString()) : null;
        if (asJson)
        {
            Console.Error.WriteLine(JsonLine.Of(json =>
            {
                json.WriteString("event", "error");
                json.WriteString("message", LineOf(exception));
                if (excerpt is not null) json.WriteString("excerpt", excerpt);
                if (stack is not null) json.WriteString("stack", stack);
            }));
        }
        else
        {
            Console.Error.WriteLine($"gradus: {LineOf(exception)}");
            if (excerpt is not null) Console.Error.WriteLine(excerpt);
            if (stack is not null) Console.Error.WriteLine(stack);
        }

        return CodeOf(exception);
    }

    /// <summary>The exit code that tells of an error.</summary>
    public static int CodeOf(Exception exception) => exception is UsageException or ExpressionException ? WrongUsage : WorkFailed;

    /// <summary>The beginning, which says what came, and the end, which says what to do, of a message that quotes more than anyone reads.</summary>
    private static string Cut(string message) =>
        message.Length <= LongestMessage ? message : $"{message[..(LongestMessage * 3 / 4)]} … {message[^(LongestMessage / 4)..]}";

    /// <summary>What is said of an error, in one line.</summary>
    public static string LineOf(Exception exception)
    {
        var message = exception switch
        {
            UsageException or GradusException or InvalidDataException or IOException or UnauthorizedAccessException => Flags.TextOf(exception),
            OutOfMemoryException => "there is not enough memory for this.",
            _ => $"unexpected {exception.GetType().Name}: {exception.Message} Run it again with --verbose to see where, and please report it.",
        };
        return PlainText.Of(Cut(string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));
    }
}
