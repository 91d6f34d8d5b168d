namespace Gradus.Nn;

/// <summary>The greatest elements of windows chosen so that an axis gets a given size: window i of n covers positions ⌊i·L / n⌋ to ⌈(i + 1)·L / n⌉.</summary>
internal static class AdaptiveMax
{
    public static Tensor Along(Tensor input, int axis, int size)
    {
        var length = (long)input.Shape[axis];
        if (size < 1 || length < 1) throw new GradusException($"expected a size of at least 1 and an input that is not empty, got {size} and {input.Describe()}.");
        var windows = new Tensor[size];
        for (var index = 0; index < size; index++)
        {
            int first = (int)(index * length / size), end = (int)((((index + 1) * length) + size - 1) / size);
            windows[index] = input.Slice(axis, first, end - first).Max(axis, keepDim: true).Item1;
        }

        return Tensor.Concat(windows, axis);
    }
}
