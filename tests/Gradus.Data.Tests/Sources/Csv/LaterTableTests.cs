namespace Gradus.Data.Tests;

/// <summary>Files that are read after a model was trained on another.</summary>
public class LaterTableTests
{
    [Fact]
    public void Later_files_are_read_as_the_first_was()
    {
        // given
        using var folder = new TempFolder();
        var path = folder.Write("t.csv", "Price;Sold;Color;y\n1.234,5 €;1.2.2020;Red;p\n0,5 €;15.3.2021;blue;q\n7 €;2.2.2020;blue;q\n");
        var learnt = CsvTable.Load(path, TableText.Whole);
        var preprocessing = TablePreprocessing.FromJson(learnt.Preprocessing.ToJson());

        // when: other capitals, other order, another delimiter, a title, no target
        var later = folder.Write("new.csv", "New sales\n\ncolor,PRICE,sold\nRED,\"1.234,5 €\",1.2.2020\nBlue,\"0,5\",15.3.2021\n");
        var rows = CsvTable.Apply(later, preprocessing, withTarget: false);

        // then
        Assert.Equal(learnt.Preprocessing.ToJson(), preprocessing.ToJson());
        Assert.Equal([4, 5], rows.Lines);
        var expected = new float[2 * rows.Data.Inputs.Size];
        var order = Split.ByFraction(3, 0, 0, 0).Train;
        learnt.Data.Train.Inputs.CopyRows([Array.IndexOf(order, 0), Array.IndexOf(order, 1)], expected);
        var got = new float[expected.Length];
        rows.Data.Inputs.CopyRows([0, 1], got);
        Assert.Equal(expected, got);
        Assert.Contains("line 1: \"New sales\" is taken for a title above the table", TableText.Notes(rows.Report));
        Assert.Contains("line 3: \"PRICE\" is taken for the model's column \"Price\"", TableText.Notes(rows.Report));
        Assert.Contains("cells are separated by comma, in the file that the model was trained on by semicolon", TableText.Notes(rows.Report));
    }

    [Fact]
    public void A_later_file_with_other_names_or_another_decimal_mark_is_refused()
    {
        // given
        using var folder = new TempFolder();
        var model = CsvTable.Load(folder.Write("t.csv", "a;b;y\n1.5;2;p\n2.5;3;q\n"), TableText.Whole).Preprocessing;
        string Refused(string content) =>
            Assert.Throws<InvalidDataException>(() => CsvTable.Apply(folder.Write("new.csv", content), model, withTarget: false)).Message;

        // then
        Assert.Contains("none of \"u\", \"v\", \"w\" is a column of the model: \"a\", \"b\"", Refused("u;v;w\n1;2;p\n"));
        Assert.Contains("line 2: column \"a\": got \"1,5\", expected a number", Refused("a;b\n1,5;2\n"));
    }
}
