namespace Gradus.Data.Tests.Sources.Tables;

public sealed class TargetTransformTests
{
    private static readonly TableOptions Logarithms = new() { Task = TaskKind.Regress, TargetTransform = TargetTransform.Log };

    [Fact]
    public void The_logarithm_of_1_and_the_target_is_learnt_standardized_and_kept()
    {
        // when
        var (data, preprocessing, _) = Rows(60, static row => row % 7).Split(Logarithms with { ValidationShare = 0, TestShare = 0 });
        var target = TablePreprocessing.FromJson(preprocessing.ToJson()).Target;

        // then
        Assert.Equal(TargetTransform.Log, target.Transform);
        Assert.Equal(Enumerable.Range(0, 60).Average(static row => Math.Log(1 + (row % 7))), target.Mean, 12);
        Assert.Equal((preprocessing.Target.Mean, preprocessing.Target.Deviation), (target.Mean, target.Deviation));
        var learnt = data.Train.Targets!.Select(number => Math.Round(Math.Exp((number * target.Deviation) + target.Mean) - 1, 4)).Distinct().Order();
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], learnt);
    }

    [Fact]
    public void Of_a_negative_target_and_of_classes_there_is_no_logarithm()
    {
        // then
        Assert.Contains(
            "row 5: the target \"y\" is -1; TargetTransform = TargetTransform.Log learns ln(1 + target) of targets from 0 on. Leave it out.",
            Error(Rows(60, static row => row == 4 ? -1 : row), Logarithms), StringComparison.Ordinal);
        Assert.Contains("has 7 classes", Error(Rows(60, static row => row % 7), Logarithms with { Task = TaskKind.Auto }), StringComparison.Ordinal);
        var learnt = Rows(60, static row => row).Split(Logarithms).Preprocessing;
        var later = Assert.Throws<InvalidDataException>(() => Rows(3, static row => -row).ToTable().Apply(learnt, withTarget: true));
        Assert.Contains("row 2: the target \"y\" is -1; the model learnt ln(1 + target) of targets from 0 on.", later.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_recommended_where_a_few_targets_are_far_above_the_others()
    {
        // given
        string[] NotesOf(Func<int, double> target, TableOptions options) =>
            [.. Rows(200, target).Split(options).Report.Notes.Select(static note => note.ToString())];

        // then
        var plain = new TableOptions { Task = TaskKind.Regress };
        var note = Assert.Single(NotesOf(static row => Math.Exp(row / 10.0), plain));
        Assert.StartsWith("the target \"y\": a few numbers are far above the others (skewness 3.", note, StringComparison.Ordinal);
        Assert.EndsWith("; TargetTransform = TargetTransform.Log learns ln(1 + target)", note, StringComparison.Ordinal);
        Assert.Empty(NotesOf(static row => Math.Exp(row / 10.0), Logarithms));
        Assert.Empty(NotesOf(static row => row, plain));
        Assert.Empty(NotesOf(static row => Math.Exp(row / 10.0) - 2, plain));
    }

    private static string Error(TableRecords<int> rows, TableOptions options) => Assert.Throws<InvalidDataException>(() => rows.Split(options)).Message;

    private static TableRecords<int> Rows(int count, Func<int, double> target) =>
        Table.From(Enumerable.Range(0, count)).Column("x", static row => row * 37 % 101).Target("y", row => target(row));
}
