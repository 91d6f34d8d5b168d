namespace Gradus.Kernels;

/// <summary>The work on one matrix of a batch.</summary>
internal interface IMatrixWork
{
    /// <summary>Does matrix number <paramref name="index"/>.</summary>
    void Run(int index);
}

/// <summary>Shares the matrices of a batch among the threads. Each is done by one thread alone, so its bits depend on nothing but itself.</summary>
internal static class MatrixBatch
{
    private const long Grain = 65536;

    /// <summary>Does all of them, several at a time where they are small.</summary>
    public static void Run<TWork>(int count, int size, in TWork work) where TWork : struct, IMatrixWork
    {
        var step = (int)Math.Clamp(Grain / Math.Max(1, (double)size * size * size), 1, Math.Max(1, count));
        Workers.Run((count + step - 1) / step, new Job<TWork>(work, count, step));
    }

    private readonly struct Job<TWork>(TWork work, int count, int step) : IJob where TWork : struct, IMatrixWork
    {
        public void Run(int chunk)
        {
            var last = Math.Min(count, (chunk + 1) * step);
            for (var index = chunk * step; index < last; index++) work.Run(index);
        }
    }
}
