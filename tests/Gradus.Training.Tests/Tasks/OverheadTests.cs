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
    private const long EventBytes = 56;

    [Fact]
    public void A_step_allocates_what_a_loop_by_hand_allocates_and_its_event_where_it_is_told()
    {
        // given
        var hand = new Watched();
        var rows = new Batches(hand.Count, new BatchOptions { Size = 32 });
        var network = Network();
        var optimizer = Optimizer(network.Parameters());
        void ByHand(int epoch)
        {
            foreach (var some in rows.Epoch(epoch))
            {
                var batch = hand.Read(some.Span, epoch);
                optimizer.ZeroGrad();
                var loss = Losses.CrossEntropy(network.Forward(batch.Input), batch.Target);
                _ = loss.Item();
                loss.Backward();
                optimizer.Step();
            }
        }

        var (told, quiet) = (new Watched(), new Watched());
        Trainer<Labeled> Make(Watched data) =>
            new(new Classification(Network()), data, null, new() { Epochs = 2, BatchSize = 32, CustomOptimizer = Optimizer });

        // when: the second epoch counts, when all is compiled and the pool is full
        ByHand(0);
        ByHand(1);
        foreach (var happened in Make(told).Run()) GC.KeepAlive(happened);
        Make(quiet).Fit();

        // then
        output.WriteLine($"bytes a step: by hand {hand.Bytes}, by a trainer that is followed {told.Bytes}, by Fit {quiet.Bytes}");
        Assert.InRange(told.Bytes - hand.Bytes, double.NegativeInfinity, EventBytes);
        Assert.InRange(quiet.Bytes - hand.Bytes, double.NegativeInfinity, 0.5);
    }

    private static Sequential Network() => new(new Linear(2, 16), new Tanh(), new Linear(16, 2));

    private static Sgd Optimizer(IEnumerable<Parameter> parameters) => new(parameters, new SgdOptions { LearningRate = 0.01, Momentum = 0.9 });

    /// <summary>The same batch again and again. Knows what is allocated from the second step of an epoch to its last: the first deals its rows.</summary>
    private sealed class Watched : IBatchSource<Labeled>
    {
        private readonly Labeled _batch = new(Tensor.Randn([32, 2], generator: new Generator(1)), Tensor.Zeros([32], DType.Int64));
        private (long First, long Last) _allocated;
        private int _reads;

        public int Count => 32 * Steps;

        /// <summary>Bytes a step in the last epoch.</summary>
        public double Bytes => (double)(_allocated.Last - _allocated.First) / (Steps - 2);

        public Labeled Read(ReadOnlySpan<int> rows, int epoch)
        {
            // The trainer reads one row first, to learn the sizes that a network leaves open.
            if (rows.Length < 32) return _batch;
            _reads = _reads % Steps + 1;
            if (_reads == 2) _allocated.First = GC.GetAllocatedBytesForCurrentThread();
            if (_reads == Steps) _allocated.Last = GC.GetAllocatedBytesForCurrentThread();
            return _batch;
        }
    }
}
