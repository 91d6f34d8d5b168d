namespace Gradus.Onnx;

/// <summary>Exponentials, logarithms and functions of angles.</summary>
internal static class FunctionRows
{
    public static readonly ExportRow[] All =
    [
        ExportRow.Of(Ops.Exp, "Exp"),
        ExportRow.Of(Ops.Log, "Log"),
        ExportRow.Of(Ops.Sqrt, "Sqrt"),
        ExportRow.Of(Ops.Pow, "Pow"),
        ExportRow.Of(Ops.Erf, "Erf"),
        ExportRow.Of(Ops.Reciprocal, "Reciprocal"),
        ExportRow.Of(Ops.Rsqrt, static (call, x) => call.Add("Reciprocal", [call.Add("Sqrt", [x])])),
        ExportRow.Of(Ops.Erfc, static (call, x) => call.Add("Sub", [call.Number(1), call.Add("Erf", [x])])),
        ExportRow.Of(Ops.Exp2, static (call, x) => call.Add("Pow", [call.Number(2), x])),
        ExportRow.Of(Ops.ExpM1, static (call, x) => call.Add("Sub", [call.Add("Exp", [x]), call.Number(1)])),
        ExportRow.Of(Ops.Log1P, static (call, x) => call.Add("Log", [call.Add("Add", [x, call.Number(1)])])),
        ExportRow.Of(Ops.Log2, static (call, x) => call.Add("Mul", [call.Add("Log", [x]), call.Number(1 / Math.Log(2))])),
        ExportRow.Of(Ops.Log10, static (call, x) => call.Add("Mul", [call.Add("Log", [x]), call.Number(1 / Math.Log(10))])),
        ExportRow.Of(Ops.LogAddExp, LogAddExp),
        ExportRow.Of(Ops.XLogY, static (call, x, y) =>
            call.Add("Where", [call.Add("Equal", [x, call.Number(0)]), call.Number(0), call.Add("Mul", [x, call.Add("Log", [y])])])),
        ExportRow.Of(Ops.Hypot, static (call, x, y) => call.Add("Sqrt", [call.Add("Add", [call.Add("Mul", [x, x]), call.Add("Mul", [y, y])])])),
        ExportRow.Of(Ops.Sin, "Sin"),
        ExportRow.Of(Ops.Cos, "Cos"),
        ExportRow.Of(Ops.Tan, "Tan"),
        ExportRow.Of(Ops.Asin, "Asin"),
        ExportRow.Of(Ops.Acos, "Acos"),
        ExportRow.Of(Ops.Atan, "Atan"),
        ExportRow.Of(Ops.Sinh, "Sinh"),
        ExportRow.Of(Ops.Cosh, "Cosh"),
        ExportRow.Of(Ops.Asinh, "Asinh"),
        ExportRow.Of(Ops.Acosh, "Acosh"),
        ExportRow.Of(Ops.Atanh, "Atanh"),
        ExportRow.Of(Ops.Atan2, Atan2),
    ];

    // The greater one plus log(1 + e^−|x − y|); two equal infinities have no difference.
    private static string LogAddExp(ExportCall call, string x, string y)
    {
        var away = call.Add("Neg", [call.Add("Abs", [call.Add("Sub", [x, y])])]);
        var sum = call.Add("Add", [call.Add("Max", [x, y]), call.Add("Log", [call.Add("Add", [call.Add("Exp", [away]), call.Number(1)])])]);
        return call.Add("Where", [call.Add("Equal", [x, y]), call.Add("Add", [x, call.Number(Math.Log(2))]), sum]);
    }

    // The angle of the quotient, half a turn further where the abscissa is negative; straight up or down where it is 0.
    private static string Atan2(ExportCall call, string ordinate, string abscissa)
    {
        var zero = call.Number(0);
        var isBelow = call.Add("Less", [ordinate, zero]);
        var turn = call.Add("Where", [isBelow, call.Number(-Math.PI), call.Number(Math.PI)]);
        var angle = call.Add("Atan", [call.Add("Div", [ordinate, abscissa])]);
        var further = call.Add("Where", [call.Add("Less", [abscissa, zero]), call.Add("Add", [angle, turn]), angle]);
        var upright = call.Add("Mul", [call.Add("Sign", [ordinate]), call.Number(Math.PI / 2)]);
        return call.Add("Where", [call.Add("Equal", [abscissa, zero]), upright, further]);
    }
}
