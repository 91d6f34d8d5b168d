using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests.Runs;

/// <summary>Any past step of a recorded run is made again, compared and verified.</summary>
public sealed class PastRunTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(7)]
    [InlineData(10)]
    public void A_past_step_has_the_loss_that_was_recorded(int? everySteps)
    {
        // given: dropout, whose draws depend on the position of its stream
        using var folder = new TemporaryFolder();
        Record(folder["r"], Make(), everySteps);
        using var past = new PastRun(folder["r"], Make());
        var curves = past.Record.ReadCurves();
        var random = new Random(1);

        // then: in any order
        for (var trial = 0; trial < 30; trial++)
        {
            var step = random.Next(1, 41);
            double? seen = null;
            var done = past.At(step - 1).LookInto(inside =>
            {
                seen = inside.Loss.Item();
                Assert.Equal((step, (step - 1) / 10 + 1, 16), (inside.Step, inside.Epoch, inside.Rows.Count));
                Assert.All(inside.Network.Parameters(), static parameter => Assert.NotNull(parameter.Grad));
                Assert.Equal(["input", "target"], inside.Batch.Keys);
            });
            Assert.Equal(curves.Losses[step - 1], done.Loss);
            Assert.Equal(curves.LearningRates[step - 1], done.LearningRate);
            Assert.Equal(seen, done.Loss);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => past.At(41));
        Assert.Throws<ArgumentOutOfRangeException>(() => past.At(-1));
    }

    [Fact]
    public void An_honest_run_is_true()
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["r"], Make(), 6);
        using var past = new PastRun(folder["r"], Make());

        // then
        Assert.Equal((40L, null), (RunVerification.Of(past).Steps, RunVerification.Of(past).Fault));
        Assert.InRange(RunVerification.Of(past, stretches: 2).Stretches, 2, 2);
    }

    [Theory]
    [InlineData("plateau")]
    [InlineData("equal average")]
    [InlineData("moving average")]
    [InlineData("patience")]
    [InlineData("accumulated")]
    [InlineData("unfrozen")]
    public void An_honest_run_is_true_and_equals_itself_whatever_the_end_of_an_epoch_makes(string kind)
    {
        // given: a checkpoint between the last step of each epoch and its end
        TrainingOptions With(TrainingOptions options) => kind switch
        {
            "plateau" => options with { ReduceOnPlateau = new() { Patience = 0, Threshold = 0.5 } },
            "equal average" => options with { AverageFromEpoch = 2 },
            "moving average" => options with { AverageDecay = 0.9 },
            "patience" => options with { Patience = 1, LearningRate = 0.5 },
            "accumulated" => options with { Accumulate = 3 },
            _ => options with { Freeze = ["0.*"], UnfreezeEpoch = 3 },
        };
        using var folder = new TemporaryFolder();
        Record(folder["a"], Make(with: With), 5);
        Record(folder["b"], Make(with: With), 10);
        using var a = new PastRun(folder["a"], Make(with: With));
        using var b = new PastRun(folder["b"], Make(with: With));

        // then
        Assert.Null(RunVerification.Of(a).Fault);
        Assert.Null(RunVerification.Of(b, stretches: 1, seed: 3).Fault);
        Assert.Null(RunDifference.Between(a, b));
        // A run that is verified can be asked afterwards.
        Assert.Equal(a.Record.LastStep, a.At(a.Record.LastStep).Capture().Progress.Step);
    }

    [Theory]
    [InlineData("\"best_epoch\":", "\"best_epoch\":1", "best epoch")]
    [InlineData("\"valid_accuracy\":", "\"valid_accuracy\":1.5,\"was\":", "valid_accuracy")]
    [InlineData("{\"event\":\"done\"", "{\"event\":\"step\",\"step\":41,\"loss\":0.1,\"lr\":0.001}\n{\"event\":\"done\"", "the record has step 41")]
    public void A_figure_that_was_written_into_the_record_is_refuted(string text, string forged, string fault)
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["r"], Make(), 7);
        var events = File.ReadAllText(folder["r/events.jsonl"]);
        var at = events.LastIndexOf(text, StringComparison.Ordinal);
        File.WriteAllText(folder["r/events.jsonl"], events[..at] + forged + events[(at + text.Length)..]);

        // when
        using var past = new PastRun(folder["r"], Make());
        var found = RunVerification.Of(past);

        // then
        Assert.False(found.IsTrue);
        Assert.Contains(fault, found.Fault);
    }

    [Fact]
    public void Runs_that_are_validated_on_other_samples_differ_at_the_end_of_an_epoch()
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["a"], Make(), 7);
        Record(folder["b"], Make(validation: 10), 7);
        using var a = new PastRun(folder["a"], Make());
        using var b = new PastRun(folder["b"], Make(validation: 10));

        // when
        var found = RunDifference.Between(a, b);

        // then
        Assert.Equal((DifferenceKind.Epoch, 10, "valid_loss"), (found!.Kind, found.Step, found.Place));
        Assert.StartsWith("after step 10, at the end of epoch 1: valid_loss is ", found.Text);
    }

    [Fact]
    public void A_step_that_evaluates_its_loss_several_times_is_not_looked_into()
    {
        // given
        var trainer = Make(with: static options => options with { CustomOptimizer = static parameters => new Lbfgs(parameters) });

        // then
        Assert.Contains("Lbfgs", Assert.Throws<GradusException>(() => trainer.LookInto(static _ => { })).Message);
    }

    [Theory]
    [InlineData("label", "step 2")]
    [InlineData("option", "step 1: learning rate")]
    [InlineData("weight", "after step 6, made again and in the checkpoint, 'network.0.weight' [0,1]")]
    public void A_run_that_is_not_what_its_recipe_gives_is_refuted(string change, string fault)
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["r"], Make(), 6);
        if (change == "weight") Change(folder["r/checkpoints/step-000000006.safetensors"]);

        // when
        using var past = new PastRun(folder["r"], change switch
        {
            "label" => Make(flipped: RowOf(step: 2)),
            "option" => Make(rate: 0.0011),
            _ => Make(),
        });
        var found = RunVerification.Of(past);

        // then
        Assert.False(found.IsTrue);
        Assert.StartsWith(fault, found.Fault);
    }

    [Fact]
    public void Two_equal_runs_have_no_difference()
    {
        // given
        using var folder = new TemporaryFolder();
        Record(folder["a"], Make(), 7);
        Record(folder["b"], Make(), 11);
        using var a = new PastRun(folder["a"], Make());
        using var b = new PastRun(folder["b"], Make());

        // then
        Assert.Null(RunDifference.Between(a, b));
    }

    [Theory]
    [InlineData("label", DifferenceKind.Batch, "target")]
    [InlineData("constant", DifferenceKind.Forward, "2: mul")]
    [InlineData("rate", DifferenceKind.Update, "network.0.weight")]
    [InlineData("weight", DifferenceKind.Start, "network.0.weight")]
    public void A_planted_difference_is_found_by_step_operator_and_element(string planted, DifferenceKind kind, string place)
    {
        // given: ten of each kind, at random places
        using var folder = new TemporaryFolder();
        Record(folder["a"], Make(), 7);
        var random = new Random(place.Length);
        for (var trial = 0; trial < 10; trial++)
        {
            var (step, column) = (planted is "constant" or "weight" ? 1 : random.Next(1, 41), random.Next(2));
            Func<Trainer<Labeled>> other = planted switch
            {
                "label" => () => Make(flipped: RowOf(step), from: step),
                "constant" => () => Make(scale: 1 + ((trial + 1) * 1e-6)),
                "rate" => () => Make(schedule: at => at == step - 1 ? 0.5 : 1),
                _ => () => Make(weight: (trial, column)),
            };
            Record(folder[$"b{trial}"], other(), 5 + trial);
            using var a = new PastRun(folder["a"], Make());
            using var b = new PastRun(folder[$"b{trial}"], other());

            // when
            var found = RunDifference.Between(a, b);

            // then
            Assert.NotNull(found);
            Assert.Equal((kind, step, place), (found.Kind, found.Step, found.Place));
            Assert.NotNull(found.Element);
            Assert.NotEqual(found.Element.A, found.Element.B);
            Assert.Contains($"step {step}:", found.Text);
            if (planted == "weight") Assert.Equal([trial % 8, column], found.Element.Element);
            if (planted == "label") Assert.Equal([3], found.Element.Element);
        }
    }

    [Fact]
    public void A_run_that_was_changed_between_two_of_its_parts_is_told()
    {
        // given: a weight is another in the checkpoint from which the run was taken up
        using var folder = new TemporaryFolder();
        Record(folder["a"], Make(), 7);
        Record(folder["b"], Make(), 7, until: 14);
        Change(folder["b/checkpoints/step-000000014.safetensors"]);
        var resumed = Make();
        using (var run = RunFolder.Resume(folder["b"], resumed, out _)) _ = run.Record(resumed, new CheckpointOptions { EverySteps = 7 }).Last();
        using var a = new PastRun(folder["a"], Make());
        using var b = new PastRun(folder["b"], Make());

        // when
        var found = RunDifference.Between(a, b);

        // then
        Assert.Equal((DifferenceKind.Record, 14, "network.0.weight"), (found!.Kind, found.Step, found.Place));
        Assert.StartsWith("after step 14: the second run was changed: by its recipe and by its checkpoint, 'network.0.weight' [0,1]: ", found.Text);
        Assert.EndsWith(" and 0.5", found.Text);
        Assert.StartsWith("after step 14, ", RunVerification.Of(b).Fault);
    }

    /// <summary>A sample that is in the batch of a step.</summary>
    private static int RowOf(int step) => new Batches(160, new BatchOptions { Size = 16 }).Epoch((step - 1) / 10).ElementAt((step - 1) % 10).Span[3];

    private static Trainer<Labeled> Make(
        int? flipped = null, int from = 0, double scale = 1, double rate = 0.001, (int Row, int Column)? weight = null, Func<long, double>? schedule = null,
        Func<TrainingOptions, TrainingOptions>? with = null, int? validation = null)
    {
        var network = new Sequential(new Linear(2, 8), new Tanh(), new Scaled(scale), new Dropout(0.2), new Linear(8, 2));
        network.Initialize(0);
        if (weight is { } place) network.State()["0.weight"][place.Row % 8, place.Column].Fill(0.25);
        var (epoch, batch) = ((from - 1) / 10, (from - 1) % 10);
        var points = Points.Moons(new PointOptions { Count = 200 });
        var train = points.Train.Map((labeled, rows, at) =>
        {
            if (flipped is not { } row || at < epoch || rows.IndexOf(row) is not (>= 0 and var index)) return labeled;
            var target = labeled.Target.Clone();
            target[index].Fill(1 - target[index].Item<int>());
            return labeled with { Target = target };
        });
        var options = new TrainingOptions
        {
            Epochs = 4,
            BatchSize = 16,
            LearningRate = rate,
            CustomSchedule = schedule is null ? null : _ => Nn.Schedule.Of(schedule),
            Schedule = ScheduleKind.Constant,
        };
        return new Trainer<Labeled>(
            new Classification(network), train, validation is { } some ? points.Validation.Select([.. Enumerable.Range(0, some)]) : points.Validation,
            with?.Invoke(options) ?? options);
    }

    private static void Record(string path, Trainer<Labeled> trainer, int? everySteps, int? until = null)
    {
        using var run = RunFolder.Create(path, "{}");
        var events = run.Record(trainer, new CheckpointOptions { EverySteps = everySteps });
        _ = until is { } step ? events.First(happened => happened is CheckpointSaved saved && saved.Step == step) : events.Last();
    }

    private static void Change(string checkpoint)
    {
        var (state, events) = Checkpoint.Read(checkpoint);
        state.Tensors["network.0.weight"][0, 1].Fill(0.5);
        Checkpoint.Write(checkpoint, state, events);
    }

    private sealed class Scaled(double scale) : Module<Tensor, Tensor>
    {
        protected override Tensor Compute(Tensor input) => input * scale;
    }
}
