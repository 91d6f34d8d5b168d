using System.Globalization;
using System.Text;

namespace Gradus.Data.Tests;

/// <summary>What a table says, as one line of text.</summary>
internal static class TableText
{
    /// <summary>All rows to learn from, none kept back.</summary>
    public static readonly TableOptions Whole = new() { ValidationShare = 0, TestShare = 0 };

    /// <summary>Each column with its cells as numbers or texts, the target last: <c>a 1 2 3 | y p q p</c>.</summary>
    public static string Read(string content, TableOptions? options = null) => Read(Encoding.UTF8.GetBytes(content), options);

    public static string Read(byte[] content, TableOptions? options = null)
    {
        using var folder = new TempFolder();
        var path = folder.Write("table.csv", content);
        CsvTable.Load(path, options ?? Whole);
        var schema = TableSchema.Scan(path, options ?? Whole);
        var plan = LearningPlan.Make(TableOrigin.Lines(path), schema, options ?? Whole);
        using var rows = new CsvRows(path, schema.Layout!);
        if (schema.HasHeader) rows.Next();
        var table = RawTable.Read(TableOrigin.Lines(path), rows, plan.Inputs, plan.Target);
        return string.Join(" | ", table.Columns.Append(table.Target!).Select(Describe));
    }

    /// <summary>What a report says, its options named as in C#.</summary>
    public static string[] Notes(TableReport report) => [.. report.Notes.Select(static note => note.ToString())];

    private static string Describe(RawColumn column)
    {
        var cells = column.Plan.Kind == ColumnKind.Number
            ? column.Numbers.Select(static number => double.IsNaN(number) ? "?" : number.ToString("0.######", CultureInfo.InvariantCulture))
            : column.Codes.Select(code => code < 0 ? "?" : column.Texts[code]);
        var named = new TableColumn { Name = column.Plan.Name, Index = 0, Kind = column.Plan.Kind, Format = column.Plan.Format };
        return $"{named.Title} {string.Join(' ', cells)}";
    }
}
