namespace Gradus.Data;

/// <summary>
/// The inputs of a <see cref="Dataset"/>: samples of equal size. They are stored compactly, pixels as bytes for example, and become float32 numbers
/// batch by batch.
/// </summary>
public abstract class Inputs
{
    private protected Inputs(int size, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (Size, Count) = (size, count);
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Number of numbers per sample.</summary>
    public int Size { get; }

    /// <summary>Creates inputs from float32 numbers.</summary>
    /// <param name="values">samples × <paramref name="size"/> numbers, row by row. The array is kept, not copied.</param>
    /// <param name="size">Number of numbers per sample.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="size"/>.</exception>
    public static Inputs Of(float[] values, int size) => new FloatInputs(values, size);

    /// <summary>Creates inputs from pixels. They are stored as bytes, in a quarter of the memory, and are read as value / 255.</summary>
    /// <param name="pixels">samples × <paramref name="size"/> pixels, row by row. The array is kept, not copied.</param>
    /// <param name="size">Number of pixels per sample.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="size"/>.</exception>
    public static Inputs Of(byte[] pixels, int size) => new ByteInputs(pixels, size, mean: 0, deviation: 1);

    /// <summary>Creates inputs from the token numbers of sentences, which a network takes as whole numbers.</summary>
    /// <param name="tokens">
    /// sentences × <paramref name="length"/> tokens, sentence by sentence; 0 stands behind the last word of a sentence that is shorter. The array is kept, not
    /// copied.
    /// </param>
    /// <param name="length">Number of tokens per sentence.</param>
    /// <param name="vocabulary">How many different tokens there are: they go from 0 to one less.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="length"/>, or a token is too large.</exception>
    public static Inputs OfTokens(ushort[] tokens, int length, int vocabulary)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        foreach (var token in tokens)
        {
            if (token >= vocabulary) throw new ArgumentException($"There is no token {token}; they go from 0 to {vocabulary - 1}.", nameof(tokens));
        }

        return new SentenceTokens(tokens, length, vocabulary);
    }

    /// <summary>Copies the samples of some rows, one after another.</summary>
    /// <param name="rows">Row numbers, 0 to <see cref="Count"/> − 1, in any order, repeated or not.</param>
    /// <param name="destination">At least rows × <see cref="Size"/> numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    public void CopyRows(ReadOnlySpan<int> rows, Span<float> destination)
    {
        if (destination.Length / Size < rows.Length)
            throw new ArgumentException($"{rows.Length} rows of {Size} numbers do not fit into {destination.Length} numbers.", nameof(destination));
        for (var i = 0; i < rows.Length; i++) CopyRow(CheckRow(rows[i], Count), destination.Slice(i * Size, Size));
    }

    /// <summary>Copies some rows to new inputs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    /// <exception cref="GradusException">The result would be longer than an array can be.</exception>
    public abstract Inputs Select(ReadOnlySpan<int> rows);

    /// <summary>The mean and the standard deviation over all numbers of all samples, after any normalization.</summary>
    public abstract (double Mean, double Deviation) Measure();

    /// <summary>The same samples with each number replaced by (value − mean) / deviation.</summary>
    /// <param name="mean">The mean to subtract.</param>
    /// <param name="deviation">The standard deviation to divide by, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or the deviation is not above 0.</exception>
    public Inputs Normalize(double mean, double deviation)
    {
        if (!double.IsFinite(mean)) throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean must be a finite number.");
        if (!(deviation > 0 && double.IsFinite(deviation)))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation must be a finite number above 0.");
        return Scale(mean, deviation);
    }

    private protected abstract void CopyRow(int row, Span<float> destination);

    private protected abstract Inputs Scale(double mean, double deviation);

    internal static int CheckRow(int row, int count) =>
        (uint)row < (uint)count ? row : throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {count} rows, numbered from 0.");

    internal static T[] Gather<T>(T[] values, int size, ReadOnlySpan<int> rows)
    {
        var result = new T[RowArray.Length(rows.Length, size)];
        var count = values.Length / size;
        for (var i = 0; i < rows.Length; i++) values.AsSpan(CheckRow(rows[i], count) * size, size).CopyTo(result.AsSpan(i * size));
        return result;
    }

    private protected static int CountOf(int length, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return length % size == 0
            ? length / size
            : throw new ArgumentException($"{length} values are no whole number of samples of {size} values each.", nameof(length));
    }

    private sealed class FloatInputs(float[] values, int size) : Inputs(size, CountOf(values.Length, size))
    {
        public override Inputs Select(ReadOnlySpan<int> rows) => new FloatInputs(Gather(values, Size, rows), Size);

        public override (double Mean, double Deviation) Measure()
        {
            if (values.Length == 0) return (0, 0);
            double sum = 0, squares = 0;
            foreach (var value in values) sum += value;
            var mean = sum / values.Length;
            foreach (var value in values) squares += (value - mean) * (value - mean);
            return (mean, Math.Sqrt(squares / values.Length));
        }

        private protected override void CopyRow(int row, Span<float> destination) => values.AsSpan(row * Size, Size).CopyTo(destination);

        private protected override Inputs Scale(double mean, double deviation) =>
            new FloatInputs(Array.ConvertAll(values, value => (float)((value - mean) / deviation)), Size);
    }

    private sealed class ByteInputs : Inputs
    {
        private readonly byte[] _pixels;
        private readonly double _mean;
        private readonly double _deviation;
        private readonly float[] _numberOf = new float[256];

        public ByteInputs(byte[] pixels, int size, double mean, double deviation) : base(size, CountOf(pixels.Length, size))
        {
            (_pixels, _mean, _deviation) = (pixels, mean, deviation);
            for (var pixel = 0; pixel < 256; pixel++) _numberOf[pixel] = (float)((pixel / 255.0 - mean) / deviation);
        }

        public override Inputs Select(ReadOnlySpan<int> rows) => new ByteInputs(Gather(_pixels, Size, rows), Size, _mean, _deviation);

        public override (double Mean, double Deviation) Measure()
        {
            if (_pixels.Length == 0) return (0, 0);
            var histogram = new long[256];
            foreach (var pixel in _pixels) histogram[pixel]++;
            double sum = 0, squares = 0;
            for (var pixel = 0; pixel < 256; pixel++) sum += histogram[pixel] * (double)_numberOf[pixel];
            var mean = sum / _pixels.Length;
            for (var pixel = 0; pixel < 256; pixel++) squares += histogram[pixel] * (_numberOf[pixel] - mean) * (_numberOf[pixel] - mean);
            return (mean, Math.Sqrt(squares / _pixels.Length));
        }

        private protected override void CopyRow(int row, Span<float> destination) =>
            PixelNumbers.Copy(_pixels.AsSpan(row * Size, Size), _numberOf, destination);

        private protected override Inputs Scale(double mean, double deviation) =>
            new ByteInputs(_pixels, Size, _mean + mean * _deviation, _deviation * deviation);
    }
}
