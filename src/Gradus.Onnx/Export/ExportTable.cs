using System.Collections.Frozen;

namespace Gradus.Onnx;

/// <summary>How each operator of Gradus is written as nodes of ONNX, or why it is not.</summary>
internal static class ExportTable
{
    private static readonly FrozenDictionary<Op, ExportRow[]> Rows = new[]
    {
        ArithmeticRows.All, FunctionRows.All, ActivationRows.All, ComparisonRows.All, ReductionRows.All, ViewRows.All, IndexingRows.All, OrderingRows.All,
        ProductRows.All, WindowRows.All, NormRows.All, AttentionRows.All, RecurrentRows.All,
    }.SelectMany(static rows => rows).GroupBy(static row => row.Op).ToFrozenDictionary(static rows => rows.Key, static rows => rows.ToArray());

    // Views that keep a parameter what it is.
    private static readonly FrozenSet<Op> Forms = ((Op[])[Ops.Reshape, Ops.Permute, Ops.Slice, Ops.Select, Ops.Split, Ops.Identity]).ToFrozenSet();

    /// <summary>Every row.</summary>
    public static IEnumerable<ExportRow> All => Rows.Values.SelectMany(static rows => rows);

    /// <summary>The row of an operator for a version of ONNX's operators; null where there is none.</summary>
    public static ExportRow? Find(Op op, int opset) =>
        Rows.TryGetValue(op, out var rows) ? rows.Where(row => row.Since <= opset).MaxBy(static row => row.Since) : null;

    /// <summary>Why an operator cannot be written.</summary>
    public static string WhyNot(Op op, int opset)
    {
        if (Refusals.Why.TryGetValue(op, out var why)) return why;
        if (!Rows.TryGetValue(op, out var rows)) return "is no operator of Gradus' table, such as a function of your own, and cannot be written";
        return FormattableString.Invariant($"needs opset {rows.Min(static row => row.Since)}, and {opset} is asked for");
    }

    /// <summary>Whether an operator of a parameter is written, so that the parameter stays in the file under its name, instead of computed once.</summary>
    public static bool KeepsParameters(Op op) => Forms.Contains(op);
}
