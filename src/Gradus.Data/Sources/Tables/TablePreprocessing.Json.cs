using System.Text;
using System.Text.Json;

namespace Gradus.Data;

// Written and read by hand: no reflection, and every value is checked on its way in, since a model file may come from anyone.
public sealed partial record TablePreprocessing
{
    // Files of plain numbers and texts are written as the first version read them.
    private const int FirstVersion = 1;
    private const int FormatVersion = 2;
    private const int SeriesVersion = 3;
    private const int SentenceVersion = 4;
    private const int Version = 5;
    private const int MostColumns = 100_000;

    /// <summary>The preprocessing as JSON, to be saved with the model.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) WriteTo(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes the preprocessing as one JSON object.</summary>
    /// <param name="writer">The writer, at a place where a value may follow.</param>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("version", VersionNeeded);
        writer.WriteBoolean("header", HasHeader);
        writer.WriteString("delimiter", Delimiter.ToString());
        writer.WriteNumber("fileColumns", FileColumns);
        writer.WriteString("missing", Name(Missing));
        if (Window > 0)
        {
            writer.WriteNumber("window", Window);
            writer.WriteNumber("horizon", Horizon);
        }

        if (Words is not null)
        {
            writer.WriteNumber("length", Length);
            WriteTexts(writer, "words", Words.Words);
        }

        writer.WriteStartArray("columns");
        foreach (var column in Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteNumber("index", column.Index);
            if (column.Kind == ColumnKind.Number)
            {
                writer.WriteString("kind", "number");
                WriteFormat(writer, column.Format, column.IsKindGiven);
                writer.WriteNumber("mean", column.Mean);
                writer.WriteNumber("deviation", column.Deviation);
                writer.WriteNumber("median", column.Median);
            }
            else
            {
                writer.WriteString("kind", "text");
                WriteTexts(writer, "categories", column.Categories);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("target");
        writer.WriteString("name", Target.Name);
        writer.WriteNumber("index", Target.Index);
        WriteFormat(writer, Target.Format, Target.IsKindGiven);
        if (Target.Task == TaskKind.Classify)
        {
            writer.WriteString("task", "classify");
            WriteTexts(writer, "classes", Target.ClassNames);
        }
        else
        {
            writer.WriteString("task", "regress");
            if (Target.Transform == TargetTransform.Log) writer.WriteString("transform", "log");
            writer.WriteNumber("mean", Target.Mean);
            writer.WriteNumber("deviation", Target.Deviation);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Parses the result of <see cref="ToJson"/>.</summary>
    /// <exception cref="InvalidDataException">The text is no JSON, or a value is missing or out of range.</exception>
    public static TablePreprocessing FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return FromJson(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"table preprocessing: no JSON: {error.Message}", error);
        }
    }

    /// <summary>Parses an object that <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A value is missing or out of range.</exception>
    public static TablePreprocessing FromJson(JsonElement json)
    {
        try
        {
            return Read(json);
        }
        catch (InvalidOperationException error)
        {
            // Half of a surrogate pair in a member's name: no member is found any more.
            throw new InvalidDataException("table preprocessing: half a character in a name.", error);
        }
    }

    private static TablePreprocessing Read(JsonElement json)
    {
        if (Whole(json, "version", 1, int.MaxValue) is var version and > Version) throw Bad("version", $"{version}", $"at most {Version}");
        var fileColumns = Whole(json, "fileColumns", 2, MostColumns);
        var delimiter = Text(json, "delimiter");
        if (delimiter.Length != 1 || !TableOptions.IsDelimiter(delimiter[0])) throw Bad("delimiter", Cell.Show(delimiter), "one character");
        var target = ReadTarget(Member(json, "target", JsonValueKind.Object), fileColumns);
        var window = json.TryGetProperty("window", out _) ? Whole(json, "window", 1, LongestWindow) : 0;
        if (window > 0 && target.Task != TaskKind.Regress) throw Bad("task", "classify", "regress, for a time series");
        var taken = new HashSet<(int, DatePart?)>();
        // The past of a series' target is an input.
        if (window == 0) taken.Add((target.Index, null));
        var names = new Dictionary<string, int>(StringComparer.Ordinal) { [target.Name] = target.Index };
        var columns = new List<TableColumn>();
        foreach (var element in Member(json, "columns", JsonValueKind.Array).EnumerateArray())
        {
            var column = ReadColumn(element, fileColumns);
            // Several parts of one date are columns of one name and place.
            if (!taken.Add((column.Index, column.Format.Part)) || (column.Format.Part is not null && taken.Contains((column.Index, null))))
                throw Bad("index", $"{column.Index} twice", "each column once");
            var mayRepeat = column.Format.Part is not null || (window > 0 && column.Name == target.Name);
            if (!names.TryAdd(column.Name, column.Index) && (!mayRepeat || names[column.Name] != column.Index))
                throw Bad("name", $"{Cell.Show(column.Name)} twice", "each column once");
            columns.Add(column);
        }

        var words = json.TryGetProperty("words", out _) ? ReadWords(json, columns, window) : null;
        var length = words is null ? 0 : Whole(json, "length", 1, LongestSentence);
        var inputs = words is null ? columns.Sum(column => (long)column.Width) * Math.Max(window, 1) : length;
        if (inputs is 0 or > int.MaxValue) throw Bad("columns", $"{inputs} inputs", "at least one");
        return new TablePreprocessing
        {
            HasHeader = Flag(json, "header"),
            Delimiter = delimiter[0],
            FileColumns = fileColumns,
            Missing = Text(json, "missing") switch
            {
                "fill" => MissingValues.Fill,
                "drop" => MissingValues.Drop,
                "error" => MissingValues.Error,
                var other => throw Bad("missing", Cell.Show(other), "fill, drop or error"),
            },
            Columns = columns,
            Target = target,
            Words = words,
            Length = length,
            Window = window,
            Horizon = window > 0 ? Whole(json, "horizon", 1, LongestWindow) : 1,
        };
    }

    private static WordVocabulary ReadWords(JsonElement json, List<TableColumn> columns, int window)
    {
        if (window > 0) throw Bad("window", $"{window}", "none, for sentences");
        if (columns is not [{ Kind: ColumnKind.Text, Categories.Count: 0 }]) throw Bad("columns", $"{columns.Count}", "one of texts, for sentences");
        var words = Texts(json, "words", WordVocabulary.MostWords);
        foreach (var word in words)
        {
            if (word.Length is 0 or > WordVocabulary.LongestWord)
                throw Bad("words", $"one of {word.Length} characters", $"1 to {WordVocabulary.LongestWord}");
        }

        return new WordVocabulary(words);
    }

    private static TableColumn ReadColumn(JsonElement json, int fileColumns)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Bad("columns", json.ValueKind.ToString(), "objects");
        var (format, isTold) = ReadFormat(json);
        var (name, index) = (Text(json, "name"), Whole(json, "index", 0, fileColumns - 1));
        var column = new TableColumn { Name = name, Index = index, Kind = ColumnKind.Number, Format = format, IsKindGiven = isTold };
        return Text(json, "kind") switch
        {
            "number" => column with { Mean = Number(json, "mean"), Deviation = Positive(json, "deviation"), Median = Number(json, "median") },
            "text" => column with { Kind = ColumnKind.Text, Categories = Texts(json, "categories", MostCategories + 1) },
            var other => throw Bad("kind", Cell.Show(other), "number or text"),
        };
    }

