using System.Security.Cryptography;
using Gradus.Data;
using Gradus.Nn;
using Gradus.Training.Tests.Golden;
using Gradus.Training.Tests.Tasks;

namespace Gradus.Training.Tests.Trials;

/// <summary>Trials before a run find what they are for, and leave nothing behind.</summary>
// The default generator is one for all: what other tests draw from it meanwhile would look like a trace of a trial.
[Collection(nameof(Alone))]
public sealed class TrialTests
{
    private static readonly Dictionary<string, Func<ITried>> Runs = new()
    {
        ["dropout, averaged, on a plateau, frozen in part"] = static () => Of(
            new Classification(new Sequential(new Linear(2, 16), new Relu(), new Dropout(0.3), new Linear(16, 2))),
            Points.Moons(new PointOptions { Count = 150 }),
            new() { Epochs = 3, BatchSize = 32, AverageDecay = 0.9, ReduceOnPlateau = new(), Freeze = ["0.weight"], UnfreezeEpoch = 2 }),
        ["batch norm, spectral norm"] = static () => Of(
            new Classification(Normed()), Points.Moons(new PointOptions { Count = 150 }),
            new() { Epochs = 3, BatchSize = 32, Optimizer = OptimizerKind.Sgd, ClipNorm = 1 }),
        ["sizes left open"] = static () => Of(
            new Classification(new Sequential(new Linear(8), new BatchNorm1d(), new Relu(), new Linear(2))), Points.Moons(new PointOptions { Count = 150 }),
            new() { Epochs = 3, BatchSize = 32 }),
        ["two optimizers"] = static () =>
        {
            var numbers = Tensor.Randn([150, 1], generator: new Generator(1));
            var parts = new ModuleDict<Sequential>(
                ("critic", new Sequential(new Linear(1, 8), new Relu(), new Dropout(0.2), new Linear(8, 1))),
                ("generator", new Sequential(new Linear(4, 8), new Relu(), new Linear(8, 1))));
            var data = BatchSources.From(150, rows => numbers.IndexSelect(0, rows));
            return new Tried<Tensor>(new Gan(parts), data, data, new() { Epochs = 3, BatchSize = 32 });
        },
    };

