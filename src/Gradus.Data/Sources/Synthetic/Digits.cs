namespace Gradus.Data;

/// <summary>How many generated digits, and which.</summary>
public sealed record DigitOptions
{
    /// <summary>Pictures to train on. Default: 9,000.</summary>
    public int Train { get; init; } = 9000;

    /// <summary>Pictures to choose by. Default: 1,000.</summary>
    public int Valid { get; init; } = 1000;

    /// <summary>Pictures to report on. Default: 2,000.</summary>
    public int Test { get; init; } = 2000;

    /// <summary>The same seed gives the same pixels on every machine, for any number of threads. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(DigitOptions), PrintMembers);
}

/// <summary>Digits that look handwritten, drawn on the spot: a stand-in for MNIST that needs no file, in the same shape and placed the same way.</summary>
public static class Digits
{
    private const int Size = DigitPen.Side * DigitPen.Side;

    // Pictures that one thread draws at a time: enough to make its scratch memory worth it.
    private const int Chunk = 250;

    private static readonly string[] ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>
    /// Draws training, validation and test pictures of shape [1, 28, 28] with pixels from 0 to 1; the classes take turns, so each has its equal share.
    /// </summary>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 0, or of more pixels than an array holds.</exception>
    public static DataSplit Generate(DigitOptions? options = null)
    {
        options ??= new DigitOptions();
        return new DataSplit(
            Draw(options.Train, options.Seed, "digits/train"),
            Draw(options.Valid, options.Seed, "digits/valid"),
            Draw(options.Test, options.Seed, "digits/test"));
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
