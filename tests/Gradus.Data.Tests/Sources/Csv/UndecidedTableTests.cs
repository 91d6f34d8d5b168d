using System.Text;

namespace Gradus.Data.Tests;

/// <summary>Tables that do not tell how they are to be read, what decides, and files that are no tables.</summary>
public class UndecidedTableTests
{
    [Theory]
    [InlineData("a;y\n1,234;p\n5,678;q\n9,012;p\n", "may be 1234 or 1.234. Say which: Decimal = DecimalMark.Point or Decimal = DecimalMark.Comma")]
    [InlineData("d,y\n1/2/2020,p\n3/4/2020,q\n5/6/2020,p\n", "Dates = DateOrder.DayFirst, Dates = DateOrder.MonthFirst or Dates = DateOrder.YearFirst.")]
    [InlineData("a b,c d;e\nf g,h i;j\nk l,m n;o\n", "separate its cells equally well. Say which it is: Delimiter = '")]
    [InlineData("a,b;c|d\ne,f;g|h\ni,j;k|l\n", "Say which it is: Delimiter = ',' or Delimiter = ';' or Delimiter = '|'.")]
    [InlineData("1999,2000,2001\n2001,2004,2003\n1998,2010,2009\n", "Say which it is: Header = HeaderKind.Yes or Header = HeaderKind.No")]
    [InlineData("a,b,\n1,2,3\n4,5,6\n", "the last column has no name")]
    [InlineData("a,y\n5 kg,p\n300 g,q\n2 kg,p\n", "numbers of different units, \"5 kg\" (line 2) and \"300 g\" (line 3)")]
    [InlineData("a;y\n1.5;p\n1,5;q\n2.5;p\n3,5;q\n", "do not go together. Say how numbers are written with Decimal = DecimalMark.Point")]
    [InlineData("a;y\n1.234;p\n950;q\n12.500;p\n", "\"1.234\" (line 2) may be 1.234 or 1234. Say which: Decimal = ")]
    [InlineData("a,when\n1,2020-01-01\n2,2020-01-02\n3,2020-01-03\n", "holds dates, which are no target. Name another column with Target.")]
    public void A_table_that_cannot_be_decided_asks_for_an_option(string content, string question)
    {
        var error = Assert.Throws<InvalidDataException>(() => TableText.Read(content));

        Assert.Contains(question, error.Message);
        Assert.NotEqual(error.Message, OptionMessage.Of(error).ToText(static _ => "the option"));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void What_was_asked_for_decides()
    {
        Assert.Equal("a 1234 5678 | y p q", TableText.Read("a;y\n1,234;p\n5,678;q\n", TableText.Whole with { Decimal = DecimalMark.Point }));
        Assert.Equal("a 1.234 5.678 | y p q", TableText.Read("a;y\n1,234;p\n5,678;q\n", TableText.Whole with { Decimal = DecimalMark.Comma }));
        Assert.Equal(
            "d (month) 2 4 | d (day) 1 3 | d (weekday) 6 5 | y p q",
            TableText.Read("d,y\n1/2/2020,p\n3/4/2020,q\n", TableText.Whole with { Dates = DateOrder.DayFirst }));
        Assert.Equal(
            "d (month) 1 3 | d (day) 2 4 | d (weekday) 4 3 | y p q",
            TableText.Read("d,y\n1/2/2020,p\n3/4/2020,q\n", TableText.Whole with { Dates = DateOrder.MonthFirst }));
        Assert.Equal(
            "1999 2001 1998 | 2000 2004 2010 | 2001 2003 2009",
            TableText.Read("1999,2000,2001\n2001,2004,2003\n1998,2010,2009\n", TableText.Whole with { Header = HeaderKind.Yes }));
        Assert.Equal("a b,c d f g,h i k l,m n | e j o", TableText.Read("a b,c d;e\nf g,h i;j\nk l,m n;o\n", TableText.Whole with { Delimiter = ';' }));
        Assert.Equal("a 1 4 | column 2 3 6 | b 2 5", TableText.Read("a,b,\n1,2,3\n4,5,6\n", TableText.Whole with { Target = "b" }));
        var text = new Dictionary<string, ColumnKind> { ["a"] = ColumnKind.Text };
        Assert.Equal("a 5 kg 300 g | y p q", TableText.Read("a,y\n5 kg,p\n300 g,q\n", TableText.Whole with { Kinds = text }));
    }

    [Fact]
    public void Every_encoding_and_line_end_reads_alike()
    {
        // given
        const string content = "größe,y\n1.5,p\n2.5,q\n";
        var expected = TableText.Read(content);

        // then
        Encoding[] encodings =
        [
            new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, new UnicodeEncoding(false, false), new UnicodeEncoding(true, false),
        ];
        foreach (var encoding in encodings)
            Assert.Equal(expected, TableText.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(content)]));
        Assert.Equal(expected, TableText.Read(content.Replace("\n", "\r\n")));
        Assert.Equal(expected, TableText.Read(content.Replace("\n", "\r")));
        Assert.Equal(expected, TableText.Read(TempFolder.Zip(Encoding.UTF8.GetBytes(content))));
    }

    [Theory]
    [InlineData("\x89PNG\r\n\x1A\n", "this is a PNG picture, no table")]
    [InlineData("PK\x03\x04 xl/workbook.xml", "this is a workbook or document, as Excel and LibreOffice write, no table. Save the table as CSV")]
    [InlineData("<!DOCTYPE html><html>", "this is a web page, no table")]
    [InlineData("[{\"a\": 1}]", "this is a JSON file, no table")]
    [InlineData("PAR1\x15\0\x15", "this is a Parquet file, no table")]
    [InlineData("SQLite format 3\0", "this is an SQLite database, no table")]
    [InlineData("%PDF-1.7", "this is a PDF document, no table")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "this is a pointer of Git LFS")]
    [InlineData("\x93NUMPY\x01\0", "this is an .npy file of NumPy, no table")]
    public void What_is_no_table_is_named(string content, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => TableText.Read(Encoding.Latin1.GetBytes(content)));

        Assert.Contains(expected, error.Message);
    }
}
