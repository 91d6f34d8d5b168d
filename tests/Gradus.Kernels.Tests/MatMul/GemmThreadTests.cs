namespace Gradus.Kernels.Tests.MatMul;

[Collection(nameof(ThreadTests))]
public class GemmThreadTests
{
    [Fact]
    public void One_two_and_three_threads_give_the_same_bits()
    {
        // given
        using var restore = new ThreadCount(1);
        var expected = ProductHash.Compute();
        foreach (var threads in new[] { 2, 3 })
        {
            // when
            Workers.Count = threads;
            var actual = ProductHash.Compute();

            // then
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Callers_on_several_threads_get_the_same_bits()
    {
        // given
        using var count = new ThreadCount(3);
        var expected = ProductHash.Compute();

        // when
        var actual = new string[4];
        Parallel.For(0, actual.Length, i => actual[i] = ProductHash.Compute());

        // then
        Assert.All(actual, hash => Assert.Equal(expected, hash));
    }

    [Fact]
    public void A_product_inside_a_job_gives_the_same_bits()
    {
        // given
        using var count = new ThreadCount(3);
        var expected = ProductHash.Compute();
        var actual = new string[3];

        // when
        Workers.Run(actual.Length, new HashJob(actual));

        // then
        Assert.All(actual, hash => Assert.Equal(expected, hash));
    }

    [Theory]
    [InlineData(8, 8, 8)]
    [InlineData(100, 100, 300)]
    [InlineData(16, 16, 4000)]
    [InlineData(1, 900, 400)]
    public unsafe void A_product_allocates_nothing_once_the_scratch_memory_is_there(int m, int n, int k)
    {
        // given
        using var count = new ThreadCount(2);
        float[] a = new float[m * k], b = new float[k * n], c = new float[m * n];
        fixed (float* left = a, right = b, target = c)
        {
            Gemm.Run(m, n, k, left, k, 1, right, n, 1, target, n, null, accumulate: true);
            var before = GC.GetAllocatedBytesForCurrentThread();

            // when
            for (var i = 0; i < 20; i++) Gemm.Run(m, n, k, left, k, 1, right, n, 1, target, n, null, accumulate: true);

            // then
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    private readonly struct HashJob(string[] hashes) : IJob
    {
        public void Run(int chunk) => hashes[chunk] = ProductHash.Compute();
    }
}
