using System.Globalization;

namespace Gradus.Onnx;

/// <summary>The decimal that a float32 of a file was written as: 0.1, and not the float32 next to it.</summary>
internal static class WrittenDecimal
{
    public static double Of(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
}
