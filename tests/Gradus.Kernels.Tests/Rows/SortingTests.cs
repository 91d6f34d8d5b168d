namespace Gradus.Kernels.Tests.Rows;

/// <summary>The ways to sort a line, by its length and by how much of it is wanted, against the platform's stable sort.</summary>
[Collection("threads")]
public sealed unsafe class SortingTests
{
    [Fact]
    public void Every_length_and_count_gives_the_beginning_of_the_stable_order()
    {
        foreach (var size in new[] { 1, 2, 8, 47, 48, 49, 300, 5000 })
        {
            foreach (var count in new[] { 1, size / 8, (size / 8) + 1, size })
            {
                foreach (var descending in new[] { false, true })
                {
                    // Given lines of few different values, so that many are equal.
                    var x = Enumerable.Range(0, 2 * size).Select(i => (double)(i * 7919 % 23) - 11).ToArray();
                    var values = new double[2 * count];
                    var index = new long[2 * count];

                    // When both lines are sorted.
                    fixed (double* px = x, pv = values)
                    {
                        fixed (long* pi = index) Sorting.Run(2, size, 1, count, descending, px, pv, pi);
                    }

                    // Then each is the beginning of what a stable sort gives.
                    for (var line = 0; line < 2; line++)
                    {
                        var places = Enumerable.Range(0, size);
                        var order = (descending
                            ? places.OrderByDescending(i => x[(line * size) + i])
                            : places.OrderBy(i => x[(line * size) + i])).Take(count).ToArray();
                        Assert.Equal(order.Select(static i => (long)i), index.Skip(line * count).Take(count));
                        Assert.Equal(order.Select(i => x[(line * size) + i]), values.Skip(line * count).Take(count));
                    }
                }
            }
        }
    }

    [Fact]
    public void Whole_numbers_of_every_size_are_in_order()
    {
        // Given the extremes.
        long[] x = [5, long.MinValue, -1, long.MaxValue, 0];
        var values = new long[5];
        var index = new long[5];

        // When sorted.
        fixed (long* px = x, pv = values, pi = index) Sorting.Run(1, 5, 1, 5, false, px, pv, pi);

        // Then the least comes first.
        Assert.Equal(x.Order(), values);
    }
}
