namespace Gradus.Data.Tests;

public class SplitTests
{
    [Fact]
    public void Every_row_goes_to_one_part()
    {
        var split = Split.ByFraction(1000, valid: 0.1, test: 0.25, seed: 7);

        Assert.Equal((650, 100, 250), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(Enumerable.Range(0, 1000), split.Train.Concat(split.Validation).Concat(split.Test).Order());
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        Assert.Equal(Split.ByFraction(100, seed: 7).Train, Split.ByFraction(100, seed: 7).Train);
        Assert.NotEqual(Split.ByFraction(100, seed: 7).Train, Split.ByFraction(100, seed: 8).Train);
        Assert.Equal([7, 4, 3, 6], Split.ByFraction(8, 0.25, 0.25, seed: 1).Train);
    }

    [Fact]
    public void A_fraction_above_0_gives_at_least_one_row_and_0_gives_none()
    {
        var small = Split.ByFraction(4);
        var whole = Split.ByFraction(4, valid: 0, test: 0);

        Assert.Equal((2, 1, 1), (small.Train.Length, small.Validation.Length, small.Test.Length));
        Assert.Equal((4, 0, 0), (whole.Train.Length, whole.Validation.Length, whole.Test.Length));
    }

    [Fact]
    public void What_leaves_nothing_to_train_on_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.ByFraction(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.ByFraction(0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.ByFraction(100, 0.5, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.ByFraction(100, -0.1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.ByFraction(100, 0.1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.ByCount(10, 5, 5));
    }
}
