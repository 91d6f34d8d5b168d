namespace Gradus.Nn;

/// <summary>What layers say of an input that does not fit. The path of the layer is put before it.</summary>
internal static class Expect
{
    /// <summary><c>expected [batch, time, 128], got f32[32,64,100].</c></summary>
    public static GradusException Got(string expected, Tensor input) => new($"expected {expected}, got {input.Describe()}.");

    /// <summary>An input that has to be [samples, channels, time].</summary>
    public static Tensor Lines(Tensor input) => Spatial(1, input);

    /// <summary>An input that has to be [samples, channels, height, width].</summary>
    public static Tensor Images(Tensor input) => Spatial(2, input);

    /// <summary>An input that has to be [samples, channels, depth, height, width].</summary>
    public static Tensor Volumes(Tensor input) => Spatial(3, input);

    /// <summary>An input that has to be [samples, channels, …] with so many axes of places: one, two or three.</summary>
    public static Tensor Spatial(int axes, Tensor input) => input.Rank == 2 + axes ? input : throw Got(Form("channels", axes), input);

    /// <summary>An input that has to have one to three axes of places.</summary>
    public static Tensor AnySpatial(Tensor input) => input.Rank is >= 3 and <= 5
        ? input
        : throw Got($"{Form("channels", 1)}, {Form("channels", 2)} or {Form("channels", 3)}", input);

    /// <summary>The axes of such an input: <c>[samples, 3, height, width]</c>.</summary>
    public static string Form(string channels, int axes) =>
        $"[samples, {channels}, {(axes == 1 ? "time" : axes == 2 ? "height, width" : "depth, height, width")}]";

    /// <summary>Refuses places that are no integers, or not shaped as the values they belong to.</summary>
    public static void Places(Tensor index, Tensor values)
    {
        if (index.Shape != values.Shape || index.DType is not (DType.Int32 or DType.Int64)) throw Got($"{values.Shape} of i32 or i64 as the places", index);
    }

    /// <summary>Refuses two inputs whose sizes, but for some of the last axes, neither agree nor broadcast.</summary>
    public static void Pair(Tensor x, Tensor y, int last = 0)
    {
        for (var axis = 1 + last; axis <= Math.Min(x.Rank, y.Rank); axis++)
        {
            if (x.Shape[-axis] != y.Shape[-axis] && x.Shape[-axis] != 1 && y.Shape[-axis] != 1)
            {
                throw new GradusException($"expected two inputs of one shape, got {x.Describe()} and {y.Describe()}.");
            }
        }
    }

    /// <summary>Refuses a mask that does not broadcast to [batch, heads, queries, keys].</summary>
    public static void Mask(Tensor? mask, int batch, int heads, int queries, int keys)
    {
        if (mask is null) return;
        int[] sizes = [batch, heads, queries, keys];
        var fits = mask.Rank <= sizes.Length;
        for (var axis = 1; fits && axis <= mask.Rank; axis++) fits = mask.Shape[-axis] == 1 || mask.Shape[-axis] == sizes[^axis];
        if (!fits) throw Got(FormattableString.Invariant($"a mask that broadcasts to [{string.Join(", ", sizes)}]"), mask);
    }

    /// <summary>Refuses an axis that an input does not have.</summary>
    public static void Axis(int axis, Tensor input)
    {
        if (axis < -input.Rank || axis >= input.Rank) throw Got(FormattableString.Invariant($"an input with an axis {axis}"), input);
    }

    /// <summary>A size that has to be at least 1.</summary>
    public static int Positive(string layer, string name, int size) =>
        size >= 1 ? size : throw new GradusException(FormattableString.Invariant($"{layer}: {name} {size}; it must be at least 1."));

    /// <summary>A number that has to be finite and at least 0.</summary>
    public static double AtLeast0(string layer, string name, double value) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new GradusException(FormattableString.Invariant($"{layer}: {name} {value}; it must be a finite number of at least 0."));

    /// <summary>A number that has to be above 0; it may be infinite.</summary>
    public static double Above0(string layer, string name, double value) =>
        value > 0 ? value : throw new GradusException(FormattableString.Invariant($"{layer}: {name} {value}; it must be above 0."));

    /// <summary>A number that has to be in [0, 1].</summary>
    public static double Share(string layer, string name, double value) =>
        value is >= 0 and <= 1 ? value : throw new GradusException(FormattableString.Invariant($"{layer}: {name} {value} is outside [0, 1]."));

    /// <summary>Refuses probabilities outside [0, 1).</summary>
    public static void Probability(string layer, double probability)
    {
        if (!(probability is >= 0 and < 1)) throw new GradusException(FormattableString.Invariant($"{layer}: probability {probability} is outside [0, 1)."));
    }
}
