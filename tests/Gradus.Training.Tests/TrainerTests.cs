using Gradus.Nn;

namespace Gradus.Training.Tests;

public sealed class TrainerTests
{
    [Fact]
    public void A_run_tells_its_start_each_step_each_epoch_and_its_end_in_order()
    {
        // given
        var (model, data) = Make.Untrained();

        // when
        var events = new Trainer(model.Network, data, new TrainingOptions { Epochs = 2, BatchSize = 60 }).Run().ToArray();

        // then
        Assert.Equal(new TrainingStarted(42, 160, 6, 3), events[0]);
        Assert.Equal(["StepDone", "StepDone", "StepDone", "EpochDone", "StepDone", "StepDone", "StepDone", "EpochDone", "TrainingDone"],
            events[1..].Select(static happened => happened.GetType().Name));
        Assert.Equal([1, 2, 3, 4, 5, 6], events.OfType<StepDone>().Select(static step => step.Step));
        Assert.Equal([60, 60, 40], events.OfType<StepDone>().Take(3).Select(static step => step.Samples));
        var done = Assert.IsType<TrainingDone>(events[^1]);
        Assert.Equal(Evaluation.Of(model.Network, data.Test).Loss, done.Test!.Loss);
    }

    [Fact]
    public void The_training_loss_of_an_epoch_is_the_mean_over_its_samples()
    {
        // given
        var (model, data) = Make.Untrained();

        // when
        var events = new Trainer(model.Network, data, new TrainingOptions { Epochs = 1, BatchSize = 60 }).Run().ToArray();

        // then
        var steps = events.OfType<StepDone>().ToArray();
        Assert.Equal(steps.Sum(static step => step.Loss * step.Samples) / 160, events.OfType<EpochDone>().Single().TrainLoss, 12);
    }

    [Fact]
    public void Steps_end_a_run_within_an_epoch()
    {
        // given
        var (model, data) = Make.Untrained();

        // when
        var events = new Trainer(model.Network, data, new TrainingOptions { Steps = 4, BatchSize = 60 }).Run().ToArray();

        // then
        Assert.Equal(4, events.OfType<StepDone>().Count());
        Assert.Equal([1, 2], events.OfType<EpochDone>().Select(static epoch => epoch.Epoch));
        Assert.IsType<TrainingDone>(events[^1]);
    }

    [Fact]
    public void The_network_is_left_with_the_weights_of_the_best_epoch()
    {
        // given: a rate so high that later epochs are worse
        var (model, data) = Make.Untrained();
        var options = new TrainingOptions { Epochs = 12, BatchSize = 16, Optimizer = OptimizerKind.Sgd, LearningRate = 2, Schedule = ScheduleKind.Constant };

        // when
        var events = new Trainer(model.Network, data, options).Run().ToArray();

        // then
        var best = events.OfType<EpochDone>().Last(static epoch => epoch.IsBest);
        var done = Assert.IsType<TrainingDone>(events[^1]);
        Assert.Equal(best.Epoch, done.BestEpoch);
        Assert.NotEqual(12, done.BestEpoch);
        Assert.Equal(best.Validation!.Loss, Evaluation.Of(model.Network, data.Validation).Loss);
        Assert.All(events.OfType<EpochDone>(), epoch => Assert.False(epoch.Validation!.IsBetterThan(best.Validation)));
    }

    [Fact]
    public void Without_validation_the_last_weights_are_kept_and_without_a_test_there_are_no_figures()
    {
        // given
        var (model, data) = Make.Untrained(valid: 0, test: 0);

        // when
        var events = new Trainer(model.Network, data, new TrainingOptions { Epochs = 3 }).Run().ToArray();

        // then
        Assert.All(events.OfType<EpochDone>(), static epoch => Assert.Null(epoch.Validation));
        var done = Assert.IsType<TrainingDone>(events[^1]);
        Assert.Equal((3, null), (done.BestEpoch, done.Test));
    }

