using System.Globalization;

namespace Gradus.Data.Tests.Sources.Tables;

public sealed class RowEncoderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    // Numbers with decimal commas, currencies and units, dates of two forms, texts in any case, what is missing by several words.
    private static readonly TableValue[][] Cells =
    [
        ["1,5", "2.300,25", "7", 3.25, 1_000_000, TableValue.Missing, "NA", "-", "0,001"],
        ["€ 12,50", "€ 1.300", "€ 7", "€ 0,01", "", "15", 15, "€ 3"],
        ["31.01.2021", "2021-02-28", "1.12.2020", new DateOnly(2022, 3, 4), TableValue.Missing, "5 March 2019"],
        ["red", "Red", "BLUE", "green", "", TableValue.Missing, "?", true, 7],
    ];

    private static readonly string[] Names = ["amount", "price", "sold", "color"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(MissingValues.Fill)]
    [InlineData(MissingValues.Drop)]
    public void A_row_alone_becomes_what_it_becomes_in_a_table(MissingValues missing)
    {
        // given
        var preprocessing = Table.From(Enumerable.Range(0, 400), Columns()).Split(new TableOptions
        {
            Missing = missing,
            Target = "y",
            Decimal = DecimalMark.Comma,
            Dates = DateOrder.DayFirst,
            Task = TaskKind.Regress,
        }).Preprocessing;
        var encoder = new RowEncoder(preprocessing);
        Assert.Equal(Names, encoder.Columns);
        var cells = new TableValue[Names.Length];
        var inputs = new float[encoder.InputSize];

        // when, then: every combination of a few hundred
        for (var row = 0; row < 600; row++)
        {
            var values = Enumerable.Range(0, Names.Length).ToDictionary(static column => Names[column], column => (object?)At(row, column));
            for (var column = 0; column < cells.Length; column++) cells[encoder.PlaceOf(Names[column])] = At(row, column);
            var expected = Outcome(() => preprocessing.InputsOf(values));
            var found = Outcome(() =>
            {
                encoder.Encode(cells, inputs);
                return inputs;
            });
            Assert.Equal(expected is null, found is null);
            if (expected is not null) Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void A_missing_date_is_told_and_counted_once()
    {
        // given
        var preprocessing = CsvTable.Load(_folder.Write("t.csv", "sold,y\n" + string.Concat(Enumerable.Range(0, 60).Select(Line)))).Preprocessing;
        var encoder = new RowEncoder(preprocessing);
        var notes = new List<string>();

        // when
        encoder.Encode([TableValue.Missing], new float[encoder.InputSize], notes);
        var rows = CsvTable.Apply(_folder.Write("n.csv", "sold\n\"\"\n2024-02-03\n"), preprocessing, withTarget: false);

        // then
        Assert.True(preprocessing.Columns.Count > 1);
        Assert.Equal(["column \"sold\": no value; each part of the date is taken as the median of the training rows"], notes);
        Assert.Equal(1, rows.Report.Filled);

        static string Line(int row) => $"2024-0{1 + (row % 9)}-{10 + (row % 17)},{row % 2}\n";
    }

    [Fact]
    public void A_name_is_found_in_any_case_and_an_unknown_one_is_not()
    {
        // given
        var options = new TableOptions { Target = "y", Decimal = DecimalMark.Comma };
        var encoder = new RowEncoder(Table.From(Enumerable.Range(0, 100), Columns()).Split(options).Preprocessing);

        // when, then
        Assert.Equal([1, 1, 1, -1], new[] { "price", " PRICE ", "Price", "prices" }.Select(encoder.PlaceOf));
    }

    [Fact]
    public void A_time_series_is_no_row()
    {
        // given
        var series = Table.From(Enumerable.Range(0, 100)).Column("a", static row => row).Target("y", static row => row * 2)
            .Split(new TableOptions { Window = 3 }).Preprocessing;

        // when
        var error = Assert.Throws<ArgumentException>(() => new RowEncoder(series));

        // then
        Assert.StartsWith("The model forecasts a time series: it takes 3 rows at a time, not a single one.", error.Message, StringComparison.Ordinal);
    }

    private static TableValue At(int row, int column) => Cells[column][((row * 31) + (row / 7 * (column + 3))) % Cells[column].Length];

    private static TableColumns<int> Columns()
    {
        var columns = new TableColumns<int>();
        for (var column = 0; column < Names.Length; column++)
        {
            var at = column;
            columns.Column(Names[column], row => At(row, at));
        }

        return columns.Target("y", row => (row % 10).ToString(CultureInfo.InvariantCulture));
    }

    private static float[]? Outcome(Func<float[]> encode)
    {
        try
        {
            return [.. encode()];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
