namespace Gradus.Data;

/// <summary>Windows of consecutive rows of a time series, each a sample. The rows are kept once, however many windows they are in.</summary>
/// <param name="series">rows × <paramref name="width"/> numbers, in the order of time.</param>
/// <param name="width">Number of numbers in a row.</param>
/// <param name="window">Number of rows in a window.</param>
/// <param name="first">The first row of each window.</param>
internal sealed class SeriesWindows(float[] series, int width, int window, int[] first) : Inputs(width * window, first.Length)
{
    public override Inputs Select(ReadOnlySpan<int> rows) => new SeriesWindows(series, width, window, Gather(first, 1, rows));

    public override (double Mean, double Deviation) Measure()
    {
        if (Count == 0) return (0, 0);
        double sum = 0, squares = 0;
        var count = (double)Count * Size;
        foreach (var start in first)
        {
            foreach (var value in Of(start)) sum += value;
        }

        var mean = sum / count;
        foreach (var start in first)
        {
            foreach (var value in Of(start)) squares += (value - mean) * (value - mean);
        }

        return (mean, Math.Sqrt(squares / count));
    }

    private protected override void CopyRow(int row, Span<float> destination) => Of(first[row]).CopyTo(destination);

    private protected override Inputs Scale(double mean, double deviation) =>
        new SeriesWindows(Array.ConvertAll(series, value => (float)((value - mean) / deviation)), width, window, first);

    private ReadOnlySpan<float> Of(int start) => series.AsSpan(start * width, Size);
}
