namespace Gradus.Data.Tests;

/// <summary>
/// Tables as people and programs write them, and what each says. Those that do not tell their reading are in <see cref="UndecidedTableTests"/>.
/// </summary>
public class TableReadingTests
{
    private static string Rows(int count, Func<int, string> row) => string.Concat(Enumerable.Range(0, count).Select(i => row(i) + "\n"));

    [Theory]
    // Numbers as other countries write them.
    [InlineData("a;y\n1,5;p\n-2,25;q\n0,125;p\n", "a 1.5 -2.25 0.125 | y p q p")]
    [InlineData("a;y\n1.234,5;p\n12;q\n1.000.000;p\n", "a 1234.5 12 1000000 | y p q p")]
    [InlineData("a,y\n\"1,234.5\",p\n12,q\n\"1,000,000\",p\n", "a 1234.5 12 1000000 | y p q p")]
    [InlineData("a,y\n\"1,234\",p\n\"5,678\",q\n\"9,012\",p\n", "a 1234 5678 9012 | y p q p")]
    [InlineData("a;y\n1,234;p\n950;q\n12,500;p\n", "a 1234 950 12500 | y p q p")]
    [InlineData("a;b;y\n1,234;0,5;p\n5,678;1,5;q\n9,012;2,25;p\n", "a 1.234 5.678 9.012 | b 0.5 1.5 2.25 | y p q p")]
    [InlineData("a\ty\n1'234.5\tp\n12\tq\n1’000’000\tp\n", "a 1234.5 12 1000000 | y p q p")]
    [InlineData("a;y\n1\u00A0234,5;p\n12;q\n1\u202F000\u202F000;p\n", "a 1234.5 12 1000000 | y p q p")]
    [InlineData("a;y\n1 234;p\n12;q\n1\u2009000\u2009000;p\n", "a 1234 12 1000000 | y p q p")]
    [InlineData("a,y\n\"12,34,567\",p\n5,q\n\"1,23,456.5\",p\n", "a 1234567 5 123456.5 | y p q p")]
    [InlineData("a,y\n\u22125.5,p\n+3,q\n\u20134,p\n", "a -5.5 3 -4 | y p q p")]
    [InlineData("a,y\n(1.5),p\n2-,q\n\"(1,234)\",p\n", "a -1.5 -2 -1234 | y p q p")]
    [InlineData("a,y\n1.5e3,p\n2E-1,q\n1×10^2,p\n", "a 1500 0.2 100 | y p q p")]
    [InlineData("a,y\n1/2,p\n3/4,q\n1 1/2,p\n", "a 0.5 0.75 1.5 | y p q p")]
    // Units, currencies, shares, multiples.
    [InlineData("a,y\n$5,p\n\"$1,200.50\",q\n-$3,p\n", "a 5 1200.5 -3 | y p q p")]
    [InlineData("a;y\n5,00 €;p\n1.200,50 €;q\n-3 €;p\n", "a 5 1200.5 -3 | y p q p")]
    [InlineData("a,y\n12 %,p\n7.5%,q\n100 %,p\n", "a 12 7.5 100 | y p q p")]
    [InlineData("a,y\n5 kg,p\n7.5 kg,q\n12,p\n", "a 5 7.5 12 | y p q p")]
    [InlineData("a,y\n950,p\n1.2k,q\n3k,p\n", "a 950 1200 3000 | y p q p")]
    [InlineData("a,y\n950,p\n1.2K,q\n3K,p\n", "a 950 1200 3000 | y p q p")]
    [InlineData("a,y\n$950,p\n$1.2m,q\n$3m,p\n", "a 950 1200000 3000000 | y p q p")]
    [InlineData("a,y\n12,p\n5 m,q\n7.5 m,p\n", "a 12 5 7.5 | y p q p")]
    [InlineData("a,y\n300 K,p\n310 K,q\n295.5 K,p\n", "a 300 310 295.5 | y p q p")]
    [InlineData("a,y\n€1.2M,p\n€300K,q\n€5,p\n", "a 1200000 300000 5 | y p q p")]
    // What stands for no number.
    [InlineData("a,y\n1,p\n-,q\n3,p\n", "a 1 ? 3 | y p q p")]
    [InlineData("a,y\n1,p\n#N/A,q\n3,p\nnone,q\n., p\nNULL,q\n", "a 1 ? 3 ? ? ? | y p q p q p q")]
    [InlineData("a;y\n12,5 %;p\n7 %;q\n−3,25 %;p\n", "a 12.5 7 -3.25 | y p q p")]
    [InlineData("a,y\n1_000,p\n2_500.5,q\n7,p\n", "a 1000 2500.5 7 | y p q p")]
    [InlineData("a,y\nCHF 5.50,p\nCHF 1'200.00,q\nCHF -3,p\n", "a 5.5 1200 -3 | y p q p")]
    [InlineData("a,y\n20 °C,p\n-5.5 °C,q\n+3 °C,p\n", "a 20 -5.5 3 | y p q p")]
    [InlineData("ORCID,PAR1\n5,p\n6,q\n8,p\n", "ORCID 5 6 8 | PAR1 p q p")]
    [InlineData("[a],y\n1,p\n2,q\n", "[a] 1 2 | y p q")]
    // What is text stays text.
    [InlineData("a,y\nQ1,p\nQ2,q\nQ1,p\n", "a Q1 Q2 Q1 | y p q p")]
    [InlineData("a,y\n1st,p\n2nd,q\n3rd,p\n1st,q\n", "a 1st 2nd 3rd 1st | y p q p q")]
    [InlineData("a,y\n1,+\n2,-\n3,+\n", "a 1 2 3 | y + - +")]
    [InlineData("a,y\n1,none\n2,mild\n3,none\n", "a 1 2 3 | y none mild none")]
    [InlineData("a,y\n1,9007199254740992\n2,9007199254740993\n3,9007199254740994\n", "a 1 2 3 | y 9007199254740992 9007199254740993 9007199254740994")]
    [InlineData("a,y\n10-20,p\n20-30,q\n10-20,p\n", "a 10-20 20-30 10-20 | y p q p")]
    [InlineData("a,y\n1.2.3,p\n1.2.4,q\n1.2.3,p\n", "a 1.2.3 1.2.4 1.2.3 | y p q p")]
    // Dates and times.
    [InlineData("d,y\n2020-01-31,p\n2021-02-28,q\n2021-02-27,p\n",
        "d (year) 2020 2021 2021 | d (month) 1 2 2 | d (day) 31 28 27 | d (weekday) 5 7 6 | y p q p")]
    [InlineData("d,y\n31.1.2020,p\n1.2.2020,q\n2.2.2020,p\n", "d (month) 1 2 2 | d (day) 31 1 2 | d (weekday) 5 6 7 | y p q p")]
    [InlineData("d,y\n1/31/2020,p\n2/1/2020,q\n2/2/2020,p\n", "d (month) 1 2 2 | d (day) 31 1 2 | d (weekday) 5 6 7 | y p q p")]
    [InlineData("d,y\n2020-01-01 08:30,p\n2020-01-01 09:45,q\n2020-01-01T10:00:00Z,p\n", "d (hour) 8 9 10 | d (minute) 30 45 0 | y p q p")]
    [InlineData("d,y\n20200131,p\n20210228,q\n20210227,p\n", "d (year) 2020 2021 2021 | d (month) 1 2 2 | d (day) 31 28 27 | d (weekday) 5 7 6 | y p q p")]
    [InlineData("20200131,p\n20210228,q\n20210227,p\n",
        "column 0 (year) 2020 2021 2021 | column 0 (month) 1 2 2 | column 0 (day) 31 28 27 | column 0 (weekday) 5 7 6 | column 1 p q p")]
    [InlineData("d,y\n20210201,p\n20210202,q\n2021-02-03,p\n20210204,p\n", "d (day) 1 2 3 4 | d (weekday) 1 2 3 4 | y p q p p")]
    [InlineData("d,y\n12 Jan 2020,p\n13 Feb 2020,q\n14 Dez 2020,p\n", "d (month) 1 2 12 | d (day) 12 13 14 | d (weekday) 7 4 1 | y p q p")]
    [InlineData("d,y\n1:05 PM,p\n12:10 am,q\n11:59 PM,p\n", "d (hour) 13 0 23 | d (minute) 5 10 59 | y p q p")]
    // Truth values in any capitals.
    [InlineData("a,y\nYes,1\nyes,2\nNO,1\nno,2\n", "a yes yes no no | y 1 2 1 2")]
    // Headers.
    [InlineData("id_group,2019,2020\nx,1,5\nx,2,7\ny,2,9\n", "id_group x x y | 2019 1 2 2 | 2020 5 7 9")]
    [InlineData("2019,2020,2021\n1.5,2.5,p\n2.5,3.5,q\n", "2019 1.5 2.5 | 2020 2.5 3.5 | 2021 p q")]
    [InlineData("a,a,y\n1,2,p\n3,5,q\n", "a 1 3 | a (2) 2 5 | y p q")]
    [InlineData("Sales of the year\n\na,b,y\n1,2,p\n3,5,q\n4,4,q\n", "a 1 3 4 | b 2 5 4 | y p q q")]
    [InlineData("Sales,,\na,b,y\n1,2,p\n3,5,q\n4,4,q\n", "a 1 3 4 | b 2 5 4 | y p q q")]
    [InlineData("sep=;\na;y\n1;p\n2;q\n", "a 1 2 | y p q")]
    [InlineData("sep=,\na,y\n1,p\n2,q\n", "a 1 2 | y p q")]
    [InlineData("sep=\t\na\ty\n1\tp\n2\tq\n", "a 1 2 | y p q")]
    [InlineData("a,y,\n1,p,\n2,q,\n", "a 1 2 | y p q")]
    [InlineData("a,b,y\n1,2,p,\n3,5,q,\n4,4,q,\n", "a 1 3 4 | b 2 5 4 | y p q q")]
    [InlineData("a,b,y\nr1,1,2,p\nr2,3,5,q\nr1,4,4,q\n", "column 0 r1 r2 r1 | a 1 3 4 | b 2 5 4 | y p q q")]
    [InlineData("a,b\tc\n1,5\t2\n2,5\t3\n3,5\t3\n", "a,b 1.5 2.5 3.5 | c 2 3 3")]
    [InlineData("\uFEFFa,\"b\nc\",y\r\n1,2,\"p\"\r\n2,3,q\r\n", "a 1 2 | b\nc 2 3 | y p q")]
    public void A_table_is_read_as_it_is_meant(string content, string expected)
    {
        Assert.Equal(expected, TableText.Read(content));
    }

