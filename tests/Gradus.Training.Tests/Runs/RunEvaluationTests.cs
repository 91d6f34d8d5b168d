using Gradus.Data;

namespace Gradus.Training.Tests.Runs;

/// <summary>What a model does sample by sample, as it is kept beside its run.</summary>
public sealed class RunEvaluationTests
{
    [Fact]
    public void An_evaluation_agrees_with_that_of_the_training_and_is_read_back_as_it_was_written()
    {
        // given
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["r"]);
        var (model, data) = Make.Untrained();
        var known = Evaluation.Of(model.Network, data.Validation);

        // when
        var evaluation = RunEvaluation.Of(model, data)!;
        evaluation.Write(folder["r"]);
        var read = RunEvaluation.Read(folder["r"])!;

        // then
        Assert.Equal(known.Accuracy, evaluation.Accuracy);
        Assert.Equal(known.Loss, evaluation.Loss!.Value, 1e-6);
        Assert.Equal(data.Validation.Count, evaluation.Classes!.Sum(static one => one.Support));
        Assert.Equal(known.Confusion![0, 0], evaluation.Confusion![0][0]);
        Assert.Equal(Math.Min(RunEvaluation.MostWorst, data.Validation.Count), evaluation.Worst.Count);
        Assert.Equal(evaluation.Worst.OrderByDescending(static one => one.Loss).Select(static one => one.Row), evaluation.Worst.Select(static one => one.Row));
        var worst = evaluation.Worst[0];
        Assert.Equal(data.Validation.ClassNames![data.Validation.Labels![worst.Row]], worst.Actual);
        Assert.Equal((evaluation.Loss, evaluation.Accuracy, evaluation.Worst.Count), (read.Loss, read.Accuracy, read.Worst.Count));
        Assert.Equal(evaluation.Classes, read.Classes!);
        Assert.Equal(worst with { Cells = null }, read.Worst[0] with { Cells = null });
        Assert.Equal(worst.Cells!, read.Worst[0].Cells!);
    }

    [Theory]
    [InlineData("worst", "null")]
    [InlineData("worst", """{"row":0,"cells":[null]}""")]
    [InlineData("worst", """{"row":0,"targets":[null]}""")]
    [InlineData("classes", "null")]
    [InlineData("points", "null")]
    [InlineData("confused", "null")]
    public void A_list_with_a_hole_is_damaged(string name, string element)
    {
        // given
        using var folder = new TemporaryFolder();
        var worst = name == "worst" ? "" : ""","worst":[]""";
        folder.Write("evaluation.json", $$"""{"version":1,"split":"valid","samples":1,"loss":1,"{{name}}":[{{element}}]{{worst}}}""");

        // then
        Assert.StartsWith(folder["evaluation.json"], Assert.Throws<InvalidDataException>(() => RunEvaluation.Read(folder[""])).Message);
    }

    [Fact]
    public void The_figures_of_a_class_follow_from_its_counts()
    {
        // given
        var result = new ClassResult("bee", Support: 10, Predicted: 8, Right: 6);

        // then
        Assert.Equal((0.75, 0.6, 12.0 / 18), (result.Precision, result.Recall, result.F1));
        Assert.True(double.IsNaN(new ClassResult("none", 0, 0, 0).F1));
    }

    [Fact]
    public void The_targets_of_numbers_are_in_their_unit_and_at_most_two_thousand()
    {
        // given
        using var folder = new TemporaryFolder();
        var lines = Enumerable.Range(0, 30_000).Select(static row => FormattableString.Invariant($"{row % 97},{1000 + (row % 97)}"));
        File.WriteAllLines(folder["t.csv"], lines.Prepend("x,y"));
        var source = new DataSource(DataKind.Csv, folder["t.csv"]);
        var options = new DataOptions { Task = TaskKind.Regress };
        var (model, data) = TrainedModel.Prepare(ModelSpec.Mlp(4), source, options, LoadedData.Load(source, options));

        // when
        var evaluation = RunEvaluation.Of(model, data)!;

        // then
        Assert.InRange(evaluation.Points!.Count, 1000, RunEvaluation.MostPoints);
        Assert.All(evaluation.Points, static point => Assert.InRange(point.Target, 999.9, 1096.1));
        Assert.Equal("y", evaluation.Target);
        var known = Evaluation.Of(model.Network, data.Validation, model.TargetDeviation);
        Assert.Equal(known.RootMeanSquaredError!.Value, evaluation.RootMeanSquaredError!.Value, 1e-6);
        var worst = evaluation.Worst[0];
        Assert.Equal("x", worst.Cells![0].Name);
        Assert.Equal(double.Parse(worst.Cells[0].Value, System.Globalization.CultureInfo.InvariantCulture), worst.Targets![0].Target - 1000, 1e-2);
    }

    [Fact]
    public void Weights_that_are_no_numbers_and_sets_that_are_empty_are_no_fault()
    {
        // given
        var (model, data) = Make.Untrained();
        model.Network.State().Values.First().Fill(double.NaN);
        var none = data.Validation.Select([]);

        // when
        var evaluation = RunEvaluation.Of(model, data)!;

        // then
        Assert.Null(evaluation.Loss);
        Assert.Null(evaluation.Worst[0].Predicted);
        Assert.Null(RunEvaluation.Of(model, data with { Validation = none, Test = none }));
    }
}
