using Gradus.Formats;
using Gradus.Nn;
using Gradus.Testing;

namespace Gradus.Training.Tests.Runs;

/// <summary>What TensorBoard is told of a run.</summary>
public sealed class RunBoardTests
{
    [Fact]
    public void A_run_writes_every_step_every_epoch_its_options_and_its_graph()
    {
        // given
        using var folder = new TemporaryFolder();

        // when
        Train(folder["r"], epochs: 2);

        // then
        var file = Assert.Single(TensorBoardWriter.FilesIn(folder["r"]));
        var values = BoardEvents.Values(file);
        var curves = RunRecord.Open(folder["r"]).ReadCurves();
        var losses = values.Where(static value => value.Tag == "step/loss").ToArray();
        Assert.Equal(curves.Steps, losses.Select(static value => value.Step));
        Assert.Equal(curves.Losses.Select(static loss => (float)loss), losses.Select(static value => value.Value.Real32(2)));
        Assert.Equal([10L, 20L], values.Where(static value => value.Tag == "step/gradient_norm").Select(static value => value.Step));
        Assert.Equal([10L, 20L], values.Where(static value => value.Tag == "epoch/valid_accuracy").Select(static value => value.Step));
        string[] named = ["1.weight", "1.bias", "3.weight", "3.bias"];
        foreach (var kind in (string[])["weights", "gradients"])
        {
            var histograms = values.Where(value => value.Tag.StartsWith(kind + "/", StringComparison.Ordinal)).ToArray();
            Assert.Equal(named.Order().Select(name => $"{kind}/{name}"), histograms.Select(static value => value.Tag).Distinct().Order());
            Assert.Equal([10L, 20L], histograms.Select(static value => value.Step).Distinct());
        }

        Assert.Equal("| option | value |\n|---|---|\n| lr | 0.1 |", values.Single(static value => value.Tag == "recipe").Value.Message(8).Text(8));
        Assert.Equal("data/0", values.Single(static value => value.Value.Has(4)).Tag);
        Assert.Equal(["done/test_loss", "done/test_accuracy", "_hparams_/session_end_info"], values[^3..].Select(static value => value.Tag));
        Assert.Single(BoardEvents.Read(file), static one => one.Has(4));
    }

    [Fact]
    public void Equal_runs_write_equal_bytes_and_are_trained_as_without()
    {
        // given
        using var folder = new TemporaryFolder();

        // when
        var first = Train(folder["a"], epochs: 2);
        var second = Train(folder["b"], epochs: 2);
        var (plain, data) = Make.Untrained();
        _ = new Trainer(plain.Network, data, Options(2)).Run().Last();

        // then
        Assert.Equal(File.ReadAllBytes(TensorBoardWriter.FilesIn(folder["a"])[0]), File.ReadAllBytes(TensorBoardWriter.FilesIn(folder["b"])[0]));
        Assert.Equal(Make.Weights(plain), Make.Weights(first));
        Assert.Equal(Make.Weights(plain), Make.Weights(second));
    }

    [Theory]
    // In the middle of an epoch, at its last step before and after its end, and in the epoch behind.
    [InlineData(8, 3)]
    [InlineData(10, 5)]
    [InlineData(13, 10)]
    [InlineData(19, 1)]
    public void A_run_that_is_taken_up_goes_on_in_another_file_without_a_step_or_an_epoch_twice(int killed, int every)
    {
        // given: killed while its files are behind or ahead of the checkpoint, one of them cut
        using var folder = new TemporaryFolder();
        Train(folder["whole"], epochs: 2);
        Train(folder["r"], epochs: 2, until: killed, every);
        var cut = TensorBoardWriter.FilesIn(folder["r"])[0];
        File.AppendAllText(cut, "cut");

        // when
        var (model, data) = Make.Untrained();
        var trainer = new Trainer(model.Network, data, Options(2));
        using (var run = RunFolder.Resume(folder["r"], trainer, out _))
        using (var board = Board(folder["r"], model, data, minute: 1)) _ = board.Follow(run.Record(trainer)).Last();

        // then
        var files = TensorBoardWriter.FilesIn(folder["r"]);
        Assert.Equal(2, files.Count);
        Assert.Equal(Scalars(TensorBoardWriter.FilesIn(folder["whole"])), Scalars(files));
    }

