namespace Gradus.Onnx;

/// <summary>Parts of a tensor along axes, with bounds as Python has them.</summary>
internal static class Slices
{
    public static Tensor Slice(OnnxCall call, long[] starts, long[] ends, long[]? axes, long[]? steps)
    {
        var x = call.X;
        if (starts.Length != ends.Length || (axes is not null && axes.Length != starts.Length) || (steps is not null && steps.Length != starts.Length))
            throw call.Fault("starts, ends, axes and steps are not of one length");
        for (var index = 0; index < starts.Length; index++)
        {
            var axis = axes is null ? index : call.Axis(axes[index], x.Rank);
            if (axis >= x.Rank) throw call.Fault($"axis {axis} of {x.Describe()}");
            x = Slice(call, x, axis, starts[index], ends[index], steps?[index] ?? 1);
        }

        return x;
    }

    private static Tensor Slice(OnnxCall call, Tensor x, int axis, long start, long end, long step)
    {
        if (step == 0) throw call.Fault("a step of 0");
        var size = x.Shape[axis];
        // INT64_MIN and INT64_MAX stand for the ends.
        long From(long at) => at < 0 ? (at < -size ? -1 : at + size) : at;
        if (step > 0)
        {
            var (first, last) = (Math.Clamp(From(start), 0, size), Math.Clamp(From(end), 0, size));
            var count = last > first ? ((last - first - 1) / step) + 1 : 0;
            return x.Slice(axis, (int)first, (int)count, (int)Math.Min(step, int.MaxValue));
        }
        else
        {
            var (first, last) = (Math.Clamp(From(start), -1, size - 1), Math.Clamp(From(end), -1, size - 1));
            // −step of the least number of all is no number.
            var stride = step < -int.MaxValue ? int.MaxValue : -step;
            var count = first > last ? ((first - last - 1) / stride) + 1 : 0;
            return count == 0 ? x.Slice(axis, 0, 0) : x.Flip(axis).Slice(axis, (int)(size - 1 - first), (int)count, (int)stride);
        }
    }
}
