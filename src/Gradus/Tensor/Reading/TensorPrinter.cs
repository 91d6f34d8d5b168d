using System.Globalization;
using System.Text;

namespace Gradus;

/// <summary>Writes tensors as NumPy prints arrays: one width for all numbers, large axes cut in the middle.</summary>
internal static class TensorPrinter
{
    private const int Threshold = 1000;
    private const int Edge = 3;

    /// <summary>Type, shape and values; or, where a format for the numbers is given, the values alone.</summary>
    public static string Print(Tensor tensor, string? numberFormat = null)
    {
        var head = numberFormat is null ? $"Tensor {tensor.Describe()}" : "";
        if (tensor.Count == 0) return numberFormat is null ? head + " []" : "[]";
        var edge = tensor.Count > Threshold ? Edge : int.MaxValue;
        var numbers = tensor.DType switch
        {
            DType.Bool => Shown<bool>(tensor, edge).ConvertAll(static value => value ? "true" : "false"),
            DType.Int64 when numberFormat is not null => Shown<long>(tensor, edge).ConvertAll(value => Written(value, numberFormat)),
            _ when numberFormat is not null =>
                Shown<double>(tensor, edge).ConvertAll(value => Special(value) ?? value.ToString(numberFormat, CultureInfo.InvariantCulture)),
            DType.Int32 or DType.Int64 => Shown<long>(tensor, edge).ConvertAll(static value => value.ToString(CultureInfo.InvariantCulture)),
            _ => Format(Shown<double>(tensor, edge)),
        };

        var width = tensor.Rank == 0 ? 0 : numbers.Max(static number => number.Length);
        var text = new StringBuilder(head);
        if (numberFormat is null) text.Append(tensor.Rank == 0 ? ' ' : '\n');
        var next = 0;
        Write(text, tensor.Shape.AsSpan(), 0, edge, width, () => numbers[next++]);
        return text.ToString();
    }

    /// <summary>A whole number in a format for numbers: as a double, which takes any of them, unless that would be its neighbor.</summary>
    private static string Written(long value, string format) =>
        (long)(double)value == value && value != long.MaxValue
            ? ((double)value).ToString(format, CultureInfo.InvariantCulture)
            : value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A number as one would type it: at most four decimals unless that would hide it.</summary>
    private static List<string> Format(List<double> values)
    {
        var finite = values.Where(double.IsFinite).Select(Math.Abs).Where(static value => value != 0).ToArray();
        double largest = finite.Length == 0 ? 0 : finite.Max(), smallest = finite.Length == 0 ? 0 : finite.Min();
        if (largest >= 1e8 || (smallest > 0 && smallest < 1e-4))
        {
            return values.ConvertAll(static value => Special(value) ?? value.ToString("0.0000e+00", CultureInfo.InvariantCulture));
        }

        var decimals = 0;
        foreach (var value in finite)
        {
            while (decimals < 4 && Math.Abs(Math.Round(value, decimals) - value) > 1e-7 * Math.Max(1, value)) decimals++;
        }

        return values.ConvertAll(value => Special(value) ?? value.ToString("F" + decimals, CultureInfo.InvariantCulture));
    }

    private static string? Special(double value) =>
        double.IsNaN(value) ? "nan" : double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : null;

    /// <summary>The elements that are printed, in order.</summary>
    private static List<T> Shown<T>(Tensor tensor, int edge) where T : unmanaged
    {
        var values = new List<T>();
        Visit(tensor, edge, values);
        return values;
    }

    private static void Visit<T>(Tensor tensor, int edge, List<T> values) where T : unmanaged
    {
        if (tensor.Rank == 0 || edge == int.MaxValue)
        {
            values.AddRange(tensor.ToArray<T>());
            return;
        }

        foreach (var index in Shown(tensor.Shape[0], edge))
        {
            if (index >= 0) Visit(tensor.Select(0, index), edge, values);
        }
    }

    private static void Write(StringBuilder text, ReadOnlySpan<int> sizes, int depth, int edge, int width, Func<string> next)
    {
        if (sizes.IsEmpty)
        {
            text.Append(next().PadLeft(width));
            return;
        }

        text.Append('[');
        var first = true;
        foreach (var index in Shown(sizes[0], edge))
        {
            if (!first) text.Append(sizes.Length == 1 ? ", " : "," + new string('\n', sizes.Length - 1) + new string(' ', depth + 1));
            first = false;
            if (index < 0) text.Append("...");
            else Write(text, sizes[1..], depth + 1, edge, width, next);
        }

        text.Append(']');
    }

    /// <summary>The positions of an axis that are shown; −1 stands for those left out.</summary>
    private static IEnumerable<int> Shown(int size, int edge)
    {
        if (size <= 2L * edge) return Enumerable.Range(0, size);
        return [.. Enumerable.Range(0, edge), -1, .. Enumerable.Range(size - edge, edge)];
    }
}
