namespace Gradus.Onnx;

/// <summary>The operators of ONNX's own domain that are there, a row for each version range.</summary>
internal static class OperatorTable
{
    /// <summary>The newest version of ONNX's operators that the rows are written for.</summary>
    public const int NewestOpset = 27;

    private static readonly Dictionary<string, OnnxOperator[]> Rows = new[]
    {
        ArithmeticOperators.Rows, FunctionOperators.Rows, ComparisonOperators.Rows, ActivationOperators.Rows, ShapeOperators.Rows, CreationOperators.Rows,
        TypeOperators.Rows, IndexingOperators.Rows, OrderingOperators.Rows, ReductionOperators.Rows, ProductOperators.Rows, ControlOperators.Rows,
        ConvolutionOperators.Rows, PoolingOperators.Rows, NormOperators.Rows, RecurrentOperators.Rows, AttentionOperators.Rows, LossOperators.Rows,
        ImageOperators.Rows, SignalOperators.Rows, DetectionOperators.Rows,
    }.SelectMany(static rows => rows).GroupBy(static row => row.Name).ToDictionary(static rows => rows.Key, static rows => rows.ToArray());

    /// <summary>All rows by name and version.</summary>
    public static IEnumerable<OnnxOperator> All =>
        Rows.Values.SelectMany(static rows => rows).OrderBy(static row => row.Name, StringComparer.Ordinal).ThenBy(static row => row.Since);

    /// <summary>Whether there is an operator of a name, in whatever version.</summary>
    public static bool Has(string name) => Rows.ContainsKey(name);

    /// <summary>The row of an operator for a version of ONNX's operators; null where there is none.</summary>
    public static OnnxOperator? Find(string name, int opset)
    {
        if (!Rows.TryGetValue(name, out var rows)) return null;
        var newest = rows.Where(row => row.Since <= opset).MaxBy(static row => row.Since);
        return newest is not null && opset <= newest.Until ? newest : null;
    }
}
