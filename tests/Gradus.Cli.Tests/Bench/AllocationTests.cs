using Gradus.Cli.Bench;

namespace Gradus.Cli.Tests.Bench;

/// <summary>Tests that measure what the whole process shares (memory), with no other test beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

/// <summary>A training step takes its tensors from the pool; what it leaves to the collector is small and does not grow with the batch.</summary>
[Collection(nameof(Alone))]
public class AllocationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("train_mlp_adam_b64", 20_000)]
    [InlineData("train_transformer_adam_b32_t64", 100_000)]
    public void A_training_step_in_steady_state_allocates_little(string workload, long most)
    {
        // given: the workload of the bench, run until the tensors that it drops come back from the collector as fast as it takes new ones from the pool.
        // Left to itself the collector of a large cache comes too seldom: eight times took ten minutes.
        var step = Workloads.All.Single(candidate => candidate.Name == workload).Prepare();
        for (var collection = 0; collection < 2; collection++)
        {
            for (var index = 0; index < 25; index++) step();
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
        }

        // when: on all threads together
        var bytes = Enumerable.Range(0, 21).Select(_ =>
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            step();
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }).Order().ToArray();

        // then
        output.WriteLine($"{workload}: {bytes[10]} bytes a step");
        Assert.InRange(bytes[10], 0, most);
    }
}
