using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests.Tables;

public class TableModelTests
{
    private static readonly TrainingOptions Short = new()
    {
        Epochs = 20,
        BatchSize = 32,
        LearningRate = 0.01,
        AverageDecay = 0.9,
        BestByLoss = true,
        Baselines = true,
    };

    [Fact]
    public void A_table_is_learnt_better_than_by_a_line_where_it_is_no_line_and_the_file_says_the_same()
    {
        // given: y is a step in a, and a city that matters
        var table = Steps(400).Split(new TableOptions { Task = TaskKind.Regress });
        var (model, data) = Prepare("table:4,32,2", table);

        // when
        var done = (TrainingDone)new Trainer(model.Network, data, Short, model.TargetDeviation).Run().Last();
        using var folder = new TemporaryFolder();
        model.Save(folder["m.safetensors"]);
        var opened = TrainedModel.Load(folder["m.safetensors"]);

        // then
        Assert.Equal(["linear", "mean"], done.Baselines.Select(static baseline => baseline.Name));
        var (linear, mean) = (done.Baselines[0].Test!.RootMeanSquaredError!.Value, done.Baselines[1].Test!.RootMeanSquaredError!.Value);
        Assert.InRange(linear, 0, 1.1 * mean);
        Assert.InRange(done.Test!.RootMeanSquaredError!.Value, 0, 0.7 * linear);
        model.Network.Eval();
        Assert.Equal(Outputs(model, data.Test), Outputs(opened, data.Test));
    }

    [Fact]
    public void A_run_begins_at_the_linear_model_of_its_rows_and_one_that_is_taken_up_does_not()
    {
        // given: y = 2a − b
        var table = Table.From([.. Enumerable.Range(0, 200)]).Column("a", static row => row * 37 % 101).Column("b", static row => row * 53 % 89)
            .Target("y", static row => 2.0 * (row * 37 % 101) - row * 53 % 89).Split();
        var (model, data) = Prepare("table:2,16,1", table);
        var network = (TableNetwork)model.Network;

        // when
        _ = new Trainer(network, data, Short, model.TargetDeviation);
        var begun = network.Skip.Weight.Value.ToArray<float>();
        using (new NoGrad()) network.Skip.Weight.Value.Fill(7);
        _ = new Trainer(network, data, Short, model.TargetDeviation);

        // then: of standardized numbers, a matters about twice as much as b, the other way
        Assert.InRange(begun[0], 0.7f, 1.1f);
        Assert.InRange(begun[1] / begun[0], -0.55f, -0.35f);
        Assert.All(network.Skip.Weight.Value.ToArray<float>(), static weight => Assert.Equal(7, weight));
    }

    [Fact]
    public void Equal_seeds_give_equal_bits_on_any_number_of_threads()
    {
        // given
        var table = Steps(150).Split();
        var before = Compute.Threads;

        // when
        float[] Run(int threads)
        {
            Compute.Threads = threads;
            var (model, data) = Prepare("table:4,16,2", table);
            _ = new Trainer(model.Network, data, Short with { Epochs = 2 }, model.TargetDeviation).Run().Last();
            return Outputs(model, data.Train);
        }

        try
        {
            // then
            Assert.Equal(Run(1), Run(3));
        }
        finally
        {
            Compute.Threads = before;
        }
    }

    [Fact]
    public void The_best_epoch_by_loss_is_the_one_of_the_lowest_validation_loss()
    {
        // given
        var table = Steps(150).Split(new TableOptions { Task = TaskKind.Classify, Target = "city" });
        var (model, data) = Prepare("table:2,16,1", table);

        // when
        var events = new Trainer(model.Network, data, Short with { AverageDecay = null, Epochs = 8 }).Run().ToArray();

        // then
        var epochs = events.OfType<EpochDone>().ToArray();
        Assert.Equal(epochs.MinBy(static epoch => epoch.Validation!.Loss)!.Epoch, ((TrainingDone)events[^1]).BestEpoch);
    }

    [Fact]
    public void Balanced_classes_find_more_of_the_rare_one()
    {
        // given: one row in ten is rare, and nothing tells it for sure
        var table = Table.From([.. Enumerable.Range(0, 600)]).Column("a", static row => row * 37 % 101 / 101.0)
            .Target("y", static row => row * 37 % 101 > 60 && row % 4 == 0 ? "rare" : "usual").Split();

        // when
        double Recall(bool balanced)
        {
            var (model, data) = Prepare("mlp:8", table);
            model.Network.Initialize(0);
            _ = new Trainer(model.Network, data, Short with { BalanceClasses = balanced }).Run().Last();
            return Evaluation.Of(model.Network, data.Train).Confusion![0, 0];
        }

        // then
        Assert.True(Recall(true) > Recall(false));
    }

    [Fact]
    public void What_is_needed_is_told_from_what_is_not()
    {
        // given: y follows from the first column alone; the second has the same numbers in another order
        var table = Table.From([.. Enumerable.Range(0, 300)]).Column("planted", static row => row * 37 % 101 / 101.0)
            .Column("shuffled", static row => row * 53 % 97 / 97.0).Column("color", static row => row % 3 == 0 ? "red" : "blue")
            .Target("y", static row => 10 * (row * 37 % 101 / 101.0)).Split();
        var (model, data) = Prepare("mlp:16", table);
        _ = new Trainer(model.Network, data, Short, model.TargetDeviation).Run().Last();

        // when
        var columns = PermutationImportance.Of(model, data.Test, curves: 2);

        // then
        Assert.Equal("planted", columns[0].Name);
        Assert.All(columns.Skip(1), other => Assert.InRange(Math.Abs(other.Importance), 0, 0.05 * columns[0].Importance));
        var curve = columns[0].Curve;
        Assert.InRange(curve[^1].Mean[0] - curve[0].Mean[0], 6, 12);
        Assert.Empty(columns[2].Curve);
        Assert.Equal(columns.Select(static column => column.Importance), PermutationImportance.Of(model, data.Test).Select(static column => column.Importance));
    }

    [Fact]
    public void Importance_asks_for_a_table()
    {
        var (model, data) = Make.Untrained();

        Assert.Contains("expected one that tells the target of a row of a table", Assert.Throws<GradusException>(
            () => PermutationImportance.Of(model, data.Test)).Message);
    }

    private static Table Steps(int rows) => Table.From([.. Enumerable.Range(0, rows)])
        .Column("a", static row => row * 37 % 101 / 101.0)
        .Column("city", static row => row % 3 == 0 ? "Ulm" : "Bonn")
        .Target("y", static row => (row * 37 % 101 > 50 ? 3.5 : 0.5) + (row % 3 == 0 ? 1 : 0) + (row * 37 % 101 > 80 ? -4 : 0)).ToTable();

    private static (TrainedModel Model, DataSplit Data) Prepare(string spec, TableSplit table)
    {
        var source = new DataSource(DataKind.Csv, "memory.csv");
        return TrainedModel.Prepare(ModelSpec.Parse(spec), source, new DataOptions(), new LoadedData(table.Data, table.Preprocessing, table.Report));
    }

    private static float[] Outputs(TrainedModel model, Dataset data) =>
        [.. Evaluation.Predict(model.Network, data).SelectMany(static batch => batch.Outputs.ToArray<float>())];
}
