namespace Gradus.Data.Tests;

public class SampleRandomTests
{
    [Fact]
    public void Numbers_follow_from_seed_epoch_sample_and_name()
    {
        // given
        var first = Numbers(new SampleRandom(1, 2, 3, "noise"));

        // then
        Assert.Equal(first, Numbers(new SampleRandom(1, 2, 3, "noise")));
        Assert.NotEqual(first, Numbers(new SampleRandom(2, 2, 3, "noise")));
        Assert.NotEqual(first, Numbers(new SampleRandom(1, 3, 3, "noise")));
        Assert.NotEqual(first, Numbers(new SampleRandom(1, 2, 4, "noise")));
        Assert.NotEqual(first, Numbers(new SampleRandom(1, 2, 3, "blur")));
        Assert.NotEqual(first, Numbers(new SampleRandom(1, 2, 3)));
    }

    [Fact]
    public void Draws_are_within_their_bounds()
    {
        // given
        var random = new SampleRandom(1, 0, 0);

        // then
        for (var draw = 0; draw < 1000; draw++)
        {
            Assert.InRange(random.NextDouble(), 0, 1);
            Assert.InRange(random.Below(7), 0, 6);
            Assert.InRange(random.Between(-3, -2), -3, -2);
            Assert.InRange(random.NextBell(), -6, 6);
            Assert.False(random.Chance(0));
            Assert.True(random.Chance(1));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => random.Below(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SampleRandom(1, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SampleRandom(1, 0, -1));
    }

    private static double[] Numbers(SampleRandom random) => [.. Enumerable.Range(0, 5).Select(_ => random.NextDouble())];
}