    private static TableTarget ReadTarget(JsonElement json, int fileColumns)
    {
        var (format, isTold) = ReadFormat(json);
        if (format.Part is not null) throw Bad("part", "one of the target", "none");
        if (format.IsOrdered) throw Bad("order", "one of the target", "none");
        var (name, index) = (Text(json, "name"), Whole(json, "index", 0, fileColumns - 1));
        var target = new TableTarget { Name = name, Index = index, Task = TaskKind.Classify, Format = format, IsKindGiven = isTold };
        switch (Text(json, "task"))
        {
            case "classify":
                var classes = Texts(json, "classes", MostClasses);
                return classes.Length >= 2 ? target with { ClassNames = classes } : throw Bad("classes", $"{classes.Length}", "at least 2");
            case "regress":
                return target with
                {
                    Task = TaskKind.Regress,
                    Mean = Number(json, "mean"),
                    Deviation = Positive(json, "deviation"),
                    Transform = OptionalText(json, "transform") switch
                    {
                        null => TargetTransform.None,
                        "log" => TargetTransform.Log,
                        var other => throw Bad("transform", Cell.Show(other), "log"),
                    },
                };
            case var other:
                throw Bad("task", Cell.Show(other), "classify or regress");
        }
    }

    private int VersionNeeded => IsNewest ? Version : Words is not null ? SentenceVersion : Window > 0 ? SeriesVersion : IsPlain ? FirstVersion : FormatVersion;

    private bool IsNewest => Target.Transform != TargetTransform.None || Columns.Any(static column => column.IsOrdered);

    private bool IsPlain =>
        !Target.IsKindGiven && Target.Format == CellFormat.Plain && Columns.All(static column => !column.IsKindGiven && column.Format == CellFormat.Plain);