    [Fact]
    public void A_run_whose_first_part_wrote_nothing_gets_its_steps_from_its_events()
    {
        // given
        using var folder = new TemporaryFolder();
        Train(folder["whole"], epochs: 2);
        Train(folder["r"], epochs: 2, until: 13, every: 6);
        foreach (var file in TensorBoardWriter.FilesIn(folder["r"])) File.Delete(file);

        // when
        var (model, data) = Make.Untrained();
        var trainer = new Trainer(model.Network, data, Options(2));
        using (var run = RunFolder.Resume(folder["r"], trainer, out _))
        using (var board = Board(folder["r"], model, data, minute: 1)) _ = board.Follow(run.Record(trainer)).Last();

        // then
        Assert.Equal(Scalars(TensorBoardWriter.FilesIn(folder["whole"])), Scalars(TensorBoardWriter.FilesIn(folder["r"])));
        Assert.Contains(BoardEvents.Values(TensorBoardWriter.FilesIn(folder["r"])[0]), static value => value.Tag == "recipe");
    }

    [Fact]
    public void A_run_that_is_replaced_takes_its_files_along()
    {
        // given
        using var folder = new TemporaryFolder();
        Train(folder["r"], epochs: 1);

        // when
        using (RunFolder.Create(folder["r"], "{}", overwrite: true)) Assert.Empty(TensorBoardWriter.FilesIn(folder["r"]));
    }

    [Fact]
    public void A_recorded_run_is_exported_with_the_times_of_its_epochs()
    {
        // given
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["r"]);
        folder.Write("r/run.json", "{\"lr\":0.1}");
        File.SetLastWriteTimeUtc(folder["r/run.json"], DateTime.UnixEpoch.AddSeconds(1_000_000_000));
        folder.Write("r/events.jsonl", """
            {"event":"start","steps":4}
            {"event":"step","step":1,"loss":4,"lr":0.1}
            {"event":"step","step":2,"loss":null,"lr":0.1}
            {"event":"epoch","epoch":1,"step":2,"train_loss":3,"seconds":10}
            {"event":"step","step":3,"loss":2,"lr":0.1}
            {"event":"step","step":4,"loss":1,"lr":0.1}
            {"event":"done","best_epoch":1,"test_loss":3,"seconds":14}

            """);

        // when
        var path = RunBoard.Export(RunRecord.Open(folder["r"]), folder["out"]);
        RunBoard.Export(RunRecord.Open(folder["r"]), folder["out"]);

