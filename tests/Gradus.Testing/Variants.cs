namespace Gradus.Testing;

/// <summary>The same values under other strides.</summary>
internal static class Variants
{
    /// <summary>Views, each beside a contiguous tensor of the same values.</summary>
    public static IEnumerable<(string Name, Tensor Strided, Tensor Dense)> Of(Tensor tensor)
    {
        for (var axis = 0; axis < tensor.Rank; axis++)
        {
            if (axis > 0) yield return ($"transposed {axis}", tensor.Transpose(0, axis).Clone().Transpose(0, axis), tensor);
            yield return ($"stepped {axis}", Stepped(tensor, axis), tensor);
            yield return ($"flipped {axis}", Flipped(tensor, axis), tensor);
            if (tensor.Shape[axis] > 0) yield return Expanded(tensor, axis);
        }

        if (tensor.Rank > 0)
        {
            yield return ("offset", Tensor.Concat([tensor.Slice(0, 0, Math.Min(1, tensor.Shape[0])), tensor])[Math.Min(1, tensor.Shape[0])..], tensor);
        }
    }

    /// <summary>Every other position of an axis twice as long.</summary>
    private static Tensor Stepped(Tensor tensor, int axis)
    {
        var doubled = tensor.Shape.ToArray();
        doubled[axis] *= 2;
        return Tensor.Stack([tensor, tensor], axis + 1).Reshape(doubled).Slice(axis, 0, tensor.Shape[axis], 2);
    }

    /// <summary>An axis that runs backwards through memory; no public call makes such a view yet.</summary>
    private static Tensor Flipped(Tensor tensor, int axis)
    {
        var last = tensor.Shape[axis] - 1;
        if (last < 0) return tensor;
        var reversed = tensor.IndexSelect(axis, Tensor.Arange(last, -1, -1, DType.Int64));
        var view = Tensor.Over(reversed, reversed.Layout.Slice(axis, last, last + 1, -1));
        view.Own(null);
        return view;
    }

    /// <summary>One position of an axis repeated, by a stride of 0, and by a copy.</summary>
    private static (string Name, Tensor Strided, Tensor Dense) Expanded(Tensor tensor, int axis)
    {
        var repeated = tensor.Slice(axis, 0, 1).Expand(tensor.Shape);
        return ($"expanded {axis}", repeated, repeated.Clone());
    }
}
