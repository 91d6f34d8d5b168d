namespace Gradus.Data.Tests;

public class CounterRandomTests
{
    [Fact]
    public void Seed_stream_and_index_each_give_other_numbers_and_the_same_again()
    {
        static uint[] Draw(ulong seed, string stream, ulong index)
        {
            var random = new CounterRandom(seed, stream, index);
            return [random.NextUInt(), random.NextUInt(), random.NextUInt(), random.NextUInt(), random.NextUInt()];
        }

        var first = Draw(1, "a", 0);

        Assert.Equal(first, Draw(1, "a", 0));
        Assert.NotEqual(first, Draw(2, "a", 0));
        Assert.NotEqual(first, Draw(1, "b", 0));
        Assert.NotEqual(first, Draw(1, "a", 1));
        Assert.Equal(5, first.Distinct().Count());
    }

    [Fact]
    public void Whole_numbers_are_equally_likely()
    {
        var random = new CounterRandom(3, "test", 0);
        var counts = new int[7];

        for (var i = 0; i < 70_000; i++) counts[random.Below(7)]++;

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Bell_shaped_numbers_have_mean_0_and_deviation_1()
    {
        var random = new CounterRandom(3, "test", 0);
        double sum = 0, squares = 0;
        const int count = 50_000;

        for (var i = 0; i < count; i++)
        {
            var value = random.NextBell();
            sum += value;
            squares += value * value;
        }

        Assert.InRange(sum / count, -0.02, 0.02);
        Assert.InRange(squares / count, 0.97, 1.03);
    }

    [Fact]
    public void A_permutation_holds_every_number_once()
    {
        var order = new CounterRandom(3, "test", 0).Permutation(1000);

        Assert.NotEqual(Enumerable.Range(0, 1000), order);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
    }
}
