namespace Gradus.Data;

/// <summary>Changed pictures, standardized; what lies between a picture as it is and as a network takes it is freed with the reading.</summary>
internal sealed class PlannedBatches(IBatchSource<Labeled> source, float mean, float deviation) : IBatchSource<Labeled>
{
    public int Count => source.Count;

    public Labeled Read(ReadOnlySpan<int> rows, int epoch)
    {
        using var scope = new TensorScope();
        var batch = source.Read(rows, epoch);
        // In place: whoever reads a plan makes the pictures for it.
        foreach (ref var pixel in batch.Input.Writable<float>()) pixel = (pixel - mean) / deviation;
        return new(scope.Keep(batch.Input), scope.Keep(batch.Target));
    }
}