    [Fact]
    public void Cancelling_ends_the_run_after_the_batch_with_the_weights_of_that_moment()
    {
        // given
        var (model, data) = Make.Untrained();
        var (other, sameData) = Make.Untrained();
        using var stop = new CancellationTokenSource();

        // when
        var events = new List<TrainingEvent>();
        foreach (var happened in new Trainer(model.Network, data, new TrainingOptions { Epochs = 5, BatchSize = 60, Schedule = ScheduleKind.Constant })
            .Run(stop.Token))
        {
            events.Add(happened);
            if (happened is StepDone { Step: 2 }) stop.Cancel();
        }

        _ = new Trainer(other.Network, sameData, new TrainingOptions { Epochs = 5, BatchSize = 60, Schedule = ScheduleKind.Constant }).Run()
            .TakeWhile(static happened => happened is not StepDone { Step: 2 }).Count();

        // then
        Assert.Equal(2, events.OfType<StepDone>().Count());
        Assert.Equal((1, 2L), events[^1] is TrainingInterrupted last ? (last.Epoch, last.Step) : default);
        Assert.Equal(Make.Weights(other), Make.Weights(model));
    }

    [Fact]
    public void Cancelling_before_the_first_step_makes_none()
    {
        // given
        var (model, data) = Make.Untrained();

        // when
        var events = new Trainer(model.Network, data).Run(new CancellationToken(canceled: true)).ToArray();

        // then
        Assert.Equal(["TrainingStarted", "TrainingInterrupted"], events.Select(static happened => happened.GetType().Name));
    }

