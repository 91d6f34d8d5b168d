using System.Globalization;

namespace Gradus.Formats;

/// <summary>The size of an axis: a number, a name that stands for one, or neither.</summary>
internal readonly record struct OnnxDimension(long? Size, string? Name)
{
    /// <summary>Written as in a shape: <c>3</c>, <c>batch</c> or <c>?</c>.</summary>
    public override string ToString() => Name is { Length: > 0 } ? Name : Size?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
