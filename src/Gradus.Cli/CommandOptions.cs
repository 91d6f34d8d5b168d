using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Gradus.Nn;
using Gradus.Training;

namespace Gradus.Cli;

/// <summary>
/// Options of the kinds that several commands have. Numbers are read in the invariant culture: by itself the parser would read 0.01 as 1 under a German one.
/// </summary>
internal static class CommandOptions
{
    public static Argument<string> Model() => new("MODEL") { Description = "A model file that `gradus train` wrote." };

    public static Argument<string> Data() => new("DATA") { Description = DataDescription };

    /// <summary>Data that have to be a table.</summary>
    public static Argument<string> Table() => new("DATA")
    {
        Description = $"A table: one of {DataSource.KnownTables}. FILE is plain, of CSV or JSON also gzip.",
    };

    /// <summary>A recorded run, which <see cref="Commands.RunsCommand.Open"/> finds.</summary>
    public static Argument<string> Run(string name = "RUN") => new(name) { Description = "The folder of a recorded run, or its name under runs/." };

    /// <summary>What DATA may be.</summary>
    public static string DataDescription =>
        $"One of {DataSource.KnownNames}. " +
        "The first five are generated; mnist, fashion-mnist, cifar10 and cifar100 need --data-dir; FILE is a table, plain, of CSV or JSON also gzip, " +
        "or a UTF-8 text, or of npz arrays x and y; DIR holds a folder of pictures for each class.";

    public static Option<string?> DataDirectory() => new("--data-dir")
    {
        Description = "The folder of the files of mnist, fashion-mnist, cifar10 or cifar100.",
        HelpName = "DIR",
    };

    public static Option<string?> Query() => new("--query")
    {
        Description = "The query of sqlite:FILE whose rows are the table. Default: all of its only table.",
        HelpName = "SQL",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print nothing but JSON, one object a line; an error too, on standard error." };

    public static Option<int?> Threads() =>
        Whole("--threads", "Threads to compute with; the results do not depend on it. Default: one for each processor.", 1, 1024);

    /// <summary>A whole number in a range.</summary>
    public static Option<int?> Whole(string name, string description, int min, int max = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) &&
                value >= min && value <= max)
            {
                return value;
            }

