namespace Gradus.Kernels.Tests.Random;

/// <summary>Philox: the published words, the same numbers for every cut, and the distributions.</summary>
[Collection("threads")]
public sealed unsafe class PhiloxTests
{
    [Theory]
    [InlineData(0x00000000_00000000UL, 0x00000000_00000000UL, 0x00000000_00000000UL, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffff_ffffffffUL, 0xffffffff_ffffffffUL, 0xffffffff_ffffffffUL, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x299f31d0_a4093822UL, 0x03707344_13198a2eUL, 0x85a308d3_243f6a88UL, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void The_words_are_those_of_the_published_known_answers(ulong key, ulong stream, ulong block, uint a, uint b, uint c, uint d)
    {
        // Given a key and a counter of the known-answer file of Random123; when one block is drawn; then its four words are the published ones.
        var words = stackalloc uint[4];
        Philox.Words(key, stream, block, 1, words);
        Assert.Equal([a, b, c, d], new ReadOnlySpan<uint>(words, 4).ToArray());
        Assert.Equal((a | ((ulong)b << 32), c | ((ulong)d << 32)), Philox.Block(key, stream, block));
    }

    [Fact]
    public void Every_element_depends_on_its_counter_alone()
    {
        const int N = 70_001;
        var before = Workers.Count;
        try
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                // Given a long draw on some number of threads.
                Workers.Count = threads;
                var all = Draw(0, N);

                // When parts are drawn on their own; then they are the same numbers.
                foreach (var (start, count) in new[] { (0, 1), (1, 1), (1, 2), (2, 3), (3, 1030), (1023, 5), (16383, 3), (69_990, 11), (12_345, 40_000) })
                {
                    var part = Draw(start, count);
                    Assert.Equal(all.U[start..(start + count)], part.U);
                    Assert.Equal(all.D[start..(start + count)], part.D);
                    Assert.Equal(all.N[start..(start + count)], part.N);
                    Assert.Equal(all.M[start..(start + count)], part.M);
                    Assert.Equal(all.B[start..(start + count)], part.B);
                    Assert.Equal(all.K[start..(start + count)], part.K);
                    Assert.Equal(all.I[start..(start + count)], part.I);
                }
            }
        }
        finally
        {
            Workers.Count = before;
        }
    }

    [Fact]
    public void The_distributions_have_their_moments()
    {
        const int N = 200_000;
        var (u, d, n, m, b, k, i) = Draw(7, N);

        // Uniform: mean ½, variance 1/12, in [0, 1).
        Assert.InRange(u.Average(), 0.498, 0.502);
        Assert.InRange(d.Average(), 0.498, 0.502);
        Assert.InRange(d.Average(v => (v - 0.5) * (v - 0.5)) * 12, 0.99, 1.01);
        Assert.True(u.All(v => v is >= 0 and < 1) && d.All(v => v is >= 0 and < 1));

        // Normal: mean 0, variance 1, fourth moment 3, neighbors uncorrelated.
        foreach (var x in new[] { n.Select(v => (double)v).ToArray(), m })
        {
            Assert.InRange(x.Average(), -0.01, 0.01);
            Assert.InRange(x.Average(v => v * v), 0.985, 1.015);
            Assert.InRange(x.Average(v => v * v * v * v), 2.9, 3.1);
            Assert.InRange(Enumerable.Range(0, N - 1).Average(j => x[j] * x[j + 1]), -0.01, 0.01);
        }

        // Bernoulli and dropout: their share, and what is kept keeps the mean.
        Assert.InRange(b.Average(v => (double)v), 0.247, 0.253);
        Assert.InRange(k.Average(), 0.99, 1.01);
        Assert.Equal([0f, 1 / 0.8f], k.Distinct().Order());

        // Integers: each of seven about equally often.
        foreach (var group in i.GroupBy(v => v)) Assert.InRange(group.Count(), (N / 7) - 700, (N / 7) + 700);
        Assert.Equal(7, i.Distinct().Count());
    }

    [Fact]
    public void A_permutation_holds_every_number_once_and_every_order_occurs()
    {
        // Given many permutations of four; when counted; then all 24 orders occur about equally often.
        var seen = new Dictionary<string, int>();
        for (ulong counter = 0; counter < 24_000; counter += 4)
        {
            var order = new int[4];
            fixed (int* p = order) Philox.Permutation(5, 6, counter, 4, p);
            var text = string.Join(",", order);
            seen[text] = seen.GetValueOrDefault(text) + 1;
        }

        Assert.Equal(24, seen.Count);
        Assert.All(seen.Values, count => Assert.InRange(count, 180, 320));
        var large = new long[1000];
        fixed (long* p = large) Philox.Permutation(5, 6, 0, 1000, p);
        Assert.Equal(Enumerable.Range(0, 1000).Select(v => (long)v), large.Order());
        Assert.NotEqual(Enumerable.Range(0, 1000).Select(v => (long)v), large);
    }

    private static (float[] U, double[] D, float[] N, double[] M, byte[] B, float[] K, long[] I) Draw(int start, int count)
    {
        var (u, d, n, m, b, k, i) = (
            new float[count], new double[count], new float[count], new double[count], new byte[count], new float[count], new long[count]);
        var counter = (ulong)start;
        fixed (float* pu = u, pn = n, pk = k)
        {
            Philox.Uniform(1, 2, counter, count, pu);
            Philox.Normal(1, 2, counter, count, pn);
            Philox.DropoutMask(1, 3, counter, 0.8, count, pk);
        }

        fixed (double* pd = d, pm = m)
        {
            Philox.Uniform(1, 2, counter, count, pd);
            Philox.Normal(1, 2, counter, count, pm);
        }

        fixed (byte* pb = b) Philox.Bernoulli(1, 4, counter, 0.25, count, pb);
        fixed (long* pi = i) Philox.Integers(1, 5, counter, 7, count, pi);
        return (u, d, n, m, b, k, i);
    }
}
