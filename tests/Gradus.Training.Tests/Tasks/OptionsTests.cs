using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests.Tasks;

/// <summary>Options that change what a step or a run is made of.</summary>
public sealed class OptionsTests
{
    [Theory, InlineData(2), InlineData(3), InlineData(100)]
    public void A_batch_in_parts_is_the_step_of_the_whole_batch_but_for_rounding(int parts)
    {
        // given
        var options = new TrainingOptions { Epochs = 2, BatchSize = 16, Optimizer = OptimizerKind.Sgd, ClipNorm = 1 };

        // when
        var whole = Run(options);
        var accumulated = Run(options with { Accumulate = parts });

        // then: the last batch of an epoch has 8 samples
        Assert.Equal(whole.Events.OfType<StepDone>().Select(static step => (step.Step, step.Samples)),
            accumulated.Events.OfType<StepDone>().Select(static step => (step.Step, step.Samples)));
        foreach (var (one, other) in whole.Weights.Zip(accumulated.Weights)) Assert.Equal(one, other, 1e-5);
        Assert.NotEqual(whole.Weights, accumulated.Weights);
    }

    [Fact]
    public void Parts_are_read_one_after_the_other()
    {
        // given
        var read = new List<int>();
        var data = BatchSources.From(20, rows =>
        {
            read.Add(rows.Shape[0]);
            return new Labeled(rows.Unsqueeze(1).To(DType.Float32) * 0.01, rows.Unsqueeze(1).To(DType.Float32));
        });

        // when
        new Trainer<Labeled>(new Regression(new Linear(1, 1)), data, null, new() { Epochs = 1, BatchSize = 8, Accumulate = 3 }).Fit();

        // then
        Assert.Equal([2, 3, 3, 2, 3, 3, 1, 1, 2], read);
    }

    [Fact]
    public void A_task_with_two_optimizers_sums_up_by_itself()
    {
        // given
        var gan = new Gan(new ModuleDict<Sequential>(("critic", new Sequential(new Linear(1, 1))), ("generator", new Sequential(new Linear(4, 1)))));
        var data = BatchSources.From(8, static rows => rows.Unsqueeze(1).To(DType.Float32));

        // when
        var exception = Assert.Throws<GradusException>(() => new Trainer<Tensor>(gan, data, null, new() { Accumulate = 2 }));

        // then
        Assert.Contains("the task has 2 optimizers", exception.Message);
    }

    [Fact]
    public void The_mean_of_the_weights_at_the_ends_of_epochs_is_kept()
    {
        // given
        var options = new TrainingOptions { Epochs = 5, BatchSize = 16, Optimizer = OptimizerKind.Sgd, Schedule = ScheduleKind.Constant };
        var ends = Enumerable.Range(3, 3).Select(epoch => Run(options with { Epochs = epoch }, validates: false).Weights).ToArray();

        // when
        var averaged = Run(options with { AverageFromEpoch = 3 }, validates: false).Weights;

        // then
        for (var index = 0; index < averaged.Length; index++) Assert.Equal(ends.Average(weights => weights[index]), averaged[index], 1e-5);
        Assert.Equal(Run(options, validates: false).Weights, Run(options with { AverageFromEpoch = 6 }, validates: false).Weights);
    }

    [Fact]
    public void An_averaged_run_that_is_taken_up_ends_with_the_same_bits()
    {
        // given
        var options = new TrainingOptions { Epochs = 5, BatchSize = 16, AverageFromEpoch = 2, Accumulate = 2 };
        var whole = Run(options).Weights;

        // when
        foreach (var cut in new[] { 5, 20, 33 })
        {
            var (broken, _) = Make(options);
            using var events = broken.Run().GetEnumerator();
            for (var index = 0; index < cut; index++) events.MoveNext();
            var (rest, network) = Make(options);
            rest.Restore(broken.Capture());
            rest.Fit();

            // then
            Assert.Equal(whole, Numbers(network));
        }
    }

