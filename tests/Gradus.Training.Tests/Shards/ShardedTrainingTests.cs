using Gradus.Training.Tests.Golden;

namespace Gradus.Training.Tests.Shards;

public class ShardedTrainingTests
{
    // Batch norm in cnn and resnet20; dropout in mlp and gpt.
    public static TheoryData<string, double?> Networks => new() { { "mlp", 0.2 }, { "cnn", null }, { "lstm", null }, { "gpt", 0.1 }, { "resnet20", null } };

    [Theory]
    [MemberData(nameof(Networks))]
    public void However_many_processes_share_the_shards_the_weights_have_the_same_bits(string name, double? dropout)
    {
        // given
        var network = GoldenNetwork.All.Single(network => network.Name == name);
        var options = network.Options with { Steps = 6, Shards = 6, ClipNorm = 1 };

        // when
        var alone = network.Train(options, dropout);

        // then
        foreach (var processes in (int[])[1, 2, 4])
        {
            var hashes = new Together(processes).Run(exchange => network.Train(options with { Exchange = exchange }, dropout));
            Assert.All(hashes, hash => Assert.Equal(alone, hash));
        }
    }

    [Fact]
    public void A_step_of_shards_is_that_of_the_whole_batch_but_for_rounding()
    {
        // given
        float[] Train(int shards, int accumulate = 1)
        {
            var (model, data) = Make.Untrained("mlp:8,8");
            _ = new Trainer(model.Network, data, new() { Epochs = 3, BatchSize = 24, Shards = shards, Accumulate = accumulate }).Run().Last();
            return Make.Weights(model);
        }

        // when
        var whole = Train(1);

        // then: also where a batch has fewer samples than shards, and where a shard is computed in parts
        foreach (var sharded in (float[][])[Train(4), Train(8), Train(24), Train(4, accumulate: 3)])
            Assert.All(whole.Zip(sharded), static pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void A_run_that_is_taken_up_by_other_processes_ends_with_the_same_bits()
    {
        // given
        var options = new TrainingOptions { Steps = 12, BatchSize = 24, Shards = 8 };
        (TrainedModel Model, Trainer Trainer) Begin(TrainingOptions with)
        {
            var (model, data) = Make.Untrained("mlp:8,8");
            return (model, new Trainer(model.Network, data, with));
        }

        float[] Through(IReadOnlyList<(int Processes, int Steps)> parts)
        {
            TrainingState? state = null;
            float[] weights = [];
            foreach (var (processes, steps) in parts)
            {
                var ends = new Together(processes).Run(exchange =>
                {
                    var (model, trainer) = Begin(options with { Exchange = exchange });
                    if (state is not null) trainer.Restore(state);
                    _ = trainer.Run().OfType<StepDone>().Take(steps).Last();
                    return (State: trainer.Capture(), Weights: Make.Weights(model));
                });
                (state, weights) = ends[0];
            }

            return weights;
        }

        // then
        Assert.Equal(Through([(1, 11)]), Through([(4, 3), (1, 4), (3, 4)]));
    }

    [Fact]
    public void One_process_that_is_interrupted_or_out_of_time_ends_all_after_the_same_step()
    {
        // given: only the second one is interrupted, after its third step
        using var source = new CancellationTokenSource();
        IReadOnlyList<TrainingEvent> Run(IShardExchange exchange, TrainingOptions options, CancellationToken cancellation)
        {
            var (model, data) = Make.Untrained("mlp:8");
            var events = new List<TrainingEvent>();
            foreach (var happened in new Trainer(model.Network, data, options with { Exchange = exchange }).Run(cancellation))
            {
                events.Add(happened);
                if (cancellation.CanBeCanceled && happened is StepDone { Step: 3 }) source.Cancel();
            }

            return events;
        }

        // when
        var options = new TrainingOptions { Steps = 50, Shards = 2, BatchSize = 16 };
        var interrupted = new Together(2).Run(exchange => Run(exchange, options, exchange.Rank == 1 ? source.Token : default));
        var brief = new TrainingBudget { Time = TimeSpan.FromTicks(1) };
        var spent = new Together(2).Run(exchange => Run(exchange, options with { Budget = exchange.Rank == 0 ? brief : null }, default));

        // then
        Assert.All(interrupted, static events => Assert.Equal(4, Assert.IsType<TrainingInterrupted>(events[^1]).Step));
        Assert.All(spent, static events => Assert.Contains(events, static happened => happened is BudgetSpent { Step: 2 }));
    }

    [Fact]
    public void What_cannot_be_shared_is_refused()
    {
        var (model, data) = Make.Untrained("mlp:8");
        ArgumentOutOfRangeException Refused(TrainingOptions options) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(model.Network, data, options));
        Assert.Contains("leave out Prefetch", Refused(new() { Shards = 2, Prefetch = 1 }).Message);
        Assert.All(
            new Together(3).Run(exchange => Refused(new() { Shards = 2, Exchange = exchange }).Message),
            static message => Assert.Contains("3 processes share the shards", message));
    }
}
