using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Gradus.Data.Tests;

public class TableTests
{
    internal sealed record House(double Area, string? City, DateTime Built, bool Garden, decimal Price);

    internal static IReadOnlyList<House> AllHouses => Houses;

    private static readonly House[] Houses =
    [
        .. Enumerable.Range(0, 40).Select(static row => new House(
            (row * 37 % 101) + 0.125,
            row % 7 == 3 ? null : row % 3 == 0 ? "Ulm" : "Köln, West",
            new DateTime(2001 + row % 9, 1 + row % 12, 1 + row % 28),
            row % 4 == 1,
            1000.5m + (row * 17 % 23))),
    ];

    private static TableRecords<House> Table1() => Table.From(Houses)
        .Column("area", static house => house.Area).Column("city", static house => house.City)
        .Column("built", static house => house.Built).Column("garden", static house => house.Garden)
        .Target("price", static house => house.Price);

    private static string Csv() => "area,city,built,garden,price\n" + string.Concat(Houses.Select(static house => string.Create(
        CultureInfo.InvariantCulture,
        $"{house.Area},\"{house.City}\",{house.Built:yyyy-MM-dd},{(house.Garden ? "true" : "false")},{house.Price}\n")));

    private static string JsonLines() => string.Concat(Houses.Select(static house => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"area\":{house.Area},\"city\":{(house.City is null ? "null" : $"\"{house.City}\"")},\"built\":\"{house.Built:yyyy-MM-dd}\"," +
        $"\"garden\":{(house.Garden ? "true" : "false")},\"price\":{house.Price}}}\n")));

    private static DbDataReader Query()
    {
        var table = new DataTable();
        table.Columns.Add("area", typeof(double));
        table.Columns.Add("city", typeof(string));
        table.Columns.Add("built", typeof(DateTime));
        table.Columns.Add("garden", typeof(bool));
        table.Columns.Add("price", typeof(decimal));
        foreach (var house in Houses) table.Rows.Add(house.Area, (object?)house.City ?? DBNull.Value, house.Built, house.Garden, house.Price);
        return table.CreateDataReader();
    }

    private static SqliteConnection Database()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE houses (area REAL, city TEXT, built TEXT, garden TEXT, price REAL)";
        create.ExecuteNonQuery();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO houses VALUES ($area, $city, $built, $garden, $price)";
        foreach (var house in Houses)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$area", house.Area);
            insert.Parameters.AddWithValue("$city", (object?)house.City ?? DBNull.Value);
            insert.Parameters.AddWithValue("$built", house.Built.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            insert.Parameters.AddWithValue("$garden", house.Garden ? "true" : "false");
            insert.Parameters.AddWithValue("$price", (double)house.Price);
            insert.ExecuteNonQuery();
        }

        return connection;
    }

    private static float[] Numbers(Dataset data)
    {
        var numbers = new float[data.Count * data.Inputs.Size];
        data.Inputs.CopyRows([.. Enumerable.Range(0, data.Count)], numbers);
        return numbers;
    }

    private static void AssertSame(TableSplit expected, TableSplit got)
    {
        Assert.Equal(expected.Preprocessing.ToJson(), got.Preprocessing.ToJson());
        foreach (var (one, other) in new[]
        {
            (expected.Data.Train, got.Data.Train), (expected.Data.Validation, got.Data.Validation), (expected.Data.Test, got.Data.Test),
        })
        {
            Assert.Equal(Numbers(one).Select(BitConverter.SingleToInt32Bits), Numbers(other).Select(BitConverter.SingleToInt32Bits));
            Assert.Equal(one.Labels, other.Labels);
            Assert.Equal(one.Targets, other.Targets);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("city")]
    public void Equal_rows_give_equal_bits_whatever_they_came_through(string? text)
    {
        // given
        using var folder = new TempFolder();
        var options = new TableOptions { Text = text };
        var csv = CsvTable.Load(folder.Write("houses.csv", Csv()), options);

        // then
        Assert.Equal(40, csv.Report.Rows);
        Assert.Equal(text is not null, csv.Data.Train.IsSentences);
        AssertSame(csv, Table1().Split(options));
        AssertSame(csv, Table.ReadJsonLines(folder.Write("houses.jsonl", JsonLines())).Split(options));
        var zipped = TempFolder.Zip(System.Text.Encoding.UTF8.GetBytes(JsonLines()));
        AssertSame(csv, Table.ReadJsonLines(folder.Write("houses.jsonl.gz", zipped)).Split(options));
        using var reader = Query();
        AssertSame(csv, Table.Read(reader).Split(options));
        using var database = Database();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT * FROM houses";
        using var rows = command.ExecuteReader();
        AssertSame(csv, Table.Read(rows).Split(options));
        AssertSame(csv, ParquetTable.Read(folder.Write("houses.parquet", ParquetBytes.Of(Houses, groups: 3))).Split(options));
    }

    [Fact]
    public void Rows_of_any_source_pass_through_the_preprocessing_of_any_other()
    {
        // given
        using var folder = new TempFolder();
        var preprocessing = Table1().Split().Preprocessing;
        var csv = CsvTable.Apply(folder.Write("houses.csv", Csv()), preprocessing, withTarget: true);

        // when
        using var reader = Query();
        TableRows[] others =
        [
            Table.Read(reader, "houses").Apply(preprocessing, withTarget: true), Table1().ToTable().Apply(preprocessing, withTarget: true),
            Table.ReadJsonLines(folder.Write("houses.jsonl", JsonLines())).Apply(preprocessing, withTarget: true),
        ];

        // then
        Assert.Equal(40, csv.Data.Count);
        Assert.Equal(2, csv.Lines[0]);
        Assert.Equal([1, 1, 1], others.Select(static rows => rows.Lines[0]));
        Assert.All(others, rows => Assert.Equal(Numbers(csv.Data), Numbers(rows.Data)));
        Assert.All(others, rows => Assert.Equal(csv.Data.Targets, rows.Data.Targets));
    }

    [Fact]
    public void One_row_a_dictionary_or_an_object_has_the_inputs_that_it_has_in_a_table()
    {
        // given
        var records = Table1();
        var preprocessing = records.Split().Preprocessing;
        var all = Numbers(records.ToTable().Apply(preprocessing, withTarget: false).Data);
        var size = preprocessing.InputSize;

        // then
        for (var row = 0; row < Houses.Length; row++)
        {
            var house = Houses[row];
            var expected = all[(row * size)..((row + 1) * size)];
            Assert.Equal(expected, preprocessing.InputsOf(house, records.Columns));
            Assert.Equal(expected, preprocessing.InputsOf(new Dictionary<string, object?>
            {
                ["Garden"] = house.Garden,
                ["area"] = house.Area,
                ["built"] = DateOnly.FromDateTime(house.Built),
                ["city"] = house.City,
                ["anything"] = 7,
            }));
        }
    }

    [Fact]
    public void A_column_that_a_row_leaves_out_is_filled_where_the_model_fills()
    {
        // given
        var filling = Table1().Split().Preprocessing;
        var strict = filling with { Missing = MissingValues.Error };

        // then
        Assert.Equal(filling.InputSize, filling.InputsOf(new Dictionary<string, object?> { ["area"] = 3 }).Length);
        var error = Assert.Throws<InvalidDataException>(() => strict.InputsOf(new Dictionary<string, object?> { ["area"] = 3 }));
        Assert.Equal("the row: no column \"city\", \"built\", \"garden\"; the model needs them.", error.Message);
        error = Assert.Throws<InvalidDataException>(() => filling.InputsOf(new Dictionary<string, object?> { ["area"] = "wide" }));
        Assert.Equal("the row: row 1: column \"area\": got \"wide\", expected a number. 1 of 1 cells are none.", error.Message);
        Assert.Throws<ArgumentException>(() => filling.InputsOf(new Dictionary<string, object?> { ["area"] = new int[2] }));
    }

    [Fact]
    public void Numbers_of_their_own_kind_have_decimal_points_whatever_texts_stand_beside_them()
    {
        // given: among texts alone 1.234 beside 1,5 would be a thousand
        var table = Table.From(Enumerable.Range(0, 20)).Column("a", static row => 1.234 + row).Column("b", static row => $"{row},5")
            .Target("y", static row => row % 2 == 0).Split(TableText.Whole);

        // then
        Assert.Equal(10.734, table.Preprocessing.Columns[0].Mean, 1e-9);
        Assert.Equal(10.0, table.Preprocessing.Columns[1].Mean, 1e-9);
    }

    [Fact]
    public void Whole_numbers_that_are_no_doubles_stay_different_texts()
    {
        // when: doubles would take each second one for the one before
        var table = Table.From(Enumerable.Range(0, 20)).Column("id", static row => 9007199254740993L + row).Column("a", static row => row * 7 % 5)
            .Target("y", static row => row % 2).Split(TableText.Whole);

        // then
        Assert.Equal((ColumnKind.Text, 20), (table.Preprocessing.Columns[0].Kind, table.Preprocessing.Columns[0].Categories.Count));
    }

    [Fact]
    public void Values_of_any_type_become_cells()
    {
        Assert.Equal("0.1", TableValue.From(0.1f).ToString());
        Assert.Equal("0.1", TableValue.From(0.1000m).ToString());
        Assert.Equal("-5", TableValue.From((sbyte)-5).ToString());
        Assert.Equal("18446744073709551615", TableValue.From(ulong.MaxValue).ToString());
        Assert.Equal("", TableValue.From(double.NaN).ToString());
        Assert.Equal("-inf", TableValue.From(double.NegativeInfinity).ToString());
        Assert.Equal("", TableValue.From("  ").ToString());
        Assert.Equal("2024-02-29 13:05:00", TableValue.From(new DateTime(2024, 2, 29, 13, 5, 0)).ToString());
        Assert.Equal("2024-02-29", TableValue.From(new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.FromHours(5))).ToString());
        Assert.Equal("08:30:00", TableValue.From(new TimeSpan(8, 30, 0)).ToString());
        Assert.Equal("Monday", TableValue.From(DayOfWeek.Monday).ToString());
        Assert.Equal(TableValue.Missing, TableValue.From(DBNull.Value));
        Assert.True(TableValue.From(1) == 1L);
        Assert.True(TableValue.From(1) != "1");
    }

    [Theory]
    [InlineData("{\"a\":1,\"y\":2}\n{\"a\":[1],\"y\":2}\n", "line 2: \"a\" is a list, expected a number, a text, true, false or null.")]
    [InlineData("{\"a\":1}\n\n{\"a\":{\"b\":1}}\n", "line 3: \"a\" is an object, expected a number")]
    [InlineData("{\"a\":1}\n{\"a\":1,\"a\":2}\n", "line 2: the name \"a\" comes twice.")]
    [InlineData("{\"a\":1}\n{\"a\":1", "line 2, byte 7: no JSON: ")]
    [InlineData("{\"a\":1}\n{\"a\":1} 7\n", "line 2, byte 9: no JSON: ")]
    [InlineData("{\"a\":1}\n7\n", "line 2: got a number, expected an object")]
    [InlineData("[{\"a\":1}]\n", "got a JSON array, expected JSON lines: an object a line. Convert it first: jq -c '.[]'.")]
    [InlineData("{\"a\":\"\\ud800\"}\n", "line 1: got half a character")]
    [InlineData("\n \n", "the file is empty, expected an object a line.")]
    [InlineData("a,b\n1,2\n", "line 1, byte 1: no JSON: ")]
    public void A_fault_in_JSON_lines_names_file_and_line(string content, string expected)
    {
        using var folder = new TempFolder();
        var path = folder.Write("rows.jsonl", content);

        var error = Assert.Throws<InvalidDataException>(() => Table.ReadJsonLines(path));

        Assert.StartsWith(path, error.Message);
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Members_that_an_object_lacks_are_missing_and_faults_of_cells_are_told_by_their_lines()
    {
        // given
        using var folder = new TempFolder();
        var lines = string.Concat(Enumerable.Range(0, 30).Select(static row =>
            (row % 2 == 0 ? $"{{\"a\":{row},\"y\":{row % 4}}}" : $"{{\"y\":{row % 4},\"b\":\"x\"}}") + "\r\n\n"));

        // when
        var table = Table.ReadJsonLines(folder.Write("rows.jsonl", "\uFEFF" + lines));
        var rows = table.Apply(table.Split(TableText.Whole with { Target = "y" }).Preprocessing, withTarget: true);

        // then
        Assert.Equal(["a", "y", "b"], table.Columns);
        Assert.Equal((30, 30), (table.Rows, rows.Report.Filled));
        Assert.Equal([1, 3, 5], rows.Lines.Take(3));
    }

    [Fact]
    public void Lines_of_ever_new_names_are_refused_before_they_fill_the_memory()
    {
        using var folder = new TempFolder();
        var path = folder.Write("rows.jsonl", string.Concat(Enumerable.Range(0, 20_000).Select(static row => $"{{\"a{row}\":1}}\n")));

        var error = Assert.Throws<InvalidDataException>(() => Table.ReadJsonLines(path));

        Assert.Contains("hardly a cell of them is filled", error.Message);
    }

    [Fact]
    public void A_query_with_a_cell_that_is_none_is_refused_by_row_and_column()
    {
        var table = new DataTable();
        table.Columns.Add("a", typeof(int));
        table.Columns.Add("picture", typeof(byte[]));
        table.Rows.Add(1, DBNull.Value);
        table.Rows.Add(2, new byte[3]);

        var error = Assert.Throws<InvalidDataException>(() => Table.Read(table.CreateDataReader(), "houses"));

        Assert.StartsWith("houses: row 2: column \"picture\": got a value of type Byte[], expected a number", error.Message);
    }
}
