namespace Gradus.Onnx;

/// <summary>How an operator is written as nodes of ONNX, from a version of ONNX's operators on.</summary>
/// <param name="Op">The operator.</param>
/// <param name="Since">The first version that it holds for.</param>
/// <param name="Write">Adds the nodes.</param>
/// <param name="TakesBothRuns">Whether it reads the arguments of both runs, which may then differ.</param>
internal sealed record ExportRow(Op Op, int Since, Action<ExportCall> Write, bool TakesBothRuns = false)
{
    /// <summary>An operator that is one of ONNX without settings.</summary>
    public static ExportRow Of(Op op, string name, int since = OnnxExportOptions.OldestOpset) => new(op, since, call => call.One(name));

    /// <summary>An operator whose nodes follow from its arguments.</summary>
    public static ExportRow Of<TArgs>(Op<TArgs> op, Action<ExportCall, TArgs> write, int since = OnnxExportOptions.OldestOpset) =>
        new(op, since, call => write(call, (TArgs)call.Arguments));

    /// <summary>An operator of one input that is written out.</summary>
    public static ExportRow Of(Op op, Func<ExportCall, string, string> write) =>
        new(op, OnnxExportOptions.OldestOpset, call => call.Give(write(call, call[0])));

    /// <summary>An operator of two inputs that is written out.</summary>
    public static ExportRow Of(Op op, Func<ExportCall, string, string, string> write) =>
        new(op, OnnxExportOptions.OldestOpset, call => call.Give(write(call, call[0], call[1])));

    /// <summary>An operator whose arguments are sizes, which may depend on the batch.</summary>
    public static ExportRow Sized<TArgs>(Op<TArgs> op, Action<ExportCall, TArgs, TArgs> write) =>
        new(op, OnnxExportOptions.OldestOpset, call => write(call, (TArgs)call.Arguments, (TArgs)call.OtherArguments), TakesBothRuns: true);
}
