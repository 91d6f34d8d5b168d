using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests.Shards;

public class SyncBatchNormTests
{
    private const int Samples = 48;

    private static readonly TrainingOptions Options = new()
    {
        Steps = 3,
        BatchSize = 24,
        Shards = 8,
        SyncBatchNorm = true,
        Optimizer = OptimizerKind.Sgd,
        Schedule = ScheduleKind.Constant,
    };

    [Fact]
    public void A_step_of_shards_is_that_of_the_whole_batch_but_for_rounding()
    {
        foreach (var steps in (int[])[1, 3])
        {
            // given
            var whole = Train(Options with { Steps = steps, Shards = 1 });

            // then: weights and running statistics; also with one sample a shard, of which each channel of the last layer has one value
            foreach (var shards in (int[])[2, 3, 8, 24])
            {
                var sharded = Train(Options with { Steps = steps, Shards = shards });
                Assert.All(whole.Zip(sharded), pair => Assert.Equal(pair.First, pair.Second, steps * 1e-5f));
            }
        }

        // and without it, it is not
        Assert.Contains(
            Train(Options with { Shards = 1 }).Zip(Train(Options with { SyncBatchNorm = false })), static pair => Math.Abs(pair.First - pair.Second) > 1e-3);
    }

    [Fact]
    public void However_many_processes_and_threads_compute_the_shards_the_weights_have_the_same_bits()
    {
        // given
        var alone = Train(Options, dropout: 0.2);
        var threads = Compute.Threads;
        try
        {
            foreach (var count in (int[])[1, 3])
            {
                Compute.Threads = count;
                foreach (var processes in (int[])[1, 2, 3, 4, 8])
                {
                    // when
                    var all = new Together(processes).Run(exchange => Train(Options with { Exchange = exchange }, dropout: 0.2));

                    // then
                    Assert.All(all, weights => Assert.Equal(alone, weights));
                }
            }
        }
        finally
        {
            Compute.Threads = threads;
        }
    }

    [Fact]
    public void A_layer_that_is_computed_again_for_its_gradient_meets_the_others_again()
    {
        // given
        Tensor Plain(Module<Tensor, Tensor> network, Tensor x) => network.Forward(x);
        Tensor Again(Module<Tensor, Tensor> network, Tensor x) => Autograd.Checkpoint(network.Forward, x);

        // then
        Assert.Equal(Train(Options, dropout: 0.2, forward: Plain), Train(Options, dropout: 0.2, forward: Again));
    }

    [Fact]
    public void A_loss_that_is_not_finite_in_one_shard_ends_all_processes()
    {
        // given: one sample of the data is NaN
        var source = Source(rows =>
        {
            var batch = Pictures(rows);
            for (var row = 0; row < rows.Length; row++)
            {
                if (rows[row] == 7) batch.Input.Slice(0, row, 1).Fill(float.NaN);
            }

            return batch;
        });

        // when
        string Fail(IShardExchange? exchange) =>
            Assert.Throws<TrainingException>(() => Train(Options with { Steps = 4, Exchange = exchange }, source: source)).Message;

        // then
        var alone = Fail(null);
        Assert.Matches(@"^epoch 1, batch [12]: the loss is NaN\. The first operator that was not finite: .*conv", alone);
        Assert.All(new Together(3).Run(Fail), message => Assert.Equal(alone, message));
    }

    [Fact]
    public void A_shard_that_fails_ends_all_processes_and_tells_why_where_it_happened()
    {
        // given: a sample that cannot be read
        var source = Source(rows => rows.Contains(7) ? throw new IOException("the disk is gone") : Pictures(rows));
        Exception Fail(IShardExchange? exchange) => Assert.ThrowsAny<Exception>(() => Train(Options with { Steps = 4, Exchange = exchange }, source: source));

        // when
        var alone = Fail(null);
        var all = new Together(3).Run(Fail);

        // then
        Assert.Equal("the disk is gone", Assert.IsType<BatchReadException>(alone).InnerException!.Message);
        Assert.Equal("the disk is gone", Assert.Single(all.OfType<BatchReadException>()).InnerException!.Message);
        Assert.Equal(2, all.OfType<GradusException>().Count(static error => error.Message.StartsWith("shards: a shard of another process failed", default)));
    }

