using Gradus.Data;
using Gradus.Nn;
using Gradus.Training.Tests.Golden;

namespace Gradus.Training.Tests.Tasks;

/// <summary>A run that takes a share of the cores.</summary>
[Collection(nameof(Alone))]
public sealed class CoreShareTests
{
    [Fact]
    public void A_share_of_the_cores_is_taken_while_the_run_goes_on_and_changes_no_bit()
    {
        // given
        var (trainer, network) = Make(new TrainingBudget { Cores = 1e-9 });
        var before = Compute.Threads;

        // when
        var threads = new HashSet<int>();
        foreach (var happened in trainer.Run()) threads.Add(Compute.Threads);

        // then
        Assert.Equal([1], threads);
        Assert.Equal(before, Compute.Threads);
        var (other, same) = Make(null);
        other.Fit();
        Assert.Equal(same.State().Values.Select(static value => value.ToArray<float>()), network.State().Values.Select(static value => value.ToArray<float>()));
    }

    [Fact]
    public void Runs_that_overlap_leave_the_threads_as_they_were()
    {
        // given
        var before = Compute.Threads;
        using var a = Make(new TrainingBudget { Cores = 1e-9 }).Trainer.Run().GetEnumerator();
        using var b = Make(new TrainingBudget { Cores = 1e-9 }).Trainer.Run().GetEnumerator();

        // when
        a.MoveNext();
        b.MoveNext();
        a.Dispose();
        Assert.Equal(1, Compute.Threads);
        b.Dispose();

        // then
        Assert.Equal(before, Compute.Threads);
    }

    private static (Trainer Trainer, Sequential Network) Make(TrainingBudget? budget)
    {
        var network = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 2));
        return (new Trainer(network, Points.Moons(new PointOptions { Count = 150 }), new() { Epochs = 2, Budget = budget }), network);
    }
}
