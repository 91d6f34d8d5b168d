using System.Text.Json;
using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training.Tests.Shards;

public class BucketsTests
{
    private static readonly TrainingOptions Options = new() { Steps = 6, Shards = 4, BatchSize = 24 };

    [Fact]
    public void Gradients_go_out_while_the_last_shard_still_goes_back()
    {
        // given: 160,000 weights a layer, more than a bucket needs
        var (model, data) = Make.Untrained("mlp:400,400,400");
        var first = model.Network.Parameters().First();
        var early = new List<bool>();

        // when
        new Together(1).Run(exchange =>
        {
            var watched = new Watched(exchange, () => early.Add(first.Grad is null));
            return new Trainer(model.Network, data, Options with { Steps = 1, Exchange = watched }).Run().Last();
        });

        // then: the two large buckets before the gradient of the first layer is there, the small layer and what else there is after it
        Assert.Equal([true, true, false, false], early);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Parameters_that_are_frozen_or_have_no_part_are_named_and_hold_nobody_up(int unfrozenFrom)
    {
        // given
        var options = Options with { Steps = null, Epochs = 3, Freeze = ["first.*"], UnfreezeEpoch = unfrozenFrom };
        (string Bits, IReadOnlyList<string> Unused) Train(IShardExchange? exchange)
        {
            var network = new Forked();
            var (_, data) = Make.Untrained();
            var events = new Trainer<Labeled>(new Classification(network), data.Train, data.Validation, options with { Exchange = exchange }).Run().ToArray();
            var weights = network.Parameters().SelectMany(static parameter => parameter.Value.ToArray<float>());
            return (string.Join(' ', weights.Select(BitConverter.SingleToUInt32Bits)), events.OfType<ParametersUnused>().Single().Names);
        }

        // when
        var alone = Train(null);

        // then
        Assert.Equal(["unused.weight", "unused.bias"], alone.Unused);
        foreach (var processes in (int[])[1, 3])
            Assert.All(new Together(processes).Run(Train), result => Assert.Equal((alone.Bits, "unused.weight"), (result.Bits, result.Unused[0])));
    }

    [Fact]
    public void Processes_evaluate_parts_and_all_get_the_figures_of_one()
    {
        // given: seven batches of an evaluation, and fewer than there are processes
        foreach (var (samples, processes) in new[] { (1700, 3), (300, 4) })
        {
            var data = Points.Xor(new PointOptions { Count = 2 * samples, ValidationShare = 0.5, TestShare = 0.1 });
            IReadOnlyList<Evaluation?> Train(IShardExchange? exchange) =>
            [
                .. new Trainer(new Sequential(new Linear(2, 4), new Relu(), new Linear(4, 2)), data, Options with { Exchange = exchange }).Run()
                    .Select(static happened => happened is EpochDone done ? done.Validation : happened is TrainingDone end ? end.Test : null),
            ];

            // when
            var alone = Train(null);
            var together = new Together(processes).Run(Train);

            // then
            Assert.NotNull(alone[^1]);
            foreach (var figures in together)
            {
                Assert.Equal(alone.Select(static figure => figure?.Loss), figures.Select(static figure => figure?.Loss));
                Assert.Equal(alone.Select(static figure => figure?.Accuracy), figures.Select(static figure => figure?.Accuracy));
            }
        }
    }

    [Fact]
    public void A_process_reads_the_samples_of_its_shards_and_no_others()
    {
        // given
        var (_, data) = Make.Untrained();
        Counted[] read = [new(data.Train), new(data.Train), new(data.Train)];

        // when
        new Together(3).Run(exchange => new Trainer<Labeled>(
            new Classification(new Sequential(new Linear(2, 2))), read[exchange.Rank], options: Options with { Steps = 1, Exchange = exchange }).Run().Last());

        // then: of 24 samples in four shards one rank has two
        Assert.Equal([6, 6, 12], read.Select(static source => source.Rows.Count));
        Assert.Equal(24, read.SelectMany(static source => source.Rows).Distinct().Count());
    }

    [Fact]
    public void A_timeline_has_the_passes_of_each_shard_and_the_exchanges_of_the_last_steps()
    {
        // given
        var (model, data) = Make.Untrained("mlp:8");
        var timeline = new StepTimeline(steps: 2);

        // when
        new Together(1).Run(exchange => new Trainer(model.Network, data, Options with { Exchange = exchange, Timeline = timeline }).Run().Last());
        using var stream = new MemoryStream();
        TimelineTrace.Write(stream, [timeline.Spans]);

        // then
        Assert.Equal([5L, 6], timeline.Spans.Select(static span => span.Step).Distinct().Order());
        var last = timeline.Spans.Where(static span => span.Step == 6).ToArray();
        Assert.All(last, static span => Assert.True(span.Seconds >= 0));
        foreach (var kind in (TimelineKind[])[TimelineKind.Forward, TimelineKind.Backward])
            Assert.Equal([0, 1, 2, 3], last.Where(span => span.Kind == kind).Select(static span => span.Index));
        Assert.Single(last, static span => span.Kind == TimelineKind.Update);
        Assert.Contains(last, static span => span.Kind == TimelineKind.Exchange);
        Assert.InRange(StepTimeline.HiddenShare(timeline.Spans), 0, 1);
        var events = JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("traceEvents").EnumerateArray();
        Assert.Contains("backward 3", events.Select(static one => one.GetProperty("name").GetString()));
    }

    [Fact]
    public void A_task_that_goes_down_two_losses_is_refused()
    {
        var (_, data) = Make.Untrained();
        var task = new TwoLosses(new Sequential(new Linear(2, 4), new Relu(), new Linear(4, 2)));
        var error = Assert.Throws<GradusException>(() => new Trainer<Labeled>(task, data.Train, options: Options).Run().Last());
        Assert.Contains("Leave out Accumulate and Shards", error.Message);
    }

    private sealed class Watched(IShardExchange exchange, Action begins) : IShardExchange
    {
        public int Rank => exchange.Rank;

        public int Processes => exchange.Processes;

        public PendingSum Begin(ShardTree tree, IReadOnlyList<ShardSum> own, Memory<float> total)
        {
            begins();
            return exchange.Begin(tree, own, total);
        }

        public void Gather(Memory<double> values, IReadOnlyList<Range> parts) => exchange.Gather(values, parts);
    }

    private sealed class Counted(IBatchSource<Labeled> source) : IBatchSource<Labeled>
    {
        public List<int> Rows { get; } = [];

        public int Count => source.Count;

        public Labeled Read(ReadOnlySpan<int> rows, int epoch)
        {
            Rows.AddRange(rows);
            return source.Read(rows, epoch);
        }
    }

    private sealed class Forked : Module<Tensor, Tensor>
    {
        private readonly Linear _first, _second;

        public Forked()
        {
            _first = Register(new Linear(2, 8), "first");
            Register(new Linear(8, 8), "unused");
            _second = Register(new Linear(8, 2), "second");
        }

        protected override Tensor Compute(Tensor input) => _second.Forward(_first.Forward(input).Tanh());
    }

    private sealed class TwoLosses(Module<Tensor, Tensor> network) : LearningTask<Labeled, Module<Tensor, Tensor>>(network)
    {
        public override Tensor Loss(Labeled batch) => Losses.CrossEntropy(Network.Forward(batch.Input), batch.Target);

        public override double Step(Labeled batch, TrainingStep step) => step.Descend(Loss(batch)) + step.Descend(Loss(batch));
    }
}