    [Fact]
    public void One_dirty_cell_in_many_is_missing_and_told_with_its_line()
    {
        // given
        var content = "a,y\n" + Rows(700, i => $"{(i == 349 ? "abc" : i * 0.37)},{(i == 500 ? "n.m." : (i * 7 % 101) + 0.5)}");
        using var folder = new TempFolder();

        // when
        var table = CsvTable.Load(folder.Write("t.csv", content), TableText.Whole);

        // then: a regression, without the row that has no target
        Assert.Equal(TaskKind.Regress, table.Preprocessing.Target.Task);
        Assert.Equal((700, 1, 1), (table.Report.Rows, table.Report.Dropped, table.Report.Filled));
        Assert.Equal(
            [
                "column \"a\": 1 of 700 cells is no number, the first is \"abc\" (line 351); taken as missing",
                "column \"y\": 1 of 700 cells is no number, the first is \"n.m.\" (line 502); taken as missing",
                "a row is left out, since a cell of it is missing: line 502",
            ],
            TableText.Notes(table.Report));
    }

    [Fact]
    public void A_column_that_is_text_by_a_few_cells_says_so_and_is_numeric_if_told()
    {
        // given
        var content = "a,y\n" + Rows(20, i => $"{(i % 5 == 0 ? "bad" : i % 4)},{i % 2}");
        using var folder = new TempFolder();
        var path = folder.Write("t.csv", content);

        // when
        var texts = CsvTable.Load(path, TableText.Whole);
        var numbers = CsvTable.Load(path, TableText.Whole with { Kinds = new Dictionary<string, ColumnKind> { ["a"] = ColumnKind.Number } });

        // then
        Assert.Equal(ColumnKind.Text, texts.Preprocessing.Columns[0].Kind);
        Assert.Equal(
            "column \"a\": 16 of 20 cells are numbers, the first that is none is \"bad\" (line 2); " +
                "taken as texts (Kinds[\"a\"] = ColumnKind.Number takes such cells as missing)",
            TableText.Notes(texts.Report).Single());
        Assert.Equal((ColumnKind.Number, 4), (numbers.Preprocessing.Columns[0].Kind, numbers.Report.Filled));
        Assert.Equal(20, CsvTable.Apply(path, TablePreprocessing.FromJson(numbers.Preprocessing.ToJson()), withTarget: true).Report.Rows);
    }

