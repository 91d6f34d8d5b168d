using System.Globalization;

namespace Gradus.Training;

/// <summary>The first element in which two tensors differ, by its bits.</summary>
/// <param name="Element">Its place, an index for each axis.</param>
/// <param name="A">The value in the first.</param>
/// <param name="B">The value in the second.</param>
public sealed record TensorDifference(IReadOnlyList<int> Element, double A, double B)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"[{string.Join(",", Element)}]: {Text(A)} and {Text(B)}");

    /// <summary>Compares two tensors of one shape and type; null if all bits are equal.</summary>
    internal static TensorDifference? Of(Tensor a, Tensor b)
    {
        using var mode = GradMode.Disable();
        using var scope = new TensorScope();
        var (first, second) = (a.Contiguous(), b.Contiguous());
        var at = first.Bytes().CommonPrefixLength(second.Bytes());
        if (at == a.Count * a.DType.Size) return null;
        var index = at / a.DType.Size;
        var element = new int[a.Rank];
        for (var (axis, rest) = (a.Rank - 1, index); axis >= 0; axis--) (rest, element[axis]) = Math.DivRem(rest, a.Shape[axis]);
        return new TensorDifference(element, a.Flatten()[index].Item(), b.Flatten()[index].Item());
    }

    // All digits, so that what differs in the last bit looks different; a float needs no more than nine.
    private static string Text(double value) => (float)value == value
        ? ((float)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);
}
