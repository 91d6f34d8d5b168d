namespace Gradus.Data.Tests;

public class SeriesTests
{
    private static readonly TableOptions Windows = new() { Window = 3, Horizon = 2, Target = "y" };

    // A number that grows, one that falls, and a text.
    private static Table Series(int rows, Func<int, double?>? y = null) => Table.From(Enumerable.Range(0, rows))
        .Column("month", static row => new DateOnly(2000 + row / 12, 1 + row % 12, 1)).Column("falling", static row => 100 - row)
        .Target("y", row => y is null ? row * row : y(row)).ToTable();

    private static double[] Sample(TableSplit split, Dataset data, int sample)
    {
        var numbers = new float[data.Inputs.Size];
        data.Inputs.CopyRows([sample], numbers);
        var columns = split.Preprocessing.Columns;
        return [.. numbers.Select((number, at) => Math.Round((number * columns[at % columns.Count].Deviation) + columns[at % columns.Count].Mean, 2))];
    }

    private static double Target(TableSplit split, Dataset data, int sample) =>
        Math.Round((data.Targets![sample] * split.Preprocessing.Target.Deviation) + split.Preprocessing.Target.Mean, 2);

    [Fact]
    public void A_window_holds_past_rows_of_all_numbers_and_its_target_comes_a_horizon_later()
    {
        // when
        var split = Series(44).Split(Windows);

        // then
        var (train, valid, test) = split.Data;
        Assert.Equal((32, 4, 4), (train.Count, valid.Count, test.Count));
        Assert.Equal([3, 2], train.InputShape);
        Assert.Equal(["y", "falling"], split.Preprocessing.Columns.Select(static column => column.Name));
        Assert.Equal([0, 100, 1, 99, 4, 98], Sample(split, train, 0));
        Assert.Equal(16, Target(split, train, 0));
        Assert.Equal([1024, 68, 1089, 67, 1156, 66], Sample(split, valid, 0));
        Assert.Equal(36 * 36, Target(split, valid, 0));
        Assert.Equal(43 * 43, Target(split, test, 3));
        Assert.Equal(["column \"month\": left out: a time series is forecast from numbers"], TableText.Notes(split.Report));
    }

    [Fact]
    public void What_comes_after_the_training_part_changes_nothing_of_what_is_learnt()
    {
        // given: the last training window has its target in row 35
        var other = Series(44, static row => row > 35 ? -1e6 : row * row);

        // then
        Assert.Equal(Series(44).Split(Windows).Preprocessing.ToJson(), other.Split(Windows).Preprocessing.ToJson());
    }

    [Fact]
    public void A_later_table_is_cut_into_windows_too_and_without_targets_the_future_is_forecast()
    {
        // given
        var split = Series(44).Split(Windows);
        var preprocessing = TablePreprocessing.FromJson(split.Preprocessing.ToJson());

        // when
        var known = Series(44).Apply(preprocessing, withTarget: true);
        var unknown = Series(44).Apply(preprocessing, withTarget: false);

        // then
        Assert.Equal(split.Preprocessing.ToJson(), preprocessing.ToJson());
        Assert.Equal((40, 42), (known.Data.Count, unknown.Data.Count));
        Assert.Equal([3, 4], known.Lines.Take(2));
        Assert.Equal(44, unknown.Lines[^1]);
        var again = preprocessing.Split(known.Data, 0.1, 0.1, seed: 7);
        Assert.Equal(split.Data.Test.Targets, again.Test.Targets);
        Assert.Equal(Sample(split, split.Data.Test, 1), Sample(split, again.Test, 1));
        Assert.Throws<InvalidDataException>(() => Series(2).Apply(preprocessing, withTarget: false));
    }

    [Fact]
    public void Missing_values_are_those_before_them_and_a_missing_target_ends_no_window()
    {
        // given
        var table = Series(44, static row => row is 1 or 2 ? null : row);

        // when
        var filled = table.Split(Windows with { ValidationShare = 0, TestShare = 0 });
        var dropped = table.Split(Windows with { ValidationShare = 0, TestShare = 0, Missing = MissingValues.Drop });

        // then
        Assert.Equal([0, 100, 0, 99, 0, 98], Sample(filled, filled.Data.Train, 0));
        Assert.Equal((40, 2), (filled.Data.Train.Count, filled.Report.Filled));
        Assert.Equal([3, 97, 4, 96, 5, 95], Sample(dropped, dropped.Data.Train, 0));
        Assert.Throws<InvalidDataException>(() => table.Split(Windows with { Missing = MissingValues.Error }));
    }

    [Fact]
    public void Persistence_says_the_last_value_again()
    {
        // given
        var split = Series(44, static row => 3.0 * row).Split(Windows);

        // then: two rows later it is 6 more
        Assert.Equal(6, split.Preprocessing.PersistenceError(split.Data.Test)!.Value, 1e-4);
        Assert.Null(Series(44).Split(Windows with { Window = null }).Preprocessing.PersistenceError(split.Data.Test));
    }

    [Fact]
    public void What_cannot_be_forecast_is_refused_by_its_reason()
    {
        string Fault(TableOptions options, int rows = 44) => Assert.Throws<InvalidDataException>(() => Series(rows).Split(options)).Message;

        Assert.StartsWith("records: the target \"month\" holds dates, which are no target.", Fault(Windows with { Target = "month" }));
        Assert.StartsWith("records: the target \"y\" of a time series is forecast as a number.", Fault(Windows with { Task = TaskKind.Classify }));
        Assert.StartsWith("records: 4 rows hold no window of 3 rows with a target 2 later", Fault(Windows, 4));
        Assert.StartsWith("records: 2 windows are too few to train", Fault(Windows, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Series(44).Split(Windows with { Window = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Series(44).Split(Windows with { Horizon = 0 }));
    }
}
