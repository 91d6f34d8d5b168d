using System.Text;

namespace Gradus.Data.Tests;

public class CsvRowsTests
{
    private static List<string[]> Read(byte[] content)
    {
        using var folder = new TempFolder();
        using var rows = new CsvRows(folder.Write("table.csv", content), delimiter: ',');
        var result = new List<string[]>();
        while (rows.Next()) result.Add([.. Enumerable.Range(0, rows.Width).Select(column => rows[column])]);
        return result;
    }

    private static List<string[]> Read(string content) => Read(Encoding.UTF8.GetBytes(content));

    [Fact]
    public void Quoted_cells_keep_commas_quotation_marks_and_line_ends()
    {
        var rows = Read("\"a,b\",\"say \"\"hi\"\"\"\r\n\"two\nlines\", x \n\n1,2");

        Assert.Equal(["a,b", "say \"hi\""], rows[0]);
        Assert.Equal(["two\nlines", "x"], rows[1]);
        Assert.Equal(["1", "2"], rows[2]);
    }

    [Fact]
    public void Compressed_files_and_byte_order_marks_are_understood()
    {
        Assert.Equal(["é", "1"], Read(TempFolder.Zip(Encoding.UTF8.GetBytes("é,1\n")))[0]);
        Assert.Equal(["é", "1"], Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("é,1\n")])[0]);
        Assert.Equal(["é", "1"], Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("é,1\n")])[0]);
    }

    [Fact]
    public void A_file_whose_title_cannot_be_read_is_closed()
    {
        // given
        using var folder = new TempFolder();
        var layout = TableLayout.Of(folder.Write("good", "Sales\na,b,c\n1,2,3\n4,5,6\n"), delimiter: null);
        var bad = folder.Write("bad", "Sa\0les\na,b,c\n1,2,3\n");

        // when
        Assert.Throws<InvalidDataException>(() => new CsvRows(bad, layout));

        // then: nobody holds it open
        new FileStream(bad, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        Assert.Equal(1, layout.Skipped);
    }

    [Fact]
    public void A_ragged_row_is_refused_with_its_line()
    {
        var error = Assert.Throws<InvalidDataException>(() => Read("a,\"b\nc\"\n\n1,2,3\n"));

        Assert.EndsWith("table.csv: line 4: got 3 cells, expected 2 as in the first row.", error.Message);
    }

    [Theory]
    [InlineData("a,b\n1,x\"y\n", "line 2: a row that cannot be read")]
    [InlineData("a,b\n1,\"never closed\n", "line 2: a row that cannot be read")]
    [InlineData("a,b\n1,\0\n", "line 2: got a zero byte")]
    public void What_is_no_table_is_refused_in_one_line(string content, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(content));

        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        Assert.Contains("no UTF-8", Assert.Throws<InvalidDataException>(() => Read([0x61, 0x2C, 0xE9, 0x0A])).Message);
    }

    [Fact]
    public void A_damaged_compressed_file_is_refused()
    {
        var zipped = TempFolder.Zip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{i * i}\n"))));

        Assert.Throws<InvalidDataException>(() => Read(zipped[..(zipped.Length / 2)]));
        zipped[zipped.Length / 2] ^= 0x55;
        Assert.Throws<InvalidDataException>(() => Read(zipped));
    }

    [Fact]
    public void A_cell_without_end_is_given_up_before_it_fills_memory()
    {
        var content = Encoding.UTF8.GetBytes("a,b\n1,\"" + new string('x', 30_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => Read(content));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void Too_many_columns_are_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(new string(',', 100_001)));

        Assert.Contains("got 100002 columns", error.Message);
    }
}
