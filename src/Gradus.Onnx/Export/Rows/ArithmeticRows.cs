namespace Gradus.Onnx;

/// <summary>Arithmetic, rounding, selection and copies.</summary>
internal static class ArithmeticRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.Add, "Add"),
        ExportRow.Of(Ops.Subtract, "Sub"),
        ExportRow.Of(Ops.Multiply, "Mul"),
        ExportRow.Of(Ops.Divide, "Div"),
        ExportRow.Of(Ops.Negate, "Neg"),
        ExportRow.Of(Ops.Abs, "Abs"),
        ExportRow.Of(Ops.Sign, "Sign"),
        ExportRow.Of(Ops.Square, static (call, x) => call.Add("Mul", [x, x])),
        ExportRow.Of(Slopes.Multiply, static (call, x, y) => UnlessZero(call, x, "Mul", y)),
        ExportRow.Of(Slopes.Divide, static (call, x, y) => UnlessZero(call, x, "Div", y)),
        ExportRow.Of(Ops.Floor, Floats("Floor")),
        ExportRow.Of(Ops.Ceil, Floats("Ceil")),
        ExportRow.Of(Ops.Round, Floats("Round")),
        ExportRow.Of(Ops.Trunc, static (call, x) =>
            call.Type().IsFloat ? call.Add("Mul", [call.Add("Sign", [x]), call.Add("Floor", [call.Add("Abs", [x])])]) : x),
        ExportRow.Of(Ops.Remainder, static (call, x, y) => call.Type().IsFloat
            ? Remainder(call, x, y)
            : call.Add("Mod", [x, y])),
        ExportRow.Of(Ops.Fmod, static (call, _) => call.One("Mod", Attributes.Int("fmod", 1))),
        ExportRow.Of(Ops.Maximum, "Max"),
        ExportRow.Of(Ops.Minimum, "Min"),
        ExportRow.Of(Ops.Where, "Where"),
        ExportRow.Of(Ops.Clamp, static (call, args) => call.Give(call.Add("Clip", [call[0], Bound(call, args.Min), Bound(call, args.Max)]))),
        ExportRow.Of(Ops.Copy, static (call, _) => call.Give(call[0])),
        ExportRow.Of(Ops.Cast, static (call, type) => call.Give(call.Cast(call[0], type))),
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

    // The rest has the sign of the divisor: where it is not so, it is one divisor off. By division it would lose its last bits.
    private static string Remainder(ExportCall call, string x, string y)
    {
        var rest = call.Add("Mod", [x, y], Attributes.Int("fmod", 1));
        var isOff = call.Add("Less", [call.Add("Mul", [call.Add("Sign", [rest]), call.Add("Sign", [y])]), call.Number(0, call.Type())]);
        return call.Add("Where", [isOff, call.Add("Add", [rest, y]), rest]);
    }
}
