using Gradus.Data;

namespace Gradus.Training;

/// <summary>A model of a table: a row is an object with a property for each column.</summary>
internal sealed class TableCode : ModelCode
{
    private readonly TablePreprocessing _table;
    private readonly List<Property> _properties = [];
    private readonly bool _mayBeMissing;

    public TableCode(TrainedModel model, string className) : base(model, className)
    {
        _table = model.Table!;
        _mayBeMissing = _table.Missing == MissingValues.Fill;
        var columns = _table.Columns.DistinctBy(static column => column.Index).ToArray();
        var names = Identifiers.Names(columns.Select(static column => column.Name), "Column");
        for (var index = 0; index < columns.Length; index++) _properties.Add(new Property(names[index], columns[index]));
    }

    public override string Summary => Model.Reconstructs
        ? $"{Model.Record.Model}: gives back rows of a table."
        : $"{Model.Record.Model}: {Verb} {_table.Target.Name} of {(_table.Window > 0 ? CodeText.Of($"{_table.Window} rows") : "a row")} of a table.";

    public override string Call => _table.Window > 0 ? "Predict(rows)" : $"Predict(new {ClassName}.Row {{ {_properties[0].Name} = … }})";

    private string Verb => Model.Record.ClassNames is null ? "predicts the number" : "tells the class";

    private bool IsFilledInTime => _table.Window > 0 && _mayBeMissing;

    private int Rows => Math.Max(1, _table.Window);

    public override void Write(CodeText code)
    {
        Network.Uses.Add("Cells");
        var input = Network.Input([.. _table.InputShape]);
        var outputs = Network.Forward("", Model.Network, input);
        WriteAnswer(code);
        WriteRow(code);
        if (_table.Window > 0)
        {
            code.Summary(Identifiers.Document(CodeText.Of($"Predicts from {_table.Window} rows that follow each other, {_table.Horizon} after the last.")));
            code.Line("/// <exception cref=\"ArgumentException\">There are more or fewer rows, or one does not fit.</exception>");
            code.Open($"public {Answer} Predict(ReadOnlySpan<Row> rows)");
            code.Line(CodeText.Of($"if (rows.Length != {_table.Window})"));
            code.Line(CodeText.Of($"    throw new ArgumentException($\"Got {{rows.Length}} rows, expected {_table.Window}.\", nameof(rows));"));
            code.Line("for (var row = 0; row < rows.Length; row++)");
            code.Line(CodeText.Of($"    Prepare(rows, row, Buffer({input.At} + (row * {input.Pitch}), {input.Pitch}));"));
        }
        else
        {
            code.Summary("Predicts from a row.");
            code.Line("/// <exception cref=\"ArgumentException\">A value is missing or too far from those that were learnt from.</exception>");
            code.Open($"public {Answer} Predict(Row row)");
            code.Line(CodeText.Of($"Prepare(row, Buffer({input.At}, {input.Columns}));"));
        }

        code.Line("Forward();");
        code.Line("return Finish();");
        code.Close();
        code.Line();
        WriteSelfTest(code, sample => AsNumbers($"Predict({Golden(sample)})"), sample => Ask(Prepared(sample)));
        code.Line();
        WritePrepare(code);
        code.Line();
        WriteFinish(code, outputs);
    }

    private void WriteRow(CodeText code)
    {
        code.Summary("A row: null is a missing value.");
        code.Open("public sealed class Row");
        for (var index = 0; index < _properties.Count; index++)
        {
            if (index > 0) code.Line();
            var property = _properties[index];
            code.Summary(Identifiers.Document(property.Document));
            code.Line($"public {property.Type} {property.Name} {{ get; init; }}");
        }

        code.Close();
        code.Line();
    }

