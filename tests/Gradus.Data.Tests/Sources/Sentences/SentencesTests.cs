using System.Text.Json.Nodes;

namespace Gradus.Data.Tests;

public class SentencesTests
{
    private static readonly TableOptions Whole = new() { Text = "text", ValidationShare = 0, TestShare = 0 };

    private static readonly Split Forty = Split.ByFraction(40, 0.1, 0.1, 0);

    private static TableSplit Load(string content, TableOptions? options = null)
    {
        using var folder = new TempFolder();
        return CsvTable.Load(folder.Write("t.csv", content), options ?? Whole);
    }

    private static int[] Tokens(Dataset data, int row)
    {
        var tokens = new int[data.Inputs.Size];
        data.CopyTokens([row], tokens);
        return tokens;
    }

    private static string Rows(int count) => "id,text,y\n" + string.Concat(Enumerable.Range(0, count).Select(static row =>
        $"{row},\"{(row % 2 == 0 ? "Good" : "Bad")} film{(row % 3 == 0 ? ", really" : "")}!\",{(row % 2 == 0 ? "yes" : "no")}\n"));

    [Fact]
    public void A_column_of_sentences_becomes_token_numbers_of_one_length()
    {
        // when
        var table = Load(Rows(12));

        // then
        var data = table.Data.Train;
        Assert.Equal(["!", "film", "bad", "good", ",", "really"], table.Preprocessing.Words!.Words);
        Assert.Equal((5, 5, 8), (table.Preprocessing.Length, table.Preprocessing.InputSize, data.TokenCount));
        Assert.True(data.IsSentences);
        Assert.Equal([5], data.InputShape);
        Assert.All(Enumerable.Range(0, 12), row => Assert.Equal(data.Labels![row] == 1 ? 5 : 4, Tokens(data, row)[0]));
        Assert.Contains(Enumerable.Range(0, 12), row => Tokens(data, row).SequenceEqual([5, 3, 2, 0, 0]));
        Assert.Contains(Enumerable.Range(0, 12), row => Tokens(data, row).SequenceEqual([5, 3, 6, 7, 2]));
        Assert.Equal((DType.Int32, "[2,5]"), (data.InputTensor([0, 1]).DType, data.InputTensor([0, 1]).Shape.ToString()));
        Assert.Equal("t: 12 sentences of at most 5 words, 6 different ones, 2 classes", data.ToString());
        Assert.Equal(["column \"id\": left out: the sentences alone are the input"], TableText.Notes(table.Report));
        Assert.Throws<InvalidOperationException>(() => data.Normalize(0, 1));
    }

    [Fact]
    public void Words_and_length_are_learnt_from_the_training_rows_alone()
    {
        // given
        var rows = Enumerable.Range(0, 40).ToArray();
        Table Of(string heldOut) => Table.From(rows)
            .Column("text", row => Forty.Train.Contains(row) ? $"word{row % 3} a b" : heldOut).Target("y", static row => row % 2 == 0 ? "p" : "q").ToTable();

        // when
        var (one, other) = (Of("a b").Split(new() { Text = "text" }), Of("new new words that are many many many").Split(new() { Text = "text" }));

        // then
        Assert.Equal(one.Preprocessing.ToJson(), other.Preprocessing.ToJson());
        Assert.Equal([1, 1, 1], Tokens(other.Data.Test, 0));
        Assert.Equal(
            ["column \"text\": 8 sentences longer than 3 words cut at the end", "column \"text\": 8 sentences without a word that the model knows"],
            TableText.Notes(other.Report));
    }

    [Fact]
    public void The_length_is_that_of_nearly_all_sentences_or_what_the_user_says()
    {
        // given: one sentence in 200 is long
        static Table Of(int rows, int longest) => Table.From(Enumerable.Range(0, rows))
            .Column("text", row => row == 7 ? string.Concat(Enumerable.Repeat("a ", longest)) : "a b c")
            .Target("y", static row => row % 2 == 0 ? "p" : "q").ToTable();

        // then
        Assert.Equal(3, Of(200, 50).Split(Whole).Preprocessing.Length);
        Assert.Equal(50, Of(20, 50).Split(Whole).Preprocessing.Length);
        Assert.Equal(256, Of(20, 500).Split(Whole).Preprocessing.Length);
        Assert.Equal(7, Of(20, 50).Split(Whole with { Length = 7 }).Preprocessing.Length);
        Assert.Equal(["a"], Of(20, 50).Split(Whole with { MaxWords = 1 }).Preprocessing.Words!.Words);
    }

    [Fact]
    public void A_missing_sentence_is_an_empty_one_or_its_row_is_dropped_or_it_is_an_error()
    {
        // given
        var rows = Rows(12) + "12,,yes\n13,NA,no\n14,\"?!\",no\n";

        // when
        var filled = Load(rows);
        var dropped = Load(rows, Whole with { Missing = MissingValues.Drop });

        // then
        Assert.Equal((15, 2), (filled.Data.Train.Count, filled.Report.Filled));
        Assert.Equal(2, Enumerable.Range(0, 15).Count(row => Tokens(filled.Data.Train, row).All(static token => token == 0)));
        Assert.Equal((13, 2), (dropped.Data.Train.Count, dropped.Report.Dropped));
        Assert.Contains("t.csv: line 14: column \"text\": a value is missing.",
            Assert.Throws<InvalidDataException>(() => Load(rows, Whole with { Missing = MissingValues.Error })).Message);
    }

