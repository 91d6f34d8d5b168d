using Gradus.Data;

namespace Gradus.Training;

/// <summary>The first samples of a source, at most as many as there are.</summary>
internal sealed class FirstSamples<TBatch>(IBatchSource<TBatch> source, int count) : IBatchSource<TBatch>
{
    public int Count => Math.Min(count, source.Count);

    public TBatch Read(ReadOnlySpan<int> rows, int epoch) => source.Read(rows, epoch);
}