    public static TheoryData<string> Names => [.. Runs.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_trial_leaves_every_byte_as_it_was(string name)
    {
        // given: before the run, and after 5 of its steps
        foreach (var steps in new[] { 0, 5 })
        {
            var tried = Runs[name]();
            using var events = tried.Trainer.Run().GetEnumerator();
            for (var index = 0; index <= steps; index++) events.MoveNext();
            Tensor.Rand([3]);
            var before = tried.Sha();

            // when
            foreach (var trial in tried.Trials)
            {
                trial();

                // then
                Assert.Equal(before, tried.Sha());
            }

            // then: and the run goes on as one that nobody interrupted
            while (events.MoveNext())
            {
            }

            var whole = Runs[name]();
            whole.Trainer.Fit();
            Assert.Equal(whole.ShaOfWeights(), tried.ShaOfWeights());
        }
    }

    [Fact]
    public void A_trial_that_fails_leaves_every_byte_as_it_was()
    {
        // given
        var data = BatchSources.From(64, static rows => new Labeled(Tensor.Full([rows.Shape[0], 2], 1e30), Tensor.Full([rows.Shape[0], 1], -1e30)));
        var tried = new Tried<Labeled>(new Regression(new Sequential(new Linear(2, 8), new Linear(8, 1))), data, data, new());
        var before = tried.Sha();

        // when
        Assert.Throws<TrainingException>(() => tried.Typed.OverfitOneBatch());
        Assert.Throws<TrainingException>(() => tried.Typed.TryOut());

        // then
        Assert.Empty(tried.Typed.FindLearningRate().Points);
        Assert.Equal(before, tried.Sha());
    }

    [Theory, InlineData(OptimizerKind.Sgd), InlineData(OptimizerKind.AdamW)]
    public void The_rate_that_is_found_learns(OptimizerKind optimizer)
    {
        // given
        var (moons, network) = (Points.Moons(new PointOptions { Count = 600 }), new Sequential(new Linear(2, 32), new Tanh(), new Linear(32, 2)));
        var options = new TrainingOptions { Epochs = 40, BatchSize = 32, Optimizer = optimizer };

        // when
        var curve = new Trainer(network, moons, options).FindLearningRate(new() { Highest = 30 });
        new Trainer(network, moons, options with { LearningRate = curve.Suggestion }).Fit();

        // then
        Assert.Equal(curve.Points.OrderBy(static point => point.Rate), curve.Points);
        Assert.InRange(curve.Suggestion!.Value, 0.01, 1);
        Assert.InRange(Evaluation.Of(network, moons.Validation).Accuracy!.Value, 0.95, 1);
    }

    [Fact]
    public void A_loss_that_nothing_can_lower_suggests_no_rate()
    {
        // given
        var data = BatchSources.From(64, static rows => new Labeled(Tensor.Zeros([rows.Shape[0], 2]), Tensor.Zeros([rows.Shape[0]], DType.Int64)));
        var task = new Classification(new Sequential(new Linear(2, 1)));

        // when
        var curve = new Trainer<Labeled>(task, data).FindLearningRate();

        // then
        Assert.Equal(100, curve.Points.Count);
        Assert.Null(curve.Suggestion);
    }

    [Fact]
    public void One_batch_is_learned_by_heart_or_nothing_is()
    {
        // given: a network that can, and one whose gradient is cut
        var moons = Points.Moons(new PointOptions { Count = 300 });
        var can = new Sequential(new Linear(2, 64), new Relu(), new Linear(64, 2));
        var cannot = new Sequential(new Linear(2, 1), new Cut(), new Linear(1, 2));

        // when
        double Fall(Sequential network) => new Trainer(network, moons, new() { LearningRate = 0.01 }).OverfitOneBatch() is var losses
            ? losses[^1] / losses[0] : 0;

        // then
        Assert.InRange(Fall(can), 0, 0.05);
        Assert.InRange(Fall(cannot), 0.5, 2);
    }

    [Fact]
    public void A_dry_run_goes_through_everything_and_names_what_is_not_trained()
    {
        // given
        var moons = Points.Moons(new PointOptions { Count = 300 });
        var network = new Sequential(new Linear(2, 64), new Cut(), new Linear(64, 2));

        // when
        var tried = new Trainer(network, moons, new() { BatchSize = 16 }).TryOut();

        // then
        Assert.Equal(2, tried.Losses.Count);
        Assert.Equal(["0.weight", "0.bias"], tried.Untrained);
        Assert.Equal(30, tried.Validation!.Confusion!.ToArray().Sum());
        Assert.NotNull(tried.Test);
        Assert.True(tried.SecondsPerStep > 0);
    }

    [Fact]
    public void Options_of_a_search_are_held_to_their_ranges()
    {
        // given
        var trainer = new Trainer(new Sequential(new Linear(2, 2)), Points.Moons(new PointOptions { Count = 60 }));

        // then
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FindLearningRate(new() { Lowest = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FindLearningRate(new() { Lowest = 1, Highest = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FindLearningRate(new() { Steps = 9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.FindLearningRate(new() { Divergence = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.OverfitOneBatch(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.TryOut(0));
    }

    private static Tried<Labeled> Of(LearningTask<Labeled> task, DataSplit data, TrainingOptions options) => new(task, data.Train, data.Validation, options);

    private static Sequential Normed()
    {
        var first = new Linear(2, 16);
        SpectralNorm.Apply(first);
        return new(first, new BatchNorm1d(16), new Relu(), new Linear(16, 2));
    }

    private interface ITried
    {
        ITrainer Trainer { get; }

        IReadOnlyList<Action> Trials { get; }

        string Sha();

        string ShaOfWeights();
    }

    private sealed class Tried<TBatch>(LearningTask<TBatch> task, IBatchSource<TBatch> train, IBatchSource<TBatch> validation, TrainingOptions options) : ITried
    {
        public Trainer<TBatch> Typed { get; } = new(task, train, validation, options);

        public ITrainer Trainer => Typed;

        public IReadOnlyList<Action> Trials =>
            [() => Typed.FindLearningRate(new() { Steps = 20 }), () => Typed.OverfitOneBatch(7), () => Typed.TryOut()];

        /// <summary>The bytes of all that a run depends on: the weights and their like, the cursor, the streams, what is frozen.</summary>
        public string Sha()
        {
            var state = Typed.Capture();
            var rest = $"{state.Progress} {Generator.Default.Position} {string.Concat(task.Network.Parameters().Select(static p => p.IsFrozen))}";
            return ShaOf(state.Tensors) + rest;
        }

        public string ShaOfWeights() => ShaOf(task.Network.State());

        private static string ShaOf(IReadOnlyDictionary<string, Tensor> tensors)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (name, value) in tensors)
            {
                hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{name} {value.DType}{value.Shape}"));
                var bytes = value.DType switch
                {
                    DType.Float32 => System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(value.ToArray<float>()),
                    DType.Float64 => System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(value.ToArray<double>()),
                    _ => System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(value.To(DType.Int64).ToArray<long>()),
                };
                hash.AppendData(bytes);
            }

            return Convert.ToHexString(hash.GetHashAndReset());
        }
    }

    /// <summary>Lets nothing flow back.</summary>
    private sealed class Cut : Module<Tensor, Tensor>
    {
        protected override Tensor Compute(Tensor input) => input.Detach();
    }
}
