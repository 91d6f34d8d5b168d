using Gradus.Data;
using Gradus.Nn;
using Gradus.Training.Tests.Golden;

namespace Gradus.Training.Tests.Tasks;

/// <summary>What a trainer costs over a loop that is written by hand.</summary>
[Collection(nameof(Alone))]
public sealed class OverheadTests(ITestOutputHelper output)
{
    private const int Steps = 1000;

    // The event of the step.
    private const long MostBytes = 56;

    [Fact]
    public void A_step_allocates_what_a_loop_by_hand_allocates_and_its_event()
    {
        // given
        var data = new Fixed(new Labeled(Tensor.Randn([32, 2], generator: new Generator(1)), Tensor.Zeros([32], DType.Int64)), 32 * Steps);
        var rows = new Batches(data.Count, new BatchOptions { Size = 32 });
        var network = Network();
        var optimizer = Optimizer(network.Parameters());
        long ByHand(int epoch)
        {
            using var batches = rows.Epoch(epoch).GetEnumerator();
            var before = 0L;
            for (var step = 0; batches.MoveNext(); step++)
            {
                // The first step of an epoch deals its rows.
                if (step == 1) before = GC.GetAllocatedBytesForCurrentThread();
                var batch = data.Read(batches.Current.Span, epoch);
                optimizer.ZeroGrad();
                var loss = Losses.CrossEntropy(network.Forward(batch.Input), batch.Target);
                _ = loss.Item();
                loss.Backward();
                optimizer.Step();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var trainer = new Trainer<Labeled>(new Classification(Network()), data, null, new() { Epochs = 100, BatchSize = 32, CustomOptimizer = Optimizer });
        using var events = trainer.Run().GetEnumerator();
        long ByTrainer()
        {
            while (events.MoveNext() && events.Current is not StepDone)
            {
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 1; step < Steps; step++) events.MoveNext();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // when: the second time, when all is compiled and the pool is full
        var (hand, trained) = (ByHand(0), ByTrainer());
        (hand, trained) = (ByHand(1), ByTrainer());

        // then
        output.WriteLine($"by hand {hand / (Steps - 1)} bytes a step, by the trainer {trained / (Steps - 1)}");
        Assert.InRange((double)(trained - hand) / (Steps - 1), double.NegativeInfinity, MostBytes);
    }

    private static Sequential Network() => new(new Linear(2, 16), new Tanh(), new Linear(16, 2));

    private static Sgd Optimizer(IEnumerable<Parameter> parameters) => new(parameters, new SgdOptions { LearningRate = 0.01, Momentum = 0.9 });

    private sealed class Fixed(Labeled batch, int count) : IBatchSource<Labeled>
    {
        public int Count => count;

        public Labeled Read(ReadOnlySpan<int> rows, int epoch) => batch;
    }
}
