namespace Gradus.Testing.Naive;

/// <summary>Functions of whole rows.</summary>
internal static class Normalizing
{
    public static NArray EachRow(NArray x, Func<double[], double[]> function) =>
        new(x.Shape, [.. x.Values.Chunk(Math.Max(x.Shape[^1], 1)).SelectMany(function)]);

    public static double[] Softmax(double[] row)
    {
        var sum = row.Sum(Math.Exp);
        return [.. row.Select(x => Math.Exp(x) / sum)];
    }

    public static double[] LogSoftmax(double[] row)
    {
        var logarithm = Math.Log(row.Sum(Math.Exp));
        return [.. row.Select(x => x - logarithm)];
    }
}
