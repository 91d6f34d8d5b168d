using System.Runtime.ExceptionServices;

namespace Gradus.Data;

/// <summary>Decodes many pictures, several at a time.</summary>
internal static class PictureDecoding
{
    private const int ProgressStep = 1000;

    /// <summary>Does something with each picture, on <see cref="Compute.Threads"/> threads. Of several faults the one of the least number is thrown.</summary>
    /// <param name="count">Number of pictures.</param>
    /// <param name="decode">Is given the number of each picture once; behind the first that fails not all.</param>
    /// <param name="progress">Is told how many are done, every 1,000 and at the end, one report at a time; null for nobody.</param>
    public static void ForEach(int count, Action<int> decode, IProgress<PictureProgress>? progress)
    {
        var gate = new Lock();
        var (done, first) = (0, count);
        ExceptionDispatchInfo? fault = null;
        // A break lets all pictures before it be decoded, so that the first fault by number is found whatever the threads do.
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Compute.Threads }, (row, loop) =>
        {
            try
            {
                decode(row);
            }
            catch (Exception error)
            {
                loop.Break();
                lock (gate)
                {
                    if (row < first) (first, fault) = (row, ExceptionDispatchInfo.Capture(error));
                }
            }

            if (progress is null) return;
            lock (gate)
            {
                done++;
                if (done % ProgressStep == 0 || done == count) progress.Report(new PictureProgress(done, count));
            }
        });
        fault?.Throw();
    }
}
