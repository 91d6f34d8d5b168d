namespace Gradus.Data.Tests;

public class CsvTableTests
{
    private static TableSplit Load(string content, TableOptions? options = null)
    {
        using var folder = new TempFolder();
        return CsvTable.Load(folder.Write("table.csv", content), options);
    }

    private static TableRows Apply(string content, TablePreprocessing preprocessing, bool withTarget = true)
    {
        using var folder = new TempFolder();
        return CsvTable.Apply(folder.Write("other.csv", content), preprocessing, withTarget);
    }

    private static float[] Numbers(Dataset data)
    {
        var numbers = new float[data.Count * data.Inputs.Size];
        data.Inputs.CopyRows([.. Enumerable.Range(0, data.Count)], numbers);
        return numbers;
    }

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(i => line(i) + "\n"));

    [Fact]
    public void Inputs_are_standardized_over_the_training_rows_alone()
    {
        var table = Load(Lines(100, i => $"{i * i},7,{i % 3}"));

        var train = Numbers(table.Data.Train);
        var column = Enumerable.Range(0, 80).Select(i => (double)train[2 * i]).ToArray();
        Assert.Equal((80, 10, 10), (table.Data.Train.Count, table.Data.Validation.Count, table.Data.Test.Count));
        Assert.Equal(0, column.Average(), 1e-6);
        Assert.Equal(1, column.Average(value => value * value), 1e-5);
        Assert.All(Enumerable.Range(0, 80), i => Assert.Equal(0, train[2 * i + 1]));
        Assert.Equal(1, table.Preprocessing.Columns[1].Deviation);
        Assert.NotEqual(0, Numbers(table.Data.Test).Where((_, i) => i % 2 == 0).Average(), 1e-6);
    }

    [Fact]
    public void Texts_become_one_input_per_category_and_a_missing_text_one_more()
    {
        var table = Load("c,y\nb,1\na,2\n,1\nb,2\n", new() { ValidationShare = 0, TestShare = 0, Header = HeaderKind.Yes });

        var column = Assert.Single(table.Preprocessing.Columns);
        Assert.Equal(["a", "b", ""], column.Categories);
        Assert.Equal(new TableReport(4, 0, 1, 0), table.Report);
        var rows = Apply("y,c\n1,a\n1,b\n1,?\n2,z\n", table.Preprocessing);
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], Numbers(rows.Data));
        Assert.Equal(new TableReport(4, 0, 1, 1), rows.Report);
    }

    [Fact]
    public void Missing_numbers_are_filled_with_the_median_dropped_or_refused()
    {
        const string content = "a,b,y\n1,1,0\n2,NA,1\n9,3,1\nnan,4,0\n";
        var whole = new TableOptions { ValidationShare = 0, TestShare = 0 };

        var filled = Load(content, whole);
        var dropped = Load(content, whole with { Missing = MissingValues.Drop });
        var error = Assert.Throws<InvalidDataException>(() => Load(content, whole with { Missing = MissingValues.Error }));

        Assert.Equal([2.0, 3.0], filled.Preprocessing.Columns.Select(column => column.Median));
        Assert.Equal(new TableReport(4, 0, 2, 0), filled.Report);
        Assert.Equal(new TableReport(4, 2, 0, 0) { Notes = dropped.Report.Notes }, dropped.Report);
        Assert.Equal("2 rows are left out, since a cell of each is missing: lines 3, 5", dropped.Report.Notes.Single().ToString());
        Assert.EndsWith(
            "line 3: column \"b\": a value is missing. " +
            "Fill missing values (Missing = MissingValues.Fill) or drop such rows (Missing = MissingValues.Drop).",
            error.Message);
    }

    [Fact]
    public void Of_a_missing_value_a_trained_model_advises_nothing_that_only_training_can_do()
    {
        var model = Load("a,b,y\n" + Lines(20, i => $"{i},{i * i},{i % 2}"), new() { Missing = MissingValues.Error }).Preprocessing;

        var error = Assert.Throws<InvalidDataException>(() => Apply("a,b\n1,\n", model, withTarget: false));

        Assert.EndsWith(
            "line 2: column \"b\": a value is missing, and the model was trained to fill none. Give one, or leave such rows out of the table.", error.Message);
    }

    [Fact]
    public void Many_classes_are_told_with_their_rows()
    {
        var numbers = Load("a,y\n" + Lines(120, i => $"{i},{i % 40}"), new() { Task = TaskKind.Classify });
        var few = Load("a,y\n" + Lines(120, i => $"{i},{i % 20}"), new() { Task = TaskKind.Classify });

        Assert.Equal(
            ["the target \"y\": 40 different numbers are as many classes, of 3 rows each; Task = TaskKind.Regress learns them as numbers"],
            numbers.Report.Notes.Select(static note => note.ToString()).Where(static note => note.StartsWith("the target", StringComparison.Ordinal)));
        Assert.DoesNotContain(few.Report.Notes, static note => note.ToString().StartsWith("the target", StringComparison.Ordinal));
    }

    [Fact]
    public void The_task_follows_from_the_target_unless_told()
    {
        static TaskKind Of(TableSplit table) => table.Preprocessing.Target.Task;

        Assert.Equal(TaskKind.Classify, Of(Load(Lines(50, i => $"{i},{(i % 2 == 0 ? "yes" : "no")}"))));
        Assert.Equal(TaskKind.Classify, Of(Load(Lines(50, i => $"{i},{i % 20}"))));
        Assert.Equal(TaskKind.Regress, Of(Load(Lines(50, i => $"{i},{i % 21}"))));
        Assert.Equal(TaskKind.Regress, Of(Load(Lines(50, i => $"{i},{i % 2}.5"))));
        Assert.Equal(TaskKind.Regress, Of(Load(Lines(50, i => $"{i},{i % 2}"), new() { Task = TaskKind.Regress })));
        Assert.Equal(TaskKind.Classify, Of(Load(Lines(50, i => $"{i},{i % 25}"), new() { Task = TaskKind.Classify })));
    }

    [Fact]
    public void Classes_are_in_order_and_numbers_among_them_by_size()
    {
        Assert.Equal(["2", "10"], Load(Lines(20, i => $"{i},{(i % 2 == 0 ? "10" : "2.0")}")).Preprocessing.Target.ClassNames);
        Assert.Equal(["10", "x"], Load(Lines(20, i => $"{i},{(i % 2 == 0 ? "x" : "10")}")).Preprocessing.Target.ClassNames);
    }

    [Fact]
    public void A_regression_target_is_standardized_and_its_deviation_leads_back()
    {
        var table = Load(Lines(100, i => $"{i},{1000 + 10 * i}"), new() { Seed = 3 });

        var target = table.Preprocessing.Target;
        var back = table.Data.Test.Targets!.Select(value => value * target.Deviation + target.Mean).ToArray();
        Assert.All(back, value => Assert.Equal(Math.Round(value / 10) * 10, value, 1e-3));
        Assert.Equal(0, table.Data.Train.Targets!.Average(), 1e-5);
    }

    [Fact]
    public void The_split_follows_from_the_seed_alone()
    {
        var content = Lines(100, i => $"{i},{i % 2}");

        Assert.Equal(Numbers(Load(content).Data.Test), Numbers(Load(content).Data.Test));
        Assert.NotEqual(Numbers(Load(content).Data.Test), Numbers(Load(content, new() { Seed = 1 }).Data.Test));
    }

    [Fact]
    public void Target_and_ignored_columns_go_by_name_or_number()
    {
        var table = Load("id,y,a\n" + Lines(20, i => $"n{i},{i % 2},{i}"), new() { Target = "1", Ignore = ["id"] });

        Assert.Equal("y", table.Preprocessing.Target.Name);
        Assert.Equal(["a"], table.Preprocessing.Columns.Select(column => column.Name));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("a,b\n", "got a single row")]
    [InlineData("a,y\n1,2\n3\n", "line 3: got 1 cells, expected 2")]
    [InlineData("a,y\n1,0\n2,1\n", "2 rows are too few")]
    [InlineData("a,y\n1,0\n2,\n3,1\n", "line 3: column \"y\": the target is missing")]
    [InlineData("a,y\n1,0\n1e999,1\n3,1\n", "line 3: column \"a\": got \"1e999\", expected a finite number")]
    [InlineData("a,y\n1,0\n2,-inf\n3,1\n", "line 3: column \"y\": got \"-inf\", expected a finite number")]
    [InlineData("a,y\n1,x\n2,x\n3,x\n4,x\n", "one value only, \"x\"")]
    [InlineData("y\n1\n2\n3\n", "no column is left")]
    [InlineData("a,y\n1e300,0.5\n-1e300,1.5\n1e300,2\n-1e300,3\n1e300,4\n", "too large to be averaged")]
    public void A_table_that_cannot_be_learnt_from_is_refused(string content, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => Load(content, new() { Header = content.Length == 0 ? HeaderKind.Auto : HeaderKind.Yes }));

        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Options_that_do_not_suit_the_table_are_refused()
    {
        var content = "a,b,y\n" + Lines(30, i => $"{(i == 7 ? "" : i)},t{i % 8},{(i % 2 == 0 ? "p" : "q")}");

        string Refused(TableOptions options) => Assert.Throws<InvalidDataException>(() => Load(content, options)).Message;
        Assert.Contains("no target column \"z\". Columns 0 to 2: \"a\", \"b\", \"y\".", Refused(new() { Target = "z" }));
        Assert.Contains("expected numbers for a regression", Refused(new() { Task = TaskKind.Regress }));
        Assert.Contains("among the ignored columns", Refused(new() { Ignore = ["y"] }));
        Assert.Contains("dropping leaves none",
            Assert.Throws<InvalidDataException>(() => Load("a,b,y\n1,,1\n,2,2\n", new() { Missing = MissingValues.Drop })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Load(content, new() { ValidationShare = 0.6, TestShare = 0.6 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Load(content, new() { Delimiter = '"' }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Load(content, new() { MaxCategories = 0 }));
    }

    [Fact]
    public void Of_too_many_categories_the_most_frequent_are_inputs_and_the_others_count_as_one()
    {
        // given: t0 to t3 are frequent, the other texts have four rows each
        var content = "a,b,y\n" + Lines(100, i => $"{i},t{(i < 80 ? i % 4 : 4 + i % 5)},{(i % 2 == 0 ? "p" : "q")}");

        // when
        var table = Load(content, new() { MaxCategories = 4, ValidationShare = 0, TestShare = 0 });
        var rare = Numbers(Apply("a,b,y\n0,t7,p\n0,t8,p\n0,never,p\n", table.Preprocessing).Data);

        // then
        Assert.Equal(["t0", "t1", "t2", "t3"], table.Preprocessing.Columns[1].Categories);
        Assert.Contains(
            "column \"b\": 9 different texts; the 4 most frequent are inputs, the others count as one (MaxCategories = 9 takes all)",
            table.Report.Notes.Select(static note => note.ToString()));
        Assert.Equal(rare[..5], rare[5..10]);
        Assert.Equal(rare[..5], rare[10..]);
    }

    [Fact]
    public void Cells_are_told_as_they_were_read()
    {
        var table = Load("a,b,y\n" + Lines(20, i => $"{i},t{i % 2},{i % 3}")).Preprocessing;

        var rows = Apply("a,b,y\n5,t1,0\n,t0,1\n", table);

        Assert.Equal([5.0, "t1", null, "t0"], new[] { rows.CellOf(0, 0), rows.CellOf(0, 1), rows.CellOf(1, 0), rows.CellOf(1, 1) });
    }

    [Fact]
    public void A_file_for_prediction_may_lack_the_target_and_have_its_columns_in_any_order()
    {
        var named = Load("a,y,b\n" + Lines(20, i => $"{i},{i % 2},{i * i}"), new() { Target = "y" }).Preprocessing;
        var unnamed = Load(Lines(20, i => $"{i},{i % 2},{i * i}"), new() { Target = "1" }).Preprocessing;

        var expected = Numbers(Apply("a,y,b\n5,0,30\n", named).Data);

        Assert.Equal(expected, Numbers(Apply("b,extra,a\n30,x,5\n", named, withTarget: false).Data));
        Assert.Equal(expected, Numbers(Apply("5,1,30\n", named, withTarget: false).Data));
        Assert.Equal(expected, Numbers(Apply("5,30\n", named, withTarget: false).Data));
        Assert.Equal(Numbers(Apply("5,0,30\n", unnamed).Data), Numbers(Apply("5,30\n", unnamed, withTarget: false).Data));
        Assert.Null(Apply("5,30\n", unnamed, withTarget: false).Data.Labels);
    }

    [Fact]
    public void A_file_that_does_not_fit_the_model_is_refused()
    {
        var table = Load("a,y,b\n" + Lines(20, i => $"{i},{i % 2},{i * i}"), new() { Target = "y" }).Preprocessing;

        string Refused(string content, bool withTarget = true) => Assert.Throws<InvalidDataException>(() => Apply(content, table, withTarget)).Message;
        Assert.Contains("no column \"b\"", Refused("a,y\n1,0\n"));
        Assert.Contains("no column \"y\"", Refused("a,b\n1,0\n"));
        Assert.Contains("got rows of 2 cells, expected 3", Refused("1,0\n"));
        Assert.Contains("expected 3, or one less", Refused("1\n", withTarget: false));
        Assert.Contains("line 2: column \"a\": got \"x\", expected a number", Refused("a,y,b\nx,1,2\n"));
        Assert.Contains("line 3: the target \"y\" is \"7\", expected one of the classes \"0\", \"1\"", Refused("a,y,b\n1,1.0,2\n1,7,2\n"));
        Assert.Contains("the file is empty", Refused(""));
        Assert.Contains("got no rows of data", Refused("a,y,b\n"));
        Assert.Contains("too far from", Refused("a,y,b\n1e200,1,2\n"));
    }

    [Fact]
    public void Dropped_rows_keep_the_line_numbers_of_the_others()
    {
        var table = Load("a,y\n" + Lines(20, i => $"{i},{i % 2}"), new() { Missing = MissingValues.Drop }).Preprocessing;

        var rows = Apply("a,y\n1,0\nNA,1\n3,?\n4,1\n", table);

        Assert.Equal([2, 5], rows.Lines);
        Assert.Equal([0, 1], rows.Data.Labels!);
        Assert.Equal(2, rows.Report.Dropped);
    }

    [Theory]
    [InlineData("iris.csv", null, "iris: 120 samples [4], 3 classes")]
    [InlineData("wine.csv", null, "wine: 142 samples [13], 3 classes")]
    [InlineData("wdbc.data", "1", "wdbc: 455 samples [31], 2 classes")]
    [InlineData("abalone.csv", null, "abalone: 3341 samples [10], 1 target")]
    [InlineData("penguins.csv", "species", "penguins: 276 samples [10], 3 classes")]
    [InlineData("california-housing.csv", "median_house_value", "california-housing: 16512 samples [13], 1 target")]
    public void Real_tables_are_understood(string file, string? target, string expected)
    {
        var path = SharedData.Find("tabular", file);

        var table = CsvTable.Load(path, new() { Target = target });

        Assert.Equal(expected, table.Data.Train.ToString());
        Assert.Equal(file is "penguins.csv" or "california-housing.csv", table.Preprocessing.HasHeader);
        Assert.Equal(file switch { "penguins.csv" => 19, "california-housing.csv" => 207, _ => 0 }, table.Report.Filled);
    }
}
