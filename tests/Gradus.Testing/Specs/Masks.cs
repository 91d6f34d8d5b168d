namespace Gradus.Testing.Specs;

/// <summary>What choosing and filling by a mask must do.</summary>
internal static class Masks
{
    public static IEnumerable<OpSpec> All =>
    [
        Composite.Spec("MaskedFill", [MaskFilled([2, 3], [2, 3]), MaskFilled([2, 3], [3]), MaskFilled([4], [])], OpSpec.AllTypes,
            misuses:
            [
                new("a larger mask", static () => Tensor.Ones([3]).MaskedFill(Tensor.Zeros([2, 3], DType.Bool), 0),
                    "maskedFill: the mask is bool[2,3], which does not broadcast to f32[3]."),
                new("a mask of another size", static () => Tensor.Ones([3]).MaskedFill(Tensor.Zeros([2], DType.Bool), 0),
                    "maskedFill: [3] and [2] do not broadcast"),
                new("a mask of numbers", static () => Tensor.Ones([3]).MaskedFill(Tensor.Ones([3]), 0), "maskedFill: expected a bool mask, got f32[3]."),
            ]),
        Composite.Spec("MaskedSelect",
            [Masked("select", [2, 3], static (x, mask) => x.MaskedSelect(mask),
                static (x, places) => new NArray([places.Length], [.. places.Select(place => x.Values[place])]))], OpSpec.AllTypes,
            misuses: [new("a mask of numbers", static () => Tensor.Ones([3]).MaskedSelect(Tensor.Ones([3])),
                "maskedSelect: expected a bool mask, got f32[3].")]),
    ];

    private static Case MaskFilled(int[] shape, int[] mask) => Composite.Use("", [Any(shape), Input.Condition(mask)], static t => t[0].MaskedFill(t[1], 1), a =>
        NArray.Build(shape, at => a[1].Stretched(at) != 0 ? 1 : a[0][at]));

    /// <summary>A use of a mask that is fixed: with it the result's shape would change.</summary>
    public static Case Masked(string label, int[] shape, Func<Tensor, Tensor, Tensor> apply, Func<NArray, int[], NArray> reference)
    {
        bool[] mask = [.. Enumerable.Range(0, shape.Aggregate(static (product, size) => product * size)).Select(static place => place % 3 != 1)];
        int[] places = [.. Enumerable.Range(0, mask.Length).Where(place => mask[place])];
        return Composite.Use(label, Any(shape), x => apply(x, Tensor.From(mask, Shape.Create(shape))), x => reference(x, places));
    }

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
