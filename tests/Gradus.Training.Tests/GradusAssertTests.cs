using Gradus.Data;
using Gradus.Nn;
using Gradus.Training.Tests.Golden;

namespace Gradus.Training.Tests;

/// <summary>What a user's own test holds a training to.</summary>
[Collection(nameof(Alone))]
public sealed class GradusAssertTests
{
    [Fact]
    public void A_training_has_the_same_bits_on_any_number_of_threads()
    {
        // given
        var threads = Compute.Threads;
        var sha = GradusAssert.Sha(Train(1));

        // then
        GradusAssert.SameBits(sha, () => Train(1));
        GradusAssert.SameBits(sha.ToUpperInvariant(), () => Train(1), 4);
        Assert.Equal(threads, Compute.Threads);
    }

    [Fact]
    public void Other_weights_are_an_error_that_tells_their_sha()
    {
        // given
        var sha = GradusAssert.Sha(Train(1));

        // when
        var other = Assert.Throws<GradusException>(() => GradusAssert.SameBits(sha, () => Train(2)));
        var none = Assert.Throws<GradusException>(() => GradusAssert.SameBits("", () => Train(1)));

        // then
        Assert.Equal($"same bits: on 1 thread the weights' SHA-256 is {GradusAssert.Sha(Train(2))}; expected {sha}.", other.Message);
        Assert.Equal($"same bits: on 1 thread the weights' SHA-256 is {sha}; expected none yet: write this one down.", none.Message);
    }

    private static Sequential Train(long seed)
    {
        var network = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 2));
        new Trainer(network, Points.Moons(new PointOptions { Count = 100 }), new() { Epochs = 1, Seed = seed }).Fit();
        return network;
    }
}
