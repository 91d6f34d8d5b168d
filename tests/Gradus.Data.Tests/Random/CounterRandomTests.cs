namespace Gradus.Data.Tests;

public class CounterRandomTests
{
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0xe169c58d6627e8d5UL, 0x9b00dbd8bc57ac4cUL)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x41c83b0e408f276dUL, 0x6d5451fda20bc7c6UL)]
    [InlineData(0x85a308d3243f6a88UL, 0x0370734413198a2eUL, 0x299f31d0a4093822UL, 0x94fdccebd16cfe09UL, 0x24126ea15001e420UL)]
    public void The_cipher_gives_the_published_numbers(ulong low, ulong high, ulong key, ulong first, ulong second)
    {
        var got = CounterRandom.Philox(low, high, key);

        Assert.Equal((first, second), got);
    }

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