        // then: the second time in the place of the first
        Assert.Equal("events.out.tfevents.1000000000.gradus.000", Path.GetFileName(Assert.Single(Directory.GetFiles(folder["out"]))));
        var losses = BoardEvents.Read(path).Where(static one => one.Has(5) && one.Message(5).Messages(1)[0].Text(1) == "step/loss").ToArray();
        Assert.Equal([1_000_000_005, 1_000_000_010, 1_000_000_012, 1_000_000_014], losses.Select(static one => one.Real(1)));
        Assert.Equal([4, float.NaN, 2, 1], losses.Select(static one => one.Message(5).Messages(1)[0].Real32(2)));
    }

    [Fact]
    public void A_graph_leads_from_layer_to_layer_over_what_is_computed_between_them()
    {
        // given
        var network = new Branches();

        // when
        var nodes = ModuleGraph.Of(network, Tensor.Zeros([1, 4])).ToDictionary(static node => node.Name);

        // then: dropout, which drops nothing in use, is passed all the same
        var passed = ModuleGraph.Of(new Sequential(new Linear(4, 3), new Dropout(0.5), new Linear(3, 2)), Tensor.Zeros([1, 4]));
        Assert.Equal(["input", "0", "1"], passed.SelectMany(static node => node.Inputs));
        Assert.Equal(["input"], nodes["left"].Inputs);
        Assert.Equal(["input"], nodes["right/0"].Inputs);
        Assert.Equal(["right/0"], nodes["right/1"].Inputs);
        Assert.Equal(["left", "right/1"], nodes["end"].Inputs.Order());
        Assert.Equal(("Linear", "Relu"), (nodes["left"].Op, nodes["right/1"].Op));
        Assert.Equal([1, 3], nodes["left"].Output);
        Assert.Equal([3, 4], nodes["left"].Shapes.Single(static shape => shape.Key == "weight").Value);
    }

    [Theory]
    [InlineData("mlp:8")]
    [InlineData("cnn")]
    [InlineData("resnet20")]
    [InlineData("transformer")]
    [InlineData("lstm:8,2")]
    public void The_graph_of_every_network_has_edges_to_nodes_that_are_there(string spec)
    {
        // given
        var network = ModelSpec.Parse(spec).Assemble(new ModelData(DataForm.Picture, [1, 16, 16], 3));

        // when
        var nodes = ModuleGraph.Of(network, Tensor.Zeros([1, 1, 16, 16]));

        // then
        Assert.True(nodes.Count > 2);
        var names = nodes.Select(static node => node.Name).ToHashSet();
        Assert.Equal(nodes.Count, names.Count);
        Assert.All(nodes.Skip(1), node => Assert.NotEmpty(node.Inputs));
        Assert.All(nodes.SelectMany(static node => node.Inputs), name => Assert.Contains(name, names));
    }

    /// <summary>Every number of every step and epoch, but for histograms, which a killed run may not have finished.</summary>
    private static (long Step, string Tag, float Value)[] Scalars(IEnumerable<string> files) => [.. files.SelectMany(BoardEvents.Values)
        .Where(static value => value.Value.Has(2)).Select(static value => (value.Step, value.Tag, value.Value.Real32(2)))
        .OrderBy(static value => value.Step).ThenBy(static value => value.Tag, StringComparer.Ordinal)];

    private static TrainedModel Train(string path, int epochs, int until = int.MaxValue, int? every = null)
    {
        var (model, data) = Make.Untrained();
        using var run = RunFolder.Create(path, """{"lr":0.1}""");
        using var board = Board(path, model, data);
        var events = run.Record(new Trainer(model.Network, data, Options(epochs)), new CheckpointOptions { EverySteps = every });
        foreach (var happened in board.Follow(events))
        {
            if (happened is StepDone { Step: var step } && step == until) break;
        }

        return model;
    }

    private static RunBoard Board(string path, TrainedModel model, Data.DataSplit data, int minute = 0) => new(path, new Clock(minute))
    {
        Network = model.Network,
        Graph = () => ModuleGraph.Of(model.Network, Data.DatasetTensors.InputTensor(data.Train, [0])),
        Pictures = [Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")],
    };

    private static TrainingOptions Options(int epochs) => new() { Epochs = epochs, BatchSize = 16, GradientNormEvery = 10 };

    private sealed class Clock(int minute) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, minute, 0, TimeSpan.Zero);
    }

    /// <summary>Two ways from the input, which are added up.</summary>
    private sealed class Branches : Module<Tensor, Tensor>
    {
        public Branches() => (Left, Right, End) = (new Linear(4, 3), new Sequential(new Linear(4, 3), new Relu()), new Linear(3, 2));

        private Linear Left { get; set => field = Register(value); }

        private Sequential Right { get; set => field = Register(value); }

        private Linear End { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor x) => End.Forward((Left.Forward(x).Tanh() * 2) + Right.Forward(x));
    }
}
