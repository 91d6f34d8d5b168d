using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli;

/// <summary>The messages of the libraries in the words of the command line: their options are its flags.</summary>
internal static class Flags
{
    public static readonly (string Word, DateOrder Value)[] DateOrders =
        [("dmy", DateOrder.DayFirst), ("mdy", DateOrder.MonthFirst), ("ymd", DateOrder.YearFirst)];

    public static readonly (string Word, char Value)[] Delimiters =
        [("comma", ','), ("semicolon", ';'), ("tab", '\t'), ("bar", '|'), ("colon", ':'), ("space", ' ')];

    /// <summary>From an option, parameter or method of the libraries to what has its effect on the command line.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>
    {
        [nameof(DataOptions.Target)] = "--target",
        [nameof(DataOptions.Task)] = "--task",
        [nameof(DataOptions.TargetTransform)] = "--target-transform",
        [nameof(DataOptions.Header)] = "--header",
        [nameof(DataOptions.Missing)] = "--missing",
        [nameof(DataOptions.Ignore)] = "--ignore",
        [nameof(DataOptions.Kinds)] = "--column",
        [nameof(DataOptions.Orders)] = "--column",
        [nameof(DataOptions.Decimal)] = "--decimal",
        [nameof(DataOptions.Dates)] = "--dates",
        [nameof(DataOptions.Delimiter)] = "--delimiter",
        [nameof(DataOptions.MaxCategories)] = "--categories",
        [nameof(DataOptions.Audit)] = "--audit",
        [nameof(DataOptions.Window)] = "--window",
        [nameof(DataOptions.Horizon)] = "--horizon",
        [nameof(DataOptions.Text)] = "--text",
        [nameof(DataOptions.MaxWords)] = "--words",
        [nameof(DataOptions.Length)] = "--length",
        [nameof(DataOptions.Tokenizer)] = "--tokenizer",
        [nameof(DataOptions.VocabularySize)] = "--tokenizer",
        [nameof(DataOptions.Fold)] = "--folds",
        [nameof(DataOptions.ValidationShare)] = "--valid",
        [nameof(DataOptions.TestShare)] = "--test",
        [nameof(DataOptions.PictureSize)] = "--size",
        [nameof(DataOptions.PictureChannels)] = "--channels",
        [nameof(DataOptions.PictureResize)] = "--resize",
        [nameof(DataOptions.MaxPixels)] = "--max-pixels",
        [nameof(DataOptions.SkipUnreadable)] = "--skip-unreadable",
        [nameof(CSharpExportOptions.Overwrite)] = "--overwrite",
        [nameof(TrainedModel.LoadTable)] = "--split all",
        ["directory"] = "--data-dir DIR",
        ["heads"] = "--head",
        ["ParquetTable.Read(path)"] = "parquet:FILE",
        ["Table.Read(command.ExecuteReader())"] = "sqlite:FILE --query SQL",
        ["Table.ReadJsonLines(path)"] = "jsonl:FILE",
        ["Mnist.Load(directory)"] = "gradus train mnist --data-dir DIR",
    };

    /// <summary>What an exception says.</summary>
    public static string TextOf(Exception exception) => TextOf(OptionMessage.Of(exception));

    /// <summary>What a message says.</summary>
    public static string TextOf(OptionMessage message) => SpooledInput.NameIn(message.ToText(Of));

    /// <summary>A value as a flag takes it.</summary>
    public static string Word<T>((string Word, T Value)[] choices, T value) where T : struct => choices.First(choice => choice.Value.Equals(value)).Word;

    /// <inheritdoc cref="Word{T}(ValueTuple{string, T}[], T)"/>
    public static string Word<T>(T value) where T : Enum => value.ToString().ToLowerInvariant();

    private static string Of(OptionHint hint)
    {
        if (!Names.TryGetValue(hint.Name, out var flag)) return hint.ToString();
        return hint.Value is null ? flag : $"{flag} {(hint.Key is null ? "" : $"{Quote(hint.Key)}=")}{Word(hint.Value)}";
    }

    private static string Word(object value) => value switch
    {
        DateOrder order => Word(DateOrders, order),
        char delimiter => Word(Delimiters, delimiter),
        Enum choice => Word(choice),
        string text => Quote(text),
        IEnumerable<string> texts => string.Join(' ', texts.Select(Quote)),
        _ => FormattableString.Invariant($"{value}"),
    };

    // As a shell takes it.
    private static string Quote(string name)
    {
        if (name.Length > 0 && name.All(static character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.')) return name;
        return $"'{PlainText.Of(name).Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