    private static void WriteFormat(Utf8JsonWriter writer, CellFormat format, bool isTold)
    {
        if (isTold) writer.WriteBoolean("told", true);
        if (format.Decimal != '.') writer.WriteString("decimal", format.Decimal.ToString());
        if (format.Unit.Length > 0) writer.WriteString("unit", format.Unit);
        if (format.Multiples) writer.WriteBoolean("multiples", true);
        if (format.IsOrdered) WriteTexts(writer, "order", format.Order);
        if (format.Part is not { } part) return;
        writer.WriteString("part", part.ToString().ToLowerInvariant());
        writer.WriteString("dates", Name(format.Dates));
    }

    private static (CellFormat Format, bool IsKindGiven) ReadFormat(JsonElement json)
    {
        var format = new CellFormat
        {
            Decimal = OptionalText(json, "decimal") switch
            {
                null => '.',
                "," => ',',
                var other => throw Bad("decimal", Cell.Show(other), "a comma"),
            },
            Unit = OptionalText(json, "unit") switch
            {
                null => "",
                { Length: <= 40 } unit => unit,
                _ => throw Bad("unit", "a long text", "at most 40 characters"),
            },
            Multiples = json.TryGetProperty("multiples", out _) && Flag(json, "multiples"),
            Order = json.TryGetProperty("order", out _) ? Texts(json, "order", MostCategories) : [],
            Part = OptionalText(json, "part") is { } name ? PartOf(name) : null,
            Dates = OptionalText(json, "dates") switch
            {
                null => DateOrder.Auto,
                "dmy" => DateOrder.DayFirst,
                "mdy" => DateOrder.MonthFirst,
                "ymd" => DateOrder.YearFirst,
                var other => throw Bad("dates", Cell.Show(other), "dmy, mdy or ymd"),
            },
        };
        return (format == CellFormat.Plain ? CellFormat.Plain : format, json.TryGetProperty("told", out _) && Flag(json, "told"));
    }

    private static DatePart PartOf(string name)
    {
        foreach (var part in Enum.GetValues<DatePart>())
        {
            if (part.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)) return part;
        }

        throw Bad("part", Cell.Show(name), "a part of a date");
    }

    private static string Name(DateOrder order) => order switch { DateOrder.MonthFirst => "mdy", DateOrder.YearFirst => "ymd", _ => "dmy" };

    private static string Name(MissingValues missing) => missing switch
    {
        MissingValues.Fill => "fill",
        MissingValues.Drop => "drop",
        _ => "error",
    };

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static JsonElement Member(JsonElement json, string name, JsonValueKind kind)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Bad(name, json.ValueKind.ToString(), "an object around it");
        if (!json.TryGetProperty(name, out var member)) throw Bad(name, "nothing", kind.ToString());
        return member.ValueKind == kind ? member : throw Bad(name, member.ValueKind.ToString(), kind.ToString());
    }

    private static string Text(JsonElement json, string name) => ReadText(Member(json, name, JsonValueKind.String), name);

    private static string? OptionalText(JsonElement json, string name) => json.TryGetProperty(name, out _) ? Text(json, name) : null;

    private static string ReadText(JsonElement element, string name)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: valid JSON, but no text.
            throw Bad(name, "half a character", "text");
        }
    }

    private static string[] Texts(JsonElement json, string name, int most)
    {
        var array = Member(json, name, JsonValueKind.Array);
        if (array.GetArrayLength() > most) throw Bad(name, $"{array.GetArrayLength()}", $"at most {most}");
        var texts = array.EnumerateArray()
            .Select(element => element.ValueKind == JsonValueKind.String ? ReadText(element, name) : throw Bad(name, element.ValueKind.ToString(), "texts"))
            .ToArray();
        return texts.Distinct(StringComparer.Ordinal).Count() == texts.Length ? texts : throw Bad(name, "a text twice", "different texts");
    }

    private static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? member.GetBoolean()
            : throw Bad(name, "something else", "true or false");

    private static int Whole(JsonElement json, string name, int low, int high) =>
        Member(json, name, JsonValueKind.Number).TryGetInt32(out var value) && value >= low && value <= high
            ? value
            : throw Bad(name, Member(json, name, JsonValueKind.Number).GetRawText(), $"a whole number from {low} to {high}");

    private static double Number(JsonElement json, string name) =>
        Member(json, name, JsonValueKind.Number).TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : throw Bad(name, Member(json, name, JsonValueKind.Number).GetRawText(), "a finite number");

    private static double Positive(JsonElement json, string name) =>
        Number(json, name) is var value and > 0 ? value : throw Bad(name, $"{Number(json, name)}", "a number above 0");

    private static InvalidDataException Bad(string name, string got, string expected) => new($"table preprocessing: {name}: got {got}, expected {expected}.");
}