    [Fact]
    public void Names_and_ids_are_left_out_and_named()
    {
        // given
        var content = "PassengerId,name,a,y\n" + Rows(30, i => $"{i * 3},person {i},{i % 7},{i % 2}");
        using var folder = new TempFolder();

        // when
        var table = CsvTable.Load(folder.Write("t.csv", content), TableText.Whole);

        // then
        Assert.Equal(["a"], table.Preprocessing.Columns.Select(column => column.Name));
        Assert.Equal(
            [
                "column \"PassengerId\": left out: a whole number of its own in each row, an id (Kinds[\"PassengerId\"] = ColumnKind.Number takes it)",
                "column \"name\": left out: a text of its own in nearly every row, names or ids (Kinds[\"name\"] = ColumnKind.Text takes it)",
            ],
            TableText.Notes(table.Report));
    }

    [Fact]
    public void Addresses_are_left_out_as_names_are()
    {
        // given: a number, and behind it what could be a unit
        string[] streets = ["Main Street", "Oak Avenue", "Park Lane", "High Street"];
        var content = "address,a,y\n" + Rows(40, i => $"{i + 10} {streets[i % 4]},{i % 7},{i % 2}");
        using var folder = new TempFolder();

        // when
        var table = CsvTable.Load(folder.Write("t.csv", content), TableText.Whole);

        // then
        Assert.Equal(["a"], table.Preprocessing.Columns.Select(column => column.Name));
        Assert.Equal(
            "column \"address\": left out: a text of its own in nearly every row, names or ids (Kinds[\"address\"] = ColumnKind.Text takes it)",
            TableText.Notes(table.Report).Single());
    }

