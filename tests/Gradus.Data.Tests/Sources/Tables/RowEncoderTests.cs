using System.Globalization;

namespace Gradus.Data.Tests.Sources.Tables;

public class RowEncoderTests
{
    // Numbers with decimal commas, currencies and units, dates of two forms, texts in any case, what is missing by several words.
    private static readonly TableValue[][] Cells =
    [
        ["1,5", "2.300,25", "7", 3.25, 1_000_000, TableValue.Missing, "NA", "-", "0,001"],
        ["€ 12,50", "€ 1.300", "€ 7", "€ 0,01", "", "15", 15, "€ 3"],
        ["31.01.2021", "2021-02-28", "1.12.2020", new DateOnly(2022, 3, 4), TableValue.Missing, "5 March 2019"],
        ["red", "Red", "BLUE", "green", "", TableValue.Missing, "?", true, 7],
    ];

    private static readonly string[] Names = ["amount", "price", "sold", "color"];

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
            var values = Names.Select((name, column) => (name, Value: At(row, column))).ToDictionary(static cell => cell.name, static cell => (object?)cell.Value);
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
    public void A_name_is_found_in_any_case_and_an_unknown_one_is_not()
    {
        // given
        var encoder = new RowEncoder(Table.From(Enumerable.Range(0, 100), Columns()).Split(new TableOptions { Target = "y", Decimal = DecimalMark.Comma }).Preprocessing);

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