    [Fact]
    public void The_target_may_be_a_number_and_the_sentences_may_stand_last()
    {
        // when
        var regression = Load(Rows(30), Whole with { Target = "id", Task = TaskKind.Regress });
        var last = Load("y,text\n" + string.Concat(Enumerable.Range(0, 20).Select(static row => $"{(row % 2 == 0 ? "p" : "q")},a b {row}\n")));

        // then
        Assert.Equal(30, regression.Data.Train.Targets!.Length);
        Assert.Equal(("y", 2), (last.Preprocessing.Target.Name, last.Preprocessing.Target.ClassNames.Count));
    }

    [Fact]
    public void A_later_table_and_a_single_row_pass_through_what_was_learnt()
    {
        // given
        using var folder = new TempFolder();
        var preprocessing = TablePreprocessing.FromJson(Load(Rows(12)).Preprocessing.ToJson());

        // when
        var later = CsvTable.Apply(folder.Write("later.csv", "text\nA REALLY good film\n\"line\n two\"\n"), preprocessing, withTarget: false);
        var row = preprocessing.InputsOf(new Dictionary<string, object?> { ["text"] = "a really good film" });

        // then
        Assert.Equal([1, 7, 5, 3, 0], Tokens(later.Data, 0));
        Assert.Equal([1, 7, 5, 3, 0], row);
        Assert.Equal([0, 0, 0, 0, 0], preprocessing.InputsOf(new Dictionary<string, object?>()));
        Assert.Equal([2, 3], later.Lines);
        Assert.Equal(["column \"text\": 1 sentence without a word that the model knows"], TableText.Notes(later.Report));
    }

    [Theory]
    [InlineData("t.csv: no text column \"tex\". Columns 0 to 2: \"id\", \"text\", \"y\".", "tex", null)]
    [InlineData("t.csv: column \"y\" cannot be both the sentences and the target. Name another target with Target, or other sentences with Text.", "y", "y")]
    [InlineData("t.csv: the column of sentences \"text\" is among the ignored columns.", "text", null, "text")]
    [InlineData("t.csv: the target \"y\" is among the ignored columns.", "text", null, "y")]
    [InlineData("t.csv: column \"id\": no word occurs twice in the 12 training rows, so that nothing can be learnt from words. " +
        "Name a column of sentences with Text.", "id", null)]
    public void A_column_that_cannot_be_the_sentences_is_told_in_one_line(string message, string text, string? target, string? ignored = null)
    {
        // given
        var options = Whole with { Text = text, Target = target, Ignore = ignored is null ? [] : [ignored] };

        // when
        var exception = Assert.Throws<InvalidDataException>(() => Load(Rows(12), options));

        // then
        Assert.EndsWith(message, exception.Message);
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        Assert.Equal("Text and Window exclude each other: a table is read as sentences or as a time series.",
            Assert.Throws<FormatException>(() => Load(Rows(12), Whole with { Window = 3 })).Message);
        Assert.EndsWith("column \"text\" is read as sentences; Kinds[\"text\"] = ColumnKind.Number does not go with that.",
            Assert.Throws<InvalidDataException>(() => Load(Rows(12), Whole with
            {
                Kinds = new Dictionary<string, ColumnKind> { ["text"] = ColumnKind.Number },
            })).Message);
        Assert.EndsWith("column \"text\" is the only one; expected a target beside the sentences.",
            Assert.Throws<InvalidDataException>(() => Load("text\na b\nb a\n", Whole with { Header = HeaderKind.Yes })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Load(Rows(12), Whole with { MaxWords = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Load(Rows(12), Whole with { MaxWords = 65_535 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Load(Rows(12), Whole with { Length = 4097 }));
    }

    [Fact]
    public void A_column_of_sentences_that_is_left_out_says_how_it_is_read()
    {
        // given
        var rows = "text,a,y\n" + string.Concat(Enumerable.Range(0, 30).Select(static row => $"this is the sentence number {row},{row % 7},{row % 2}\n"));

        // when
        var table = Load(rows, new TableOptions { ValidationShare = 0, TestShare = 0 });

        // then
        Assert.Equal(["column \"text\": left out: a text of its own in nearly every row (Text = \"text\" reads sentences)"], TableText.Notes(table.Report));
    }

    [Fact]
    public void An_audit_looks_over_sentences_too()
    {
        // when
        var audit = Load(Rows(60), Whole with { Audit = true, ValidationShare = 0.2, TestShare = 0.2 }).Audit!;

        // then
        Assert.Contains(audit.Findings, static finding => finding.Kind == AuditKind.Duplicates);
    }

    [Theory]
    [InlineData("length", "0")]
    [InlineData("length", "4097")]
    [InlineData("length", "\"7\"")]
    [InlineData("words", "{}")]
    [InlineData("words", "[1]")]
    [InlineData("words", "[\"\"]")]
    [InlineData("words", "[\"a\",\"a\"]")]
    [InlineData("words", "[\"\\ud800\"]")]
    [InlineData("words", "[\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"]")]
    [InlineData("window", "3")]
    [InlineData("columns", "[]")]
    [InlineData("columns", "[{\"name\":\"text\",\"index\":1,\"kind\":\"number\",\"mean\":0,\"deviation\":1,\"median\":0}]")]
    [InlineData("columns", "[{\"name\":\"text\",\"index\":1,\"kind\":\"text\",\"categories\":[\"a\"]}]")]
    public void A_value_that_cannot_be_is_refused_by_name(string name, string value)
    {
        // given
        var json = JsonNode.Parse(Load(Rows(12), Whole with { Target = "id", Task = TaskKind.Regress }).Preprocessing.ToJson())!.AsObject();
        json[name] = "placeholder";

        // when
        var text = json.ToJsonString().Replace("\"placeholder\"", value);

        // then
        Assert.StartsWith("table preprocessing: ", Assert.Throws<InvalidDataException>(() => TablePreprocessing.FromJson(text)).Message);
    }
}
