namespace Gradus.Data;

/// <summary>The options of <see cref="Digits.Generate"/>.</summary>
public sealed record DigitOptions
{
    /// <summary>Number of training pictures. Default: 9,000.</summary>
    public int TrainCount { get; init; } = 9000;

    /// <summary>Number of validation pictures. Default: 1,000.</summary>
    public int ValidationCount { get; init; } = 1000;

    /// <summary>Number of test pictures. Default: 2,000.</summary>
    public int TestCount { get; init; } = 2000;

    /// <summary>The seed. Equal seeds give equal pixels on every machine and any number of threads. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(DigitOptions), PrintMembers);
}

/// <summary>
/// Generated digits that look handwritten: a substitute for MNIST that needs no files. Their shape and placement are those of MNIST.
/// </summary>
public static class Digits
{
    private const int Size = DigitPen.Side * DigitPen.Side;

    // Pictures that one thread draws at a time: enough to make its scratch memory worth it.
    private const int Chunk = 250;

    private static readonly string[] ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>
    /// Generates pictures of shape [1, 28, 28] with pixels from 0 to 1. Each class has the same number of pictures, give or take one.
    /// </summary>
    /// <param name="options">The options. Default: null, those of <see cref="DigitOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 0, or so large that its pixels do not fit in an array.</exception>
    public static DataSplit Generate(DigitOptions? options = null)
    {
        options ??= new DigitOptions();
        return new DataSplit(
            Draw(options.TrainCount, options.Seed, "digits/train"),
            Draw(options.ValidationCount, options.Seed, "digits/valid"),
            Draw(options.TestCount, options.Seed, "digits/test"));
    }

    private static Dataset Draw(int count, ulong seed, string stream)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / Size);
        var pixels = new byte[count * Size];
        var labels = new int[count];
        Parallel.For(0, (count + Chunk - 1) / Chunk, chunk =>
        {
            var writer = new DigitWriter();
            for (var index = chunk * Chunk; index < Math.Min(count, (chunk + 1) * Chunk); index++)
            {
                labels[index] = index % ClassNames.Length;
                writer.Write(labels[index], seed, stream, index, pixels.AsSpan(index * Size, Size));
            }
        });
        return Dataset.OfClasses("digits", [1, DigitPen.Side, DigitPen.Side], Inputs.Of(pixels, Size), labels, ClassNames);
    }
}
