using System.Globalization;
using System.Text;
using System.Text.Json;
using Gradus.Nn;

namespace Gradus.Cli.Output;

/// <summary>The sizes of a network's weights and of the gradients that have arrived at them.</summary>
internal sealed class StepFigures
{
    private readonly (string Name, Shape Shape, double Weight, double? Gradient)[] _rows;

    private StepFigures((string Name, Shape Shape, double Weight, double? Gradient)[] rows) => _rows = rows;

    /// <summary>The norm of all gradients, taken as one vector.</summary>
    public double GradientNorm => Math.Sqrt(_rows.Sum(static row => row.Gradient is { } norm ? norm * norm : 0));

    public static StepFigures Of(Module network)
    {
        using var noGrad = new NoGrad();
        return new StepFigures([.. network.NamedParameters().Select(static named =>
            (named.Name, named.Parameter.Shape, Norm(named.Parameter.Value), named.Parameter.Grad is { } gradient ? Norm(gradient) : (double?)null))]);
    }

    /// <summary>A line for each parameter: its name, shape, norm and the norm of its gradient.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        var (names, shapes) = (Math.Max(9, _rows.Max(static row => row.Name.Length)), Math.Max(5, _rows.Max(static row => row.Shape.ToString().Length)));
        text.Append(CultureInfo.InvariantCulture, $"{"parameter".PadRight(names)}  {"shape".PadRight(shapes)}  {"norm",10}  {"gradient",10}\n");
        foreach (var (name, shape, weight, gradient) in _rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name.PadRight(names)}  {shape.ToString().PadRight(shapes)}  {weight,10:G4}  ");
            text.Append(gradient is { } norm ? string.Create(CultureInfo.InvariantCulture, $"{norm,10:G4}") : $"{"none",10}").Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"{"all".PadRight(names)}  {"".PadRight(shapes)}  {"",10}  {GradientNorm,10:G4}\n");
        return text.ToString();
    }

    public void Write(Utf8JsonWriter json)
    {
        JsonLine.Real(json, "gradient_norm", GradientNorm);
        json.WriteStartArray("parameters");
        foreach (var (name, shape, weight, gradient) in _rows)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("shape", shape.ToString());
            JsonLine.Real(json, "norm", weight);
            JsonLine.Real(json, "gradient_norm", gradient ?? double.NaN);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // In float64, so that large weights do not overflow.
    private static double Norm(Tensor values) => values.To(DType.Float64).Square().Sum().Sqrt().Item();
}
