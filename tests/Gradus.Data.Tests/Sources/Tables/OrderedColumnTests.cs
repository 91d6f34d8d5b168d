namespace Gradus.Data.Tests.Sources.Tables;

public sealed class OrderedColumnTests : IDisposable
{
    private static readonly TableOptions Sizes = new()
    {
        Orders = new Dictionary<string, IReadOnlyList<string>> { ["size"] = ["none", "S", "M", "L"] },
        Task = TaskKind.Regress,
        ValidationShare = 0,
        TestShare = 0,
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_that_has_an_order_is_its_place_standardized_and_what_is_none_of_them_is_missing()
    {
        // given
        var path = _folder.Write("t.csv", "size,price\nS,1\nm,2\nL,3\nnone,4\nhuge,5\n,6\nM,7\n");

        // when
        var (data, preprocessing, report) = CsvTable.Load(path, Sizes);

        // then: the places 1, 2, 3, 0 and 2, whose median stands for what is missing
        var column = Assert.Single(preprocessing.Columns);
        Assert.Equal((1.6, 2, 1), (column.Mean, column.Median, column.Width));
        Assert.Equal(2, report.Filled);
        Assert.Equal(
            "column \"size\": 1 of 6 cells is none of \"none\", \"S\", \"M\", \"L\", the first is \"huge\" (line 6); taken as missing",
            Assert.Single(report.Notes).ToString());
        var places = new float[7];
        for (var row = 0; row < places.Length; row++)
        {
            var input = new float[1];
            data.Train.Inputs.CopyRows([row], input);
            places[row] = MathF.Round((float)((input[0] * column.Deviation) + column.Mean), 4);
        }

        Assert.Equal([0, 1, 2, 2, 2, 2, 3], places.Order());
    }

    [Fact]
    public void A_row_alone_becomes_what_it_becomes_in_a_table_and_in_a_saved_preprocessing()
    {
        // given
        var learnt = CsvTable.Load(_folder.Write("t.csv", "size,price\nS,1\nM,2\nL,3\nnone,4\nM,7\n"), Sizes).Preprocessing;

        // when
        var read = TablePreprocessing.FromJson(learnt.ToJson());

        // then
        Assert.Equal(["none", "S", "M", "L"], read.Columns[0].Format.Order);
        Assert.Equal(learnt.ToJson(), read.ToJson());
        var encoder = new RowEncoder(read);
        foreach (var size in new TableValue[] { "S", "l", "none", "huge", TableValue.Missing, 7 })
        {
            var notes = new List<string>();
            var input = new float[1];
            encoder.Encode([size], input, notes);
            Assert.Equal(learnt.InputsOf(new Dictionary<string, object?> { ["size"] = size }), input);
            Assert.Equal(size.ToString() is "huge" or "7" or "" ? 1 : 0, notes.Count);
        }

        Assert.Equal(
            ["column \"size\": \"huge\" is none of \"none\", \"S\", \"M\", \"L\"; taken as missing"], NotesOf(encoder, "huge"));
        Assert.Equal(["column \"size\": no value; taken as M, the median of the training rows"], NotesOf(encoder, TableValue.Missing));
    }

    [Theory, InlineData(), InlineData("S"), InlineData("S", "S"), InlineData("S", ""), InlineData("S", " M")]
    public void An_order_of_no_two_different_texts_is_refused(params string[] order)
    {
        // given
        var options = Sizes with { Orders = new Dictionary<string, IReadOnlyList<string>> { ["size"] = order } };
        var path = _folder.Write("t.csv", "size,price\nS,1\nM,2\n");

        // then
        var error = Assert.Throws<FormatException>(() => CsvTable.Load(path, options));
        Assert.Contains("Orders: column \"size\": got ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_and_a_column_of_a_told_kind_have_no_order()
    {
        // given
        var path = _folder.Write("t.csv", "price,size\n1,S\n2,M\n1,S\n");

        // then
        var ofTarget = Assert.Throws<InvalidDataException>(() => CsvTable.Load(path, Sizes));
        Assert.Contains("the target \"size\", the last column, has an order, which is for inputs", ofTarget.Message, StringComparison.Ordinal);
        var told = Sizes with { Target = "price", Kinds = new Dictionary<string, ColumnKind> { ["size"] = ColumnKind.Number } };
        var twice = Assert.Throws<InvalidDataException>(() => CsvTable.Load(path, told));
        Assert.Contains("leave out Kinds[\"size\"] = ColumnKind.Number, or Orders of it", twice.Message, StringComparison.Ordinal);
    }

    private static List<string> NotesOf(RowEncoder encoder, TableValue cell)
    {
        var notes = new List<string>();
        encoder.Encode([cell], new float[1], notes);
        return notes;
    }
}
