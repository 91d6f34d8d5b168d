namespace Gradus.Data;

/// <summary>A dataset as training sees it: whoever can read the samples of some numbers as one batch.</summary>
/// <remarks>
/// What a batch holds depends on the numbers and the epoch alone, never on what was read before or on which thread: so a run may read ahead on
/// several threads, stop anywhere and go on, and sees the same bits. What is random about a sample, such as an augmentation, is drawn from a seed, the
/// epoch and the sample's number.
/// </remarks>
/// <typeparam name="TBatch">What a batch is: <see cref="Labeled"/>, or a record of your own.</typeparam>
public interface IBatchSource<out TBatch>
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>Reads some samples as one batch. Called from several threads at a time where batches are read ahead.</summary>
    /// <param name="rows">The numbers of the samples, each 0 to <see cref="Count"/> − 1, in any order, repeated or not.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    TBatch Read(ReadOnlySpan<int> rows, int epoch);
}

/// <summary>Where samples come from one by one; what a batch of them is, is said by <see cref="SampleSources"/>.</summary>
/// <remarks>As for <see cref="IBatchSource{TBatch}"/>, a sample depends on its number and the epoch alone.</remarks>
/// <typeparam name="T">What a sample is.</typeparam>
public interface ISampleSource<out T>
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>Reads one sample. Called from several threads at a time where batches are read ahead.</summary>
    /// <param name="row">The number of the sample, 0 to <see cref="Count"/> − 1.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    T Read(int row, int epoch);
}