            result.AddError($"{name}: '{Told(result)}' is not a whole number {(max == int.MaxValue ? $"from {min} on" : $"from {min} to {max}")}.");
            return null;
        },
    };

    /// <summary>A finite number from a least one to below another.</summary>
    public static Option<double?> Real(string name, string description, double min, double max = double.PositiveInfinity, string helpName = "X") =>
        Real(name, description, helpName, value => value >= min && value < max,
            double.IsInfinity(max) ? FormattableString.Invariant($"from {min} on") : FormattableString.Invariant($"from {min} to below {max}"));

    /// <summary>A part of a whole, which is something, and may be all.</summary>
    public static Option<double?> Part(string name, string description, string helpName) =>
        Real(name, description, helpName, static value => value is > 0 and <= 1, "above 0 and at most 1");

    /// <summary>A number that is not 0, and of which there is no end.</summary>
    public static Option<double?> Positive(string name, string description) => Real(name, description, "X", static value => value > 0, "above 0");

    /// <summary>A time, in seconds, minutes or hours: 90s, 30m, 2h.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var word = result.Tokens[0].Value;
            var unit = word.Length == 0 ? 0 : word[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
            if (unit > 0 && double.TryParse(word[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 1e6)
            {
                return TimeSpan.FromSeconds(count * unit);
            }

            result.AddError($"{name}: '{Told(result)}' is no time; expected seconds, minutes or hours, such as 90s, 30m or 2h.");
            return null;
        },
    };

    /// <summary>A time as <see cref="Duration"/> takes it.</summary>
    public static string Word(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s");

    /// <summary>One of some words.</summary>
    public static Option<T?> Choice<T>(string name, string description, params (string Word, T Value)[] choices) where T : struct => new(name)
    {
        Description = description,
        HelpName = string.Join('|', choices.Select(static choice => choice.Word)),
        CustomParser = result =>
        {
            foreach (var (word, value) in choices)
            {
                if (word == result.Tokens[0].Value) return value;
            }

            result.AddError($"{name}: '{Told(result)}' is not one of {string.Join(", ", choices.Select(static choice => choice.Word))}.");
            return null;
        },
    };

    /// <summary>The data that the user names.</summary>
    /// <exception cref="UsageException">There are no such data.</exception>
    public static DataSource ReadSource(string data, string? directory, string? query)
    {
        var source = Usage(() => DataSource.Parse(data, directory));
        if (query is not null && source.Kind != DataKind.Sqlite) throw new UsageException("--query is for sqlite:FILE only.");
        return source with { Query = query, Reader = TableReaders.Of(source.Kind) };
    }

    public static Option<string[]> Rename() => new("--rename")
    {
        Description = "Call tensors of the file otherwise, * standing for anything: 'encoder.*=body.*'. May be given several times.",
        HelpName = "OLD=NEW",
    };

    /// <summary>From the names of a file to those that the user wants.</summary>
    /// <param name="renames">OLD=NEW, each.</param>
    /// <param name="under">The path that is taken off first; null for none.</param>
    /// <exception cref="UsageException">A rename is none.</exception>
    public static StateMapping ReadMapping(string[]? renames, string? under = null)
    {
        var mapping = under is null ? StateMapping.None : StateMapping.None.Under(under);
        foreach (var rename in renames ?? [])
        {
            if (rename.IndexOf('=') is not (> 0 and var at)) throw new UsageException($"--rename: '{PlainText.Quote(rename)}' is not OLD=NEW.");
            try
            {
                mapping = mapping.Rename(rename[..at], rename[(at + 1)..]);
            }
            catch (GradusException exception)
            {
                throw new UsageException($"--rename: {exception.Message}");
            }
        }

        return mapping;
    }

    /// <summary>The model that the user names. Where it carries no checksums, a line on standard error says what that means.</summary>
    public static TrainedModel ReadModel(string path)
    {
        var model = TrainedModel.Load(path);
        if (!model.HasChecksums) Note($"{path}: the file carries no checksums, as of an earlier version: damage to its weights would not be noticed.");
        return model;
    }

    /// <summary>Tells something on standard error, beside the output.</summary>
    public static void Note(string text) => Console.Error.WriteLine($"gradus: note: {PlainText.Of(text)}");

    /// <summary>Turns a wrong word or option into wrong usage.</summary>
    /// <exception cref="UsageException">It was wrong.</exception>
    public static T Usage<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException || IsOfFlag(exception))
        {
            throw new UsageException(Flags.TextOf(exception));
        }
    }

    private static bool IsOfFlag(Exception exception) =>
        exception is ArgumentOutOfRangeException { ParamName: { } option } && Flags.Names.ContainsKey(option);

    /// <summary>Sets the number of threads that a command computes with, and tells if the processor makes it slow.</summary>
    public static void SetThreads(int? threads)
    {
        if (threads is { } count) Compute.Threads = count;
        if (!Compute.HasFusedMultiplyAdd) Note("this processor has no fused multiply-add: all results are the same, more than a hundred times slower.");
    }

    private static Option<double?> Real(string name, string description, string helpName, Func<double, bool> fits, string range) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            var isNumber = double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
            if (isNumber && double.IsFinite(value) && fits(value)) return value;
            result.AddError($"{name}: '{Told(result)}' is not a number {range}.");
            return null;
        },
    };

    private static string Told(ArgumentResult result) => PlainText.Quote(result.Tokens[0].Value);

    /// <summary>Holds that what is written is none of what is read.</summary>
    /// <exception cref="UsageException">It is, by this name or by a link.</exception>
    public static void RequireAnother(string option, string output, params ReadOnlySpan<string?> inputs)
    {
        foreach (var input in inputs)
        {
            if (input is not null && LinkTarget.Of(input) == LinkTarget.Of(output))
                throw new UsageException($"{option}: '{PlainText.Quote(output)}' is read by this command; it would be lost. Write to another file.");
        }
    }
}
