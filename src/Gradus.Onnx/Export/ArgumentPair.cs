using System.Globalization;
using Gradus.Operators;

namespace Gradus.Onnx;

/// <summary>The arguments of one step in two runs whose batches differ.</summary>
internal static class ArgumentPair
{
    /// <summary>In which argument the two runs differ; null where they agree.</summary>
    public static string? Difference(TraceStep first, TraceStep second)
    {
        foreach (var (name, ours, theirs) in Pairs(first, second))
        {
            if (!Numbers(ours).SequenceEqual(Numbers(theirs))) return $"{name} is {Text(ours)} for one batch and {Text(theirs)} for another";
        }

        return null;
    }

    /// <summary>Whether the arguments of a third run are those that follow from two.</summary>
    public static bool Fits(TraceStep first, TraceStep second, TraceStep third, int batch) =>
        Pairs(first, second).Zip(Pairs(first, third), (pair, other) =>
        {
            object[] one = Numbers(pair.First), two = Numbers(pair.Second), three = Numbers(other.Second);
            return one.Length == two.Length && one.Length == three.Length && Enumerable.Range(0, one.Length).All(index =>
                (one[index], two[index], three[index]) is (int x, int y, int z) ? new Extent(x, y).At(batch) == z : one[index].Equals(three[index]));
        }).All(static fits => fits);

    private static IEnumerable<(string Name, object First, object Second)> Pairs(TraceStep first, TraceStep second) =>
        first.Arguments is IOperatorArguments named
            ? named.Named.Zip(((IOperatorArguments)second.Arguments).Named, static (ours, theirs) => (ours.Name, ours.Value, theirs.Value))
            : [("its argument", first.Arguments, second.Arguments)];

    // Lists and shapes are their numbers.
    private static object[] Numbers(object value) => value switch
    {
        int[] numbers => [.. numbers.Cast<object>()],
        Shape shape => [.. shape.ToArray().Cast<object>()],
        _ => [value],
    };

    private static string Text(object value) =>
        value is int[] numbers ? $"[{string.Join(",", numbers)}]" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