    [Fact]
    public void Shards_that_do_not_go_through_the_same_layers_are_told_so()
    {
        string Fail(bool skips)
        {
            var network = new Fickle(skips);
            var trainer = new Trainer<Labeled>(new Classification(network), Source(Pictures), options: Options with { Shards = 5 });
            return Assert.Throws<GradusException>(() => trainer.Run().Last()).Message;
        }

        Assert.StartsWith("syncBatchNorm: ", Fail(skips: true));
        Assert.Contains("met in layers of different sizes", Fail(skips: false));
    }

    [Fact]
    public void What_cannot_be_shared_is_refused()
    {
        string Refused(TrainingOptions options) => Assert.Throws<ArgumentOutOfRangeException>(() => Train(options)).Message;
        Assert.Contains("leave out Accumulate", Refused(Options with { Accumulate = 2 }));
        Assert.Contains("each of 8 shards of a batch needs a sample", Refused(Options with { BatchSize = 7 }));
        Assert.Contains("leave out halfOnWire", Refused(Options with { Exchange = new Rounding() }));
        Assert.Contains(
            "a batch has 5 samples, fewer than the 8 shards",
            Assert.Throws<GradusException>(() => Train(Options, source: Source(Pictures, 5))).Message);
    }

    private static float[] Train(
        TrainingOptions options, double? dropout = null, IBatchSource<Labeled>? source = null, Func<Module<Tensor, Tensor>, Tensor, Tensor>? forward = null)
    {
        var network = new Sequential(
            new Conv2d(1, 5, 3), new BatchNorm2d(5), new Relu(), new Dropout(dropout ?? 0), new Conv2d(5, 3, 3), new BatchNorm2d(3, momentum: null), new Relu(),
            new Flatten(), new Linear(12, 6), new BatchNorm1d(6, affine: false), new Linear(6, 3));
        LearningTask<Labeled> task = forward is null ? new Classification(network) : new Through(network, forward);
        _ = new Trainer<Labeled>(task, source ?? Source(Pictures), options: options).Run().Last();
        return [.. network.State().Values.SelectMany(static tensor => tensor.To(DType.Float32).ToArray<float>())];
    }

    private static IBatchSource<Labeled> Source(Func<int[], Labeled> read, int samples = Samples) =>
        BatchSources.From(samples, rows => read([.. rows.ToArray<int>()]));

    private static Labeled Pictures(int[] rows)
    {
        const int Size = 36;
        var (pixels, labels) = (new float[rows.Length * Size], new long[rows.Length]);
        for (var row = 0; row < rows.Length; row++)
        {
            labels[row] = rows[row] % 3;
            for (var pixel = 0; pixel < Size; pixel++) pixels[(row * Size) + pixel] = MathF.Sin((rows[row] * 7) + (pixel * (labels[row] + 1))) + 2;
        }

        return new Labeled(Tensor.From(pixels, [rows.Length, 1, 6, 6]), Tensor.From(labels, [rows.Length]));
    }

    private sealed class Rounding : IShardExchange
    {
        public int Rank => 0;

        public int Processes => 1;

        public bool IsExact => false;

        public PendingSum Begin(ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total) => throw new NotSupportedException();

        public void Gather(Memory<double> values, IReadOnlyList<Range> parts) => throw new NotSupportedException();
    }

    private sealed class Through(Sequential network, Func<Module<Tensor, Tensor>, Tensor, Tensor> forward) : LearningTask<Labeled, Sequential>(network)
    {
        public override Tensor Loss(Labeled batch) => Losses.CrossEntropy(forward(Network, batch.Input), batch.Target);
    }

    /// <summary>A network that computes batches of five samples, of which there is one in a step, otherwise than those of four.</summary>
    private sealed class Fickle : Module<Tensor, Tensor>
    {
        private readonly bool _skips;

        public Fickle(bool skips) =>
            (_skips, One, Other, Head) = (skips, new BatchNorm1d(36), new BatchNorm1d(18), new Linear(36, 3));

        public BatchNorm1d One { get; set => field = Register(value); }

        public BatchNorm1d Other { get; set => field = Register(value); }

        public Linear Head { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor x)
        {
            var rows = x.Reshape(x.Shape[0], 36);
            if (x.Shape[0] == 4 && _skips) return Head.Forward(rows);
            return Head.Forward(x.Shape[0] == 4 ? Other.Forward(rows.Reshape(-1, 18)).Reshape(-1, 36) : One.Forward(rows));
        }
    }
}
