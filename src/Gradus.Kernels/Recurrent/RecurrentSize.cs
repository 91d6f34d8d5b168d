namespace Gradus.Kernels;

/// <summary>The sizes of a recurrent layer over a whole sequence, and how time and samples lie in its tensors.</summary>
internal readonly record struct RecurrentSize(int Batch, int Time, int Inputs, int Hidden, bool BatchFirst)
{
    // Samples that go through the sequence together: enough for two strips of the matrix product's tile, few enough that 64 samples occupy four threads.
    // With 32, one thread was 5 % faster. A sample's bits do not depend on its block.
    private const int BlockRows = 16;

    /// <summary>Rows of the matrices that hold all steps.</summary>
    public int Rows => checked(Batch * Time);

    /// <summary>Blocks of samples; no sample needs another, so a thread takes a block through all of time without waiting for anyone.</summary>
    public int Blocks => (Batch + BlockRows - 1) / BlockRows;

    /// <summary>The row of a sample's step.</summary>
    public nint Row(int sample, int step) => BatchFirst ? ((nint)sample * Time) + step : ((nint)step * Batch) + sample;

    /// <summary>Rows from one sample to the next at the same step.</summary>
    public nint SampleStride => BatchFirst ? Time : 1;

    /// <summary>The first sample of a block and how many there are; blocks are of about equal size.</summary>
    public (int Start, int Count) Block(int block)
    {
        var start = (int)((long)Batch * block / Blocks);
        return (start, (int)((long)Batch * (block + 1) / Blocks) - start);
    }
}