    private void WritePrepare(CodeText code)
    {
        foreach (var property in _properties.Where(static property => property.IsText))
        {
            code.Line($"private static readonly string[] {property.Name}Categories = {Identifiers.Texts(property.Categories)};");
            code.Line();
            code.Line($"private static readonly Dictionary<string, int> {property.Name}Places = Cells.Places({property.Name}Categories);");
            code.Line();
        }

        if (IsFilledInTime)
        {
            code.Line("// A missing number is the one before it, or the first that is known.");
            code.Open("private static double? Known(ReadOnlySpan<Row> rows, int at, Func<Row, double?> cell)");
            foreach (var loop in new[] { "for (var row = at; row >= 0; row--)", "for (var row = at; row < rows.Length; row++)" })
            {
                code.Open(loop);
                code.Line("if (cell(rows[row]) is { } number && !double.IsNaN(number)) return number;");
                code.Close();
                code.Line();
            }

            code.Line("return null;");
            code.Close();
            code.Line();
        }

        code.Open($"private static void Prepare({(_table.Window > 0 ? "ReadOnlySpan<Row> rows, int at" : "Row row")}, Span<float> inputs)");
        if (_table.Window > 0) code.Line("var row = rows[at];");
        code.Line("ArgumentNullException.ThrowIfNull(row);");
        var at = 0;
        foreach (var column in _table.Columns)
        {
            var property = _properties.Find(property => property.Column.Index == column.Index)!;
            var name = Identifiers.Text(column.Name);
            if (column.Kind == ColumnKind.Text)
            {
                code.Line(CodeText.Of($"Cells.Category(row.{property.Name}, {name}, {property.Name}Categories, {property.Name}Places, ") +
                    CodeText.Of($"{(_mayBeMissing ? "true" : "false")}, inputs.Slice({at}, {column.Width}));"));
            }
            else
            {
                var median = _mayBeMissing ? Identifiers.Number(column.Median) : "null";
                var cell = property.Cell(column.Format.Part);
                if (IsFilledInTime) cell = $"Known(rows, at, static row => {cell})";
                code.Line(CodeText.Of($"inputs[{at}] = Cells.Number({cell}, {name}, ") +
                    $"{Identifiers.Number(column.Mean)}, {Identifiers.Number(column.Deviation)}, {median});");
            }

            at += column.Width;
        }

        code.Close();
    }

    /// <summary>A sample of the test as C#: near the mean, with another category of each text, and one value missing.</summary>
    private string Golden(int sample)
    {
        string CellOf(Property property, int index, int row) => $"{property.Name} = {property.Literal(Cell(property, index, sample + row))}";
        var rows = Enumerable.Range(0, Rows).Select(row =>
            $"new Row {{ {string.Join(", ", _properties.Select((property, index) => CellOf(property, index, row)))} }}");
        return _table.Window > 0 ? $"new Row[] {{ {string.Join(", ", rows)} }}" : rows.First();
    }

    private Tensor Prepared(int sample)
    {
        var inputs = new List<float>();
        var each = _table with { Window = 0 };
        for (var row = 0; row < Rows; row++)
        {
            inputs.AddRange(each.InputsOf(_properties.Select((property, index) => (property.Column.Name, Value: Cell(property, index, sample + row)))
                .ToDictionary(static cell => cell.Name, static cell => cell.Value, StringComparer.Ordinal)));
        }

        return Tensor.From(inputs.ToArray(), [1, .. _table.InputShape]);
    }

    private object? Cell(Property property, int index, int sample)
    {
        var column = property.Column;
        if (_mayBeMissing && _table.Window == 0 && (index + sample) % 4 == 3) return null;
        if (property.IsText) return property.Categories.Count == 0 ? "" : property.Categories[(index + sample) % property.Categories.Count];
        if (column.Format.Part is not null) return new DateTime(2001 + (sample % 20), 1 + (index % 12), 1 + (sample % 28), 6, 7, 8, DateTimeKind.Unspecified);
        return column.Mean + (column.Deviation * (((index * 7) + (sample * 3)) % 5 - 2) / 2);
    }

    /// <summary>A property of a row.</summary>
    private sealed record Property(string Name, TableColumn Column)
    {
        public bool IsText => Column.Kind == ColumnKind.Text || Column.IsOrdered;

        public IReadOnlyList<string> Categories => Column.IsOrdered ? Column.Format.Order : Column.Categories;

        private bool IsDate => Column.Format.Part is not null;

        public string Type => IsText ? "string?" : IsDate ? "DateTime?" : "double?";

        public string Document => $"{Column.Name}: " + (IsText
            ? $"a text, such as {string.Join(", ", Categories.Where(static category => category.Length > 0).Take(5))}."
            : IsDate ? "a date." : Column.Format.Unit.Length > 0 ? $"a number, in {Column.Format.Unit}." : "a number.");

        /// <summary>The number of a row as C#.</summary>
        public string Cell(DatePart? part) => part switch
        {
            null when Column.IsOrdered => $"Cells.Place(row.{Name}, {Name}Categories, {Name}Places)",
            null => $"row.{Name}",
            DatePart.Weekday => $"row.{Name} is {{ }} day{Name} ? ((int)day{Name}.DayOfWeek + 6) % 7 + 1 : null",
            _ => $"row.{Name}?.{part}",
        };

        public string Literal(object? cell) => cell switch
        {
            string text => Identifiers.Text(text),
            double number => Identifiers.Number(number),
            DateTime time => CodeText.Of($"new DateTime({time.Year}, {time.Month}, {time.Day}, {time.Hour}, {time.Minute}, {time.Second})"),
            _ => "null",
        };
    }
}