    [Fact]
    public void A_first_column_that_counts_the_rows_is_left_out_without_a_header_too()
    {
        // given
        using var folder = new TempFolder();

        // when
        var table = CsvTable.Load(folder.Write("t.csv", Rows(20, i => $"{i + 1},{i * 7 % 5},{(i % 2 == 0 ? "p" : "q")}")), TableText.Whole);

        // then
        Assert.Equal(["column 1"], table.Preprocessing.Columns.Select(column => column.Name));
        Assert.Equal(
            ["column \"column 0\": left out: it counts the rows (Kinds[\"column 0\"] = ColumnKind.Number takes it)"],
            TableText.Notes(table.Report));
    }

    [Fact]
    public void Dates_of_eight_digits_with_a_dirty_cell_are_dates_and_only_what_varies_is_taken()
    {
        // given: days of one month, and one cell in forty that is no date
        var dirty = "d,y\n" + Rows(40, i => $"{(i == 20 ? "20211399" : $"{20210301 + (i % 28)}")},{i % 2}");
        var half = "d,y\n" + Rows(40, i => $"{(i % 2 == 0 ? "7" : $"{20210301 + (i % 28)}")},{i % 2}");
        using var folder = new TempFolder();

        // when
        var table = CsvTable.Load(folder.Write("t.csv", dirty), TableText.Whole);
        var told = CsvTable.Load(folder.Write("u.csv", half), TableText.Whole with { Kinds = new Dictionary<string, ColumnKind> { ["d"] = ColumnKind.Date } });

        // then
        Assert.Equal(["d (day)", "d (weekday)"], table.Preprocessing.Columns.Select(column => column.Title));
        Assert.Contains("column \"d\": 1 of 40 cells is no date, the first is \"20211399\" (line 22); taken as missing", TableText.Notes(table.Report));
        Assert.Equal(["d (day)", "d (weekday)"], told.Preprocessing.Columns.Select(column => column.Title));
        Assert.Equal(20, told.Report.Filled);
    }

    [Fact]
    public void Classes_that_are_numbers_are_evaluated_as_they_were_learnt()
    {
        // given: one cell in forty is none, and 1.0 is 1
        using var folder = new TempFolder();
        var path = folder.Write("t.csv", "a,y\n" + Rows(40, i => $"{i * 0.5},{(i == 7 ? "n.m." : i % 3 == 1 ? "1.0" : $"{i % 3}")}"));

        // when
        var learnt = CsvTable.Load(path, TableText.Whole);
        var applied = CsvTable.Apply(path, TablePreprocessing.FromJson(learnt.Preprocessing.ToJson()), withTarget: true);

        // then
        Assert.Equal(["0", "1", "2"], learnt.Preprocessing.Target.ClassNames);
        Assert.Equal((40, 1), (applied.Report.Rows, applied.Report.Dropped));
        Assert.Equal([0, 1, 2, 0], applied.Data.Labels![..4]);
        Assert.Equal(TableText.Notes(learnt.Report), TableText.Notes(applied.Report));
    }

    [Fact]
    public void What_is_told_of_numbers_holds_for_the_column()
    {
        // given
        using var folder = new TempFolder();

        // when
        var table = CsvTable.Load(folder.Write("t.csv", "a;b;c;y\n1,5;1234;1.234.567;p\n2,5;12345;7;q\n3,5;5;12;p\n"), TableText.Whole);

        // then
        Assert.Equal(["column \"a\": numbers with a decimal comma", "column \"c\": numbers with points between thousands"], TableText.Notes(table.Report));
        Assert.Equal([',', ',', ','], table.Preprocessing.Columns.Select(column => column.Format.Decimal));
    }

    [Fact]
    public void The_line_of_a_title_and_of_a_header_is_that_of_the_file()
    {
        // given
        using var folder = new TempFolder();
        var learnt = CsvTable.Load(folder.Write("t.csv", "sep=;\nSales\na;b;y\n1;2;p\n3;5;q\n4;4;q\n"), TableText.Whole);

        // when
        var later = folder.Write("u.csv", "\nSales\n\na;y\n1;p\n3;q\n");
        var exception = Assert.Throws<InvalidDataException>(() => CsvTable.Apply(later, learnt.Preprocessing, withTarget: false));

        // then
        Assert.Equal(["line 2: \"Sales\" is taken for a title above the table"], TableText.Notes(learnt.Report));
        Assert.EndsWith("line 4: no column \"b\"; the model needs it.", exception.Message);
    }
}
