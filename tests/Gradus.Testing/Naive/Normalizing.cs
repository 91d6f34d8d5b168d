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

    /// <summary>(x − mean)/√(mean of (x − mean)² + ε), the mean being 0 where it is not taken off.</summary>
    public static double[] Standard(double[] values, bool isCentered, double epsilon)
    {
        var mean = isCentered ? values.Average() : 0;
        var root = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)) + epsilon);
        return [.. values.Select(x => (x - mean) / root)];
    }

    /// <summary>Rows times a weight, where there is one, plus a bias, where there is one.</summary>
    public static NArray Affine(NArray rows, NArray[] weightAndBias) => NArray.Build(rows.Shape, position =>
        (rows[position] * (weightAndBias.Length > 0 ? weightAndBias[0][position[^1]] : 1)) + (weightAndBias.Length > 1 ? weightAndBias[1][position[^1]] : 0));

    /// <summary>The mean of each channel (axis 1), and the mean square of what is left without it.</summary>
    public static (NArray Mean, NArray Variance) Channels(NArray x)
    {
        var channels = Enumerable.Range(0, x.Shape[1])
            .Select(channel => NArray.Positions(x.Shape).Where(position => position[1] == channel).Select(position => x[position]).ToArray()).ToArray();
        double[] means = [.. channels.Select(static channel => channel.Average())];
        double[] variances = [.. channels.Select((channel, index) => channel.Average(value => (value - means[index]) * (value - means[index])))];
        return (new NArray([means.Length], means), new NArray([means.Length], variances));
    }

    public static NArray Batch(NArray x, NArray weight, NArray bias, NArray mean, NArray variance, double epsilon) => NArray.Build(x.Shape, position =>
        position[1] is var channel ? ((x[position] - mean[channel]) / Math.Sqrt(variance[channel] + epsilon) * weight[channel]) + bias[channel] : 0);
}
