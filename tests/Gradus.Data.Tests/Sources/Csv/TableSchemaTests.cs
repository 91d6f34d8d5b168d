namespace Gradus.Data.Tests;

public class TableSchemaTests
{
    private static TableSchema Scan(string content, HeaderKind header = HeaderKind.Auto)
    {
        using var folder = new TempFolder();
        return TableSchema.Scan(folder.Write("table.csv", content), new TableOptions { Header = header });
    }

    private static ColumnKind[] Kinds(TableSchema schema) => [.. Enumerable.Range(0, schema.Names.Length).Select(column => schema[column].Kind)];

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", true)]
    [InlineData("1,2\n3,4\n", false)]
    [InlineData("5.1,Iris-setosa\n4.9,Iris-setosa\n", false)]
    [InlineData("id,2019,2020\nx,1,2\ny,3,4\n", true)]
    [InlineData("x,1950,2003\ny,1949,2001\nx,1951,2002\n", false)]
    [InlineData("country,2020\nA,1.5\nB,2.5\n", true)]
    [InlineData(",0,1,2\nr,0.5,1.5,2.5\ns,0.1,0.2,0.3\n", true)]
    [InlineData("bad,1.5,2.5\n1,2.5,1.5\n2,0.5,0.25\n", false)]
    [InlineData("year,2019,2020\n1,1,2\n2,3,4\n", true)]
    [InlineData("name,place\nAnn,Rome\nBob,Oslo\n", true)]
    [InlineData("Ann,Rome\nBob,Oslo\nEve,Rome\n", false)]
    [InlineData("a,b\n1,NA\n,x\n", true)]
    [InlineData(",a,b\n0,x,1\n1,y,2\n", true)]
    public void A_header_is_told_by_its_texts_above_numbers(string content, bool hasHeader)
    {
        Assert.Equal(hasHeader, Scan(content).HasHeader);
    }

    [Fact]
    public void Saying_whether_there_is_a_header_overrules_the_guess()
    {
        Assert.Equal(["1", "2"], Scan("1,2\n3,4\n", HeaderKind.Yes).Names);
        Assert.Equal([ColumnKind.Text, ColumnKind.Text], Kinds(Scan("a,b\n3,4\n", HeaderKind.No)));
    }

    [Fact]
    public void Columns_without_a_name_are_called_by_number()
    {
        Assert.Equal(["column 0", "a"], Scan(",a\n0,1\n1,2\n").Names);
        Assert.Equal(["column 0", "column 1"], Scan("0,1\n1,2\n").Names);
    }

    [Fact]
    public void Many_columns_of_one_name_are_numbered_in_one_pass()
    {
        // given
        const int count = 50_000;
        var first = Enumerable.Repeat("a", count).Append("a (3)").Append("").Append($"column {count + 1}").ToArray();

        // when
        var names = TableHeader.Names(first, [], line: 1);

        // then
        Assert.Equal(["a", "a (2)", "a (4)", "a (5)"], names[..4]);
        Assert.Equal([$"a ({count + 1})", "a (3)", $"column {count + 1} (2)", $"column {count + 1}"], names[(count - 1)..]);
    }

    [Fact]
    public void A_column_with_one_text_is_a_column_of_texts()
    {
        Assert.Equal([ColumnKind.Number, ColumnKind.Text], Kinds(Scan("1,2\n3,x\nNA,4\n")));
    }

    [Theory]
    [InlineData("a;b\n1,5;2\n", ';')]
    [InlineData("a\tb\n1\t2\n", '\t')]
    [InlineData("a,b\n1,2\n", ',')]
    public void What_separates_cells_is_found_out(string content, char delimiter)
    {
        Assert.Equal(delimiter, Scan(content).Delimiter);
    }

    [Fact]
    public void Columns_are_found_by_name_and_else_by_number()
    {
        var schema = Scan("a,1,c\nx,2,3\ny,4,5\n", HeaderKind.Yes);

        Assert.Equal(2, schema.Find(TableOrigin.Lines("f"), "c", "target"));
        Assert.Equal(1, schema.Find(TableOrigin.Lines("f"), "1", "target"));
        Assert.Equal(0, schema.Find(TableOrigin.Lines("f"), "0", "target"));
        var error = Assert.Throws<InvalidDataException>(() => schema.Find(TableOrigin.Lines("f"), "3", "target"));
        Assert.Equal("f: no target column \"3\". Columns 0 to 2: \"a\", \"1\", \"c\".", error.Message);
    }

    [Theory]
    [InlineData("a,b\n", "got a single row")]
    [InlineData("", "is empty")]
    [InlineData("\n\n", "is empty")]
    public void A_file_without_rows_is_refused(string content, string expected)
    {
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Scan(content)).Message);
    }
}
