namespace Gradus.Onnx;

/// <summary>Arithmetic, rounding, selection and copies.</summary>
internal static class ArithmeticRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.One(Ops.Add, "Add"),
        ExportRow.One(Ops.Subtract, "Sub"),
        ExportRow.One(Ops.Multiply, "Mul"),
        ExportRow.One(Ops.Divide, "Div"),
        ExportRow.One(Ops.Negate, "Neg"),
        ExportRow.One(Ops.Abs, "Abs"),
        ExportRow.One(Ops.Sign, "Sign"),
        ExportRow.Out(Ops.Square, static (call, x) => call.Add("Mul", [x, x])),
        ExportRow.Out(Slopes.Multiply, static (call, x, y) => UnlessZero(call, x, "Mul", y)),
        ExportRow.Out(Slopes.Divide, static (call, x, y) => UnlessZero(call, x, "Div", y)),
        ExportRow.One(Ops.Floor, Floats("Floor")),
        ExportRow.One(Ops.Ceil, Floats("Ceil")),
        ExportRow.One(Ops.Round, Floats("Round")),
        ExportRow.Out(Ops.Trunc, static (call, x) =>
            call.Type().IsFloat ? call.Add("Mul", [call.Add("Sign", [x]), call.Add("Floor", [call.Add("Abs", [x])])]) : x),
        ExportRow.Out(Ops.Remainder, static (call, x, y) => call.Type().IsFloat
            ? call.Add("Sub", [x, call.Add("Mul", [y, call.Add("Floor", [call.Add("Div", [x, y])])])])
            : call.Add("Mod", [x, y])),
        ExportRow.One(Ops.Fmod, static (call, _) => call.One("Mod", Attributes.Int("fmod", 1))),
        ExportRow.One(Ops.Maximum, "Max"),
        ExportRow.One(Ops.Minimum, "Min"),
        ExportRow.One(Ops.Where, "Where"),
        ExportRow.One(Ops.Clamp, static (call, args) => call.Give(call.Add("Clip", [call[0], Bound(call, args.Min), Bound(call, args.Max)]))),
        ExportRow.One(Ops.Copy, static (call, _) => call.Give(call[0])),
        ExportRow.One(Ops.Cast, static (call, type) => call.Give(call.Cast(call[0], type))),
    ];

    private static Action<ExportCall, Operators.None> Floats(string op) => (call, _) => call.Give(call.Type().IsFloat ? call.Add(op, call.All) : call[0]);

    private static string Bound(ExportCall call, double value) => double.IsInfinity(value) ? "" : call.Number(value);

    // Nothing times anything is nothing, even where that is infinite; a constant without zeros needs no such care.
    private static string UnlessZero(ExportCall call, string x, string op, string y)
    {
        var result = call.Add(op, [x, y]);
        if (call.ConstantInput(0) is { } constant && !constant.Equal(0).Any().Item<bool>()) return result;
        var zero = call.Number(0);
        return call.Add("Where", [call.Add("Equal", [x, zero]), zero, result]);
    }
}
