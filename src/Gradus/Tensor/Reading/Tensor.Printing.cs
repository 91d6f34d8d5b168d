using System.Globalization;

namespace Gradus;

public sealed partial class Tensor
{
    private string DebugText
    {
        get
        {
            if (_storage is null) return $"{Describe()} (freed)";
            if (Count == 0) return Describe();
            if (Count == 1) return string.Create(CultureInfo.InvariantCulture, $"{Describe()} = {Item():G9}");
            var values = ToArray<double>();
            return string.Create(CultureInfo.InvariantCulture, $"{Describe()} min {values.Min():G4} mean {values.Average():G4} max {values.Max():G4}");
        }
    }

    /// <summary>Type, shape and values, as NumPy prints arrays; large tensors are cut in the middle of each axis.</summary>
    public override string ToString()
    {
        using (GradMode.Disable()) return TensorPrinter.Print(this);
    }

    /// <summary>The values alone, each in a format of the platform's for numbers: <c>$"{x:F9}"</c>. With no format, as <see cref="ToString()"/>.</summary>
    /// <param name="format">Such as F4 or E3; null or empty for none.</param>
    /// <param name="formatProvider">Not looked at: what Gradus prints is in the invariant culture.</param>
    public string ToString(string? format, IFormatProvider? formatProvider = null)
    {
        if (string.IsNullOrEmpty(format)) return ToString();
        using (GradMode.Disable()) return TensorPrinter.Print(this, format);
    }
}