    [Fact]
    public void The_cosine_schedule_warms_up_and_falls_towards_zero()
    {
        // given
        var (model, data) = Make.Untrained();

        // when
        var rates = new Trainer(model.Network, data, new TrainingOptions { Steps = 100, LearningRate = 0.5 }).Run().OfType<StepDone>()
            .Select(static step => step.LearningRate).ToArray();

        // then
        Assert.InRange(rates[0], 1e-9, 0.2);
        Assert.Equal(0.5, rates.Max(), 2);
        Assert.InRange(rates[^1], 0, 0.01);
        Assert.Equal(rates[5..].OrderDescending(), rates[5..]);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.1)]
    [InlineData(OptimizerKind.Adam, 0.001)]
    [InlineData(OptimizerKind.AdamW, 0.001)]
    public void Each_optimizer_learns_at_a_constant_rate_that_suits_it(OptimizerKind optimizer, double rate)
    {
        // given
        var (model, data) = Make.Untrained("mlp:32");

        // when
        var events = new Trainer(model.Network, data,
            new TrainingOptions { Epochs = 25, BatchSize = 16, Optimizer = optimizer, Schedule = ScheduleKind.Constant }).Run().ToArray();

        // then
        Assert.All(events.OfType<StepDone>(), step => Assert.Equal(rate, step.LearningRate));
        Assert.True(events.OfType<EpochDone>().Last().TrainLoss < 0.8 * events.OfType<EpochDone>().First().TrainLoss);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        // given
        var before = Compute.Threads;
        try
        {
            // when
            var weights = new[] { 1, 2, 3 }.Select(static threads =>
            {
                Compute.Threads = threads;
                return Make.Weights(Make.Trained());
            }).ToArray();

            // then
            Assert.Equal(weights[0], weights[1]);
            Assert.Equal(weights[0], weights[2]);
        }
        finally
        {
            Compute.Threads = before;
        }
    }

    [Fact]
    public void Another_seed_gives_another_run()
    {
        // when
        var one = Make.Trained(new TrainingOptions { Epochs = 1, Seed = 1 });
        var two = Make.Trained(new TrainingOptions { Epochs = 1, Seed = 2 });

        // then
        Assert.NotEqual(Make.Weights(one), Make.Weights(two));
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_the_run_and_names_epoch_batch_and_operator()
    {
        // given
        var (model, data) = Make.Untrained("mlp:8,8");
        var trainer = new Trainer(model.Network, data, new TrainingOptions { BatchSize = 16, Optimizer = OptimizerKind.Sgd, LearningRate = 1e30 });

        // when
        var exception = Assert.Throws<TrainingException>(() => trainer.Run().Count());

        // then
        Assert.Matches(@"^epoch 1, batch \d+: the loss is (NaN|∞|Infinity)\. The first operator that was not finite: .*linear", exception.Message);
    }

    [Fact]
    public void A_run_whose_validation_loss_was_never_finite_gives_no_model()
    {
        // given: the only step is the one that goes astray
        var (model, data) = Make.Untrained("mlp:8,8");
        var trainer = new Trainer(model.Network, data, new TrainingOptions { Steps = 1, Optimizer = OptimizerKind.Sgd, LearningRate = 1e30 });

        // when
        var exception = Assert.Throws<TrainingException>(() => trainer.Run().Count());

        // then
        Assert.StartsWith("epoch 1: the validation loss is NaN", exception.Message);
    }

    [Fact]
    public void Options_out_of_range_are_refused_at_once()
    {
        // given
        var (model, data) = Make.Untrained();
        TrainingOptions[] wrong =
        [
            new() { Epochs = 0 }, new() { Steps = 0 }, new() { BatchSize = 0 }, new() { LearningRate = double.NaN }, new() { LearningRate = -1 },
            new() { Momentum = 1 }, new() { WeightDecay = -1 }, new() { WeightDecay = double.PositiveInfinity },
        ];

        // then
        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(model.Network, data, options)));
    }

    [Fact]
    public void Real_targets_are_learnt_and_their_error_told_in_the_target_s_units()
    {
        // given
        using var folder = new TemporaryFolder();
        var source = DataSource.Parse("csv:" + folder.Write("r.csv", Make.Table(200, regress: true)), null);
        var loaded = LoadedData.Load(source, new DataOptions());
        var (model, data) = TrainedModel.Prepare(ModelSpec.Mlp(16), source, new DataOptions(), loaded);

        // when
        var events = new Trainer(model.Network, data, new TrainingOptions { Epochs = 40, BatchSize = 16, LearningRate = 0.01 }, model.TargetDeviation).Run()
            .ToArray();

        // then
        var done = Assert.IsType<TrainingDone>(events[^1]);
        Assert.Null(done.Test!.Accuracy);
        Assert.InRange(model.TargetDeviation, 200, 500);
        Assert.InRange(done.Test.RootMeanSquaredError!.Value, 0.01, 0.8 * model.TargetDeviation);
        Assert.Equal(Math.Sqrt(done.Test.Loss) * model.TargetDeviation, done.Test.RootMeanSquaredError.Value, 9);
    }

    [Fact]
    public void A_last_row_that_is_left_over_joins_the_batch_before_it_where_batch_norm_needs_more()
    {
        // given: 160 samples in batches of 53, and one over
        var (_, data) = Make.Untrained();
        var plain = new Sequential(new Linear(2, 8), new Relu(), new Linear(8, 2));
        var normed = new Sequential(new Linear(2, 8), new BatchNorm1d(8), new Relu(), new Linear(8, 2));

        // when
        var all = new Trainer(plain, data, new TrainingOptions { Epochs = 1, BatchSize = 53 }).Run().OfType<StepDone>().ToArray();
        var joined = new Trainer(normed, data, new TrainingOptions { Epochs = 1, BatchSize = 53 }).Run().OfType<StepDone>().ToArray();

        // then
        Assert.Equal([53, 53, 53, 1], all.Select(static step => step.Samples));
        Assert.Equal([53, 53, 54], joined.Select(static step => step.Samples));
        Assert.All(normed.State().Values, static values => Assert.True(values.IsFinite().All().Item<bool>()));
    }

    [Fact]
    public void Weights_that_were_loaded_drawn_or_trained_stay_and_others_are_drawn_from_the_seed()
    {
        // given
        var (_, data) = Make.Untrained();
        var options = new TrainingOptions { Epochs = 1, Seed = 4 };
        Sequential loaded = Net(), drawn = Net(), fresh = Net(), partly = Net(), seeded = Net();
        var given = Net();
        given.Initialize(9);
        loaded.LoadState(given.State());
        drawn.Initialize(9);
        seeded.Initialize(4);
        partly.LoadPartialState(given.State().Where(static entry => entry.Key.StartsWith("0.", StringComparison.Ordinal)).ToDictionary());

        // when
        foreach (var net in new[] { loaded, drawn, fresh, partly }) _ = new Trainer(net, data, options);

        // then
        Assert.Equal(Weights(given), Weights(loaded));
        Assert.Equal(Weights(given), Weights(drawn));
        Assert.Equal(Weights(seeded), Weights(fresh));
        Assert.Equal([.. Weights((Linear)given[0]), .. Weights((Linear)seeded[3])], Weights(partly));

        // and dropout follows from the seed, however the weights came
        Assert.Equal(loaded.Forward(Tensor.Ones([9, 2])).ToArray<float>(), drawn.Forward(Tensor.Ones([9, 2])).ToArray<float>());

        static Sequential Net() => new(new Linear(2, 8), new Relu(), new Dropout(), new Linear(8, 2));
        static float[] Weights(Module net) => [.. net.State().SelectMany(static entry => entry.Value.ToArray<float>())];
    }

    [Fact]
    public void Without_samples_there_is_no_run()
    {
        // given
        var (model, data) = Make.Untrained();

        // when
        var error = Assert.Throws<GradusException>(() => new Trainer(model.Network, data with { Train = data.Train.Select([]) }));

        // then
        Assert.Equal("train: xor has no samples to train on.", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(model.Network, data, targetDeviation: double.NaN));
        foreach (var rate in new[] { double.NaN, double.PositiveInfinity, -1 })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(model.Network, data, new TrainingOptions { LearningRate = rate }));
        }
    }

    [Fact]
    public void A_last_step_that_ruins_the_weights_is_told()
    {
        // given: no validation that would see it, and a rate that no weight survives
        var (model, data) = Make.Untrained(valid: 0);
        var options = new TrainingOptions { Steps = 1, Optimizer = OptimizerKind.Sgd, LearningRate = 1e300, Schedule = ScheduleKind.Constant };

        // when
        var error = Assert.Throws<TrainingException>(() => new Trainer(model.Network, data, options).Run().ToArray());

        // then
        Assert.Matches("^after step 1: '.+' holds NaN or infinity", error.Message);
    }

    [Fact]
    public void A_mask_of_infinities_does_not_stand_in_the_way_and_a_buffer_that_loses_its_numbers_does()
    {
        // given
        var (_, data) = Make.Untrained();
        Masked sound = new(ruins: false), ruined = new(ruins: true);
        var options = new TrainingOptions { Epochs = 2 };

        // when
        var last = new Trainer(sound, data, options).Run().Last();
        var error = Assert.Throws<TrainingException>(() => new Trainer(ruined, data, options).Run().Count());

        // then
        Assert.IsType<TrainingDone>(last);
        Assert.Matches("^after step .+: 'seen' holds NaN or infinity", error.Message);
    }

    private sealed class Masked : Module<Tensor, Tensor>
    {
        private readonly bool _ruins;

        public Masked(bool ruins)
        {
            _ruins = ruins;
            Layer = new Linear(2, 2);
            Mask = new ModuleBuffer(Tensor.Of(0f, float.NegativeInfinity));
            Seen = new ModuleBuffer(Tensor.Zeros([1]));
        }

        private Linear Layer { get; set => field = Register(value); }

        private ModuleBuffer Mask { get; set => field = Register(value)!; }

        private ModuleBuffer Seen { get; set => field = Register(value)!; }

        protected override Tensor Compute(Tensor input)
        {
            if (_ruins) Seen.Value.Fill(double.NaN);
            // A softmax of one unit and a mask is 1: no gradient, and nothing infinite.
            return Layer.Forward(input) * (Tensor.Zeros([2]) + Mask.Value).Softmax().Sum();
        }
    }
}