    [Fact]
    public void A_run_whose_time_is_over_ends_with_its_best_weights_and_says_so()
    {
        // given: a source that takes its time
        var data = BatchSources.From(32, static rows =>
        {
            Thread.Sleep(10);
            return new Labeled(rows.Unsqueeze(1).To(DType.Float32) * 0.01, rows.Unsqueeze(1).To(DType.Float32));
        });
        var trainer = new Trainer<Labeled>(
            new Regression(new Linear(1, 1)), data, null, new() { Epochs = 1000, BatchSize = 8, Budget = new() { Time = TimeSpan.FromMilliseconds(100) } });

        // when
        var events = trainer.Run().ToArray();

        // then
        var spent = Assert.IsType<BudgetSpent>(events[^2]);
        Assert.InRange(events.OfType<StepDone>().Count(), 1, 10);
        Assert.Equal(events.OfType<StepDone>().Last().Step, spent.Step);
        Assert.Equal(events.OfType<EpochDone>().Last().Epoch, spent.Epoch);
        Assert.Equal(spent.Epoch, Assert.IsType<TrainingDone>(events[^1]).BestEpoch);
        Assert.StartsWith("{\"event\":\"budget\"", EventJson.Of(spent, "m"));

        // then: and does not go on when it is taken up
        var rest = new Trainer<Labeled>(
            new Regression(new Linear(1, 1)), data, null, new() { Epochs = 1000, BatchSize = 8, Budget = new() { Time = TimeSpan.FromMilliseconds(100) } });
        rest.Restore(trainer.Capture());
        Assert.Equal(["TrainingResumed", "BudgetSpent", "TrainingDone"], rest.Run().Select(static happened => happened.GetType().Name));
    }

    [Fact]
    public void A_budget_that_is_not_needed_is_not_told()
    {
        // when
        var events = Run(new() { Epochs = 2, Budget = new() { Time = TimeSpan.FromDays(1) } }).Events;

        // then
        Assert.DoesNotContain(events, static happened => happened is BudgetSpent);
    }

    [Fact]
    public void An_optimizer_that_evaluates_the_loss_several_times_trains_too()
    {
        // given
        var x = Tensor.Linspace(-1.0, 1, 64).Unsqueeze(1);
        var data = BatchSources.From(64, rows => new Labeled(x.IndexSelect(0, rows), x.Square().IndexSelect(0, rows)));
        var options = new TrainingOptions { Epochs = 10, Schedule = ScheduleKind.Constant, CustomOptimizer = static parameters => new Lbfgs(parameters) };
        Trainer<Labeled> Make(TrainingOptions options) =>
            new(new Regression(new Sequential(new Linear(1, 16), new Tanh(), new Linear(16, 1))), data, null, options);

        // when
        var losses = Make(options).Run().OfType<StepDone>().Select(static step => step.Loss).ToArray();

        // then
        Assert.Equal(10, losses.Length);
        Assert.InRange(losses[^1], 0, 1e-4);
        Assert.Contains("leave out ClipNorm", Assert.Throws<GradusException>(() => Make(options with { ClipNorm = 1 }).Fit()).Message);
    }

    [Fact]
    public void Options_are_held_to_their_ranges()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new() { Accumulate = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new() { AverageFromEpoch = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new() { AverageFromEpoch = 1, AverageDecay = 0.9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new() { Budget = new() { Time = TimeSpan.Zero } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new() { Budget = new() { Cores = 0 } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new() { Budget = new() { Cores = 1.5 } }));
    }

    private static (List<TrainingEvent> Events, float[] Weights) Run(TrainingOptions options, bool validates = true)
    {
        var (trainer, network) = Make(options, validates);
        return ([.. trainer.Run()], Numbers(network));
    }

    private static (Trainer<Labeled> Trainer, Sequential Network) Make(TrainingOptions options, bool validates = true)
    {
        var network = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 2));
        var moons = Points.Moons(new PointOptions { Count = 150, ValidationShare = 0.1, TestShare = 0.1 });
        return (new Trainer<Labeled>(new Classification(network), moons.Train, validates ? moons.Validation : null, options), network);
    }

    private static float[] Numbers(Module network) => [.. network.State().SelectMany(static entry => entry.Value.ToArray<float>())];
}
