namespace Gradus.Onnx;

/// <summary>How an operator is written as nodes of ONNX, from a version of ONNX's operators on.</summary>
/// <param name="Op">The operator.</param>
/// <param name="Since">The first version that it holds for.</param>
/// <param name="Write">Adds the nodes.</param>
/// <param name="IsOneToOne">Whether ONNX has the operator; else it is written out.</param>
/// <param name="TakesBothRuns">Whether it reads the arguments of both runs, which may then differ.</param>
internal sealed record ExportRow(Op Op, int Since, Action<ExportCall> Write, bool IsOneToOne, bool TakesBothRuns = false)
{
    /// <summary>An operator that is one node of ONNX without settings.</summary>
    public static ExportRow One(Op op, string name, int since = OnnxExportOptions.OldestOpset) => new(op, since, call => call.One(name), IsOneToOne: true);

    /// <summary>An operator that is one node of ONNX, whose settings follow from its arguments.</summary>
    public static ExportRow One<TArgs>(Op<TArgs> op, Action<ExportCall, TArgs> write, int since = OnnxExportOptions.OldestOpset) =>
        new(op, since, call => write(call, (TArgs)call.Arguments), IsOneToOne: true);

    /// <summary>An operator that is several nodes of ONNX.</summary>
    public static ExportRow Out<TArgs>(Op<TArgs> op, Action<ExportCall, TArgs> write, int since = OnnxExportOptions.OldestOpset) =>
        new(op, since, call => write(call, (TArgs)call.Arguments), IsOneToOne: false);

    /// <summary>An operator of one input that is several nodes of ONNX.</summary>
    public static ExportRow Out(Op op, Func<ExportCall, string, string> write, int since = OnnxExportOptions.OldestOpset) =>
        new(op, since, call => call.Give(write(call, call[0])), IsOneToOne: false);

    /// <summary>An operator of two inputs that is several nodes of ONNX.</summary>
    public static ExportRow Out(Op op, Func<ExportCall, string, string, string> write, int since = OnnxExportOptions.OldestOpset) =>
        new(op, since, call => call.Give(write(call, call[0], call[1])), IsOneToOne: false);

    /// <summary>An operator whose arguments are sizes, which may depend on the batch.</summary>
    public static ExportRow Sized<TArgs>(Op<TArgs> op, Action<ExportCall, TArgs, TArgs> write, bool isOneToOne = true) =>
        new(op, OnnxExportOptions.OldestOpset, call => write(call, (TArgs)call.Arguments, (TArgs)call.OtherArguments), isOneToOne, TakesBothRuns: true);
}
