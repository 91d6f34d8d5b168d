using System.Globalization;

namespace Gradus.Graphs;

/// <summary>Numbers as a person reads them: six digits, and of a larger tensor its range.</summary>
internal static class NumberText
{
    private const int MostShown = 4;
    private const int MostListed = 16;

    /// <summary>A number without the sign of −0, which a reader takes for a mistake.</summary>
    public static double Unsigned(double number) => number == 0 ? 0 : number;

    /// <summary>A number with a proper minus.</summary>
    public static string Of(double number, string format = "G6") =>
        Unsigned(number).ToString(format, CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);

    /// <summary><c>2.5</c>, <c>[1, 2, 3]</c>, or <c>2×3: −0.1 … 0.4</c>.</summary>
    public static string Of(Tensor tensor)
    {
        if (tensor.Rank == 0) return Of(tensor.Item());
        var values = tensor.To(DType.Float64).ToArray<double>();
        if (tensor.Rank == 1 && values.Length <= MostShown) return $"[{string.Join(", ", values.Select(static value => Of(value, "G3")))}]";
        return values.Length == 0 ? Of(tensor.Shape) : $"{Of(tensor.Shape)}: {Of(values.Min(), "G3")} … {Of(values.Max(), "G3")}";
    }

    /// <summary>A number, or of a tensor its norm: <c>‖0.5‖</c>.</summary>
    public static string Brief(Tensor tensor) => tensor.Rank == 0 ? Of(tensor.Item()) : $"‖{Of(GraphPath.NormOf(tensor), "G3")}‖";

    /// <summary>Every element of a small tensor, in brackets; of a larger one its range.</summary>
    public static string Elements(Tensor tensor)
    {
        if (tensor.Count > MostListed) return Of(tensor);
        return Nested(tensor.To(DType.Float64).ToArray<double>(), tensor.Shape.AsSpan());

        static string Nested(ReadOnlySpan<double> values, ReadOnlySpan<int> sizes)
        {
            if (sizes.IsEmpty) return Of(values[0]);
            var parts = new string[sizes[0]];
            var length = parts.Length == 0 ? 0 : values.Length / parts.Length;
            for (var index = 0; index < parts.Length; index++) parts[index] = Nested(values.Slice(index * length, length), sizes[1..]);
            return $"[{string.Join(", ", parts)}]";
        }
    }

    /// <summary><c>2×3</c>.</summary>
    public static string Of(Shape shape) => string.Join("×", shape.ToArray());

    /// <summary>What several heads add, side by side: numbers add up, norms do not.</summary>
    public static string Between(Tensor share) => share.Rank == 0 ? " + " : ", ";
}
