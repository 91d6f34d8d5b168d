namespace Gradus.Onnx;

/// <summary>Resize in all its forms: along each axis a product with a matrix of shares, which holds coordinates, polynomial and borders.</summary>
internal static class Resizing
{
    // A few bytes of a file may ask for any size.
    private const long MostShares = 1 << 28;

    public static double[] Numbers(Tensor tensor) => tensor.To(DType.Float64).Contiguous().ToArray<double>();

    /// <summary>Upsample, and Resize of version 10: no choice of coordinates.</summary>
    public static Tensor Upsample(OnnxCall call, double[] scales)
    {
        var x = call.X;
        if (scales.Length != x.Rank) throw call.Fault($"{scales.Length} scales of {x.Describe()}");
        var mode = call.Text("mode", "nearest");
        for (var axis = 0; axis < x.Rank; axis++)
        {
            var size = (int)Math.Floor(x.Shape[axis] * scales[axis]);
            x = Apply(call, x, axis, new ResizedAxis(x.Shape[axis], size, scales[axis]) { Coordinates = "asymmetric", Rounding = "floor", Mode = mode });
        }

        return x;
    }

    public static Tensor Resize(OnnxCall call)
    {
        var x = call.X;
        var rank = x.Rank;
        var axes = call.Ints("axes") is { } given ? call.Axes(given, rank) : [.. Enumerable.Range(0, rank)];
        var roi = call.Optional(1) is { Count: > 0 } region ? Numbers(region) : null;
        var (scales, sizes) = Extents(call, x, axes);
        if (Interpolated(call, x, axes, scales, sizes) is { } known) return known;
        for (var index = 0; index < axes.Length; index++)
        {
            var axis = axes[index];
            x = Apply(call, x, axis, new ResizedAxis(x.Shape[axis], sizes[index], scales[index])
            {
                Mode = call.Text("mode", "nearest"),
                Coordinates = call.Text("coordinate_transformation_mode", "half_pixel"),
                Rounding = call.Text("nearest_mode", "round_prefer_floor"),
                CubicSlope = call.Float("cubic_coeff_a", -0.75),
                ExcludesOutside = call.Flag("exclude_outside"),
                Antialiases = call.Flag("antialias"),
                Region = roi is null ? (0, 1) : (roi[index], roi[index + axes.Length]),
                Extrapolation = call.Float("extrapolation_value", 0),
            });
        }

        return x;
    }

    /// <summary>The forms that tensors have a method of their own for; null for the others.</summary>
    private static Tensor? Interpolated(OnnxCall call, Tensor x, int[] axes, double[] scales, int[] sizes)
    {
        if (x.Rank is < 3 or > 5 || !x.DType.IsFloat) return null;
        if (call.Flag("antialias") || call.Flag("exclude_outside") || call.Float("cubic_coeff_a", -0.75) != -0.75) return null;
        var whole = x.Shape.ToArray();
        var isExact = true;
        for (var index = 0; index < axes.Length; index++)
        {
            // A size that was given makes a scale that is off by the last bit.
            isExact &= Math.Abs((scales[index] * whole[axes[index]]) - sizes[index]) <= 1e-9 * sizes[index];
            whole[axes[index]] = sizes[index];
        }

        if (whole[0] != x.Shape[0] || whole[1] != x.Shape[1] || x.Count == 0 || whole.Contains(0)) return null;
        // A scale that is rounded down to a size is one for all axes, or none that tensors know.
        var scaled = axes.Index().Where(axis => axis.Item > 1 || scales[axis.Index] != 1).ToArray();
        double[] factors = isExact ? [] : [.. scaled.Select(axis => scales[axis.Index]).Distinct()];
        // A factor is one of all axes of places, whose sizes it rounds down. ONNX aligns the corners of the size before that.
        var isFactor = factors is [var only] && scaled.Select(static axis => axis.Item).Order().SequenceEqual(Enumerable.Range(2, x.Rank - 2)) &&
            scaled.All(axis => sizes[axis.Index] == (int)Math.Floor(x.Shape[axis.Item] * only)) &&
            call.Text("coordinate_transformation_mode") != "align_corners";
        if (!isExact && !isFactor) return null;
        Tensor? Interpolate(InterpolationMode mode, bool alignsCorners) =>
            factors is [var factor] ? Enlarged(x, WrittenDecimal.Of((float)factor), mode, alignsCorners) : Interpolated(x, whole, mode, alignsCorners);
        return (call.Text("mode", "nearest"), call.Text("coordinate_transformation_mode", "half_pixel")) switch
        {
            ("nearest", "asymmetric") when call.Text("nearest_mode") == "floor" => Interpolate(InterpolationMode.Nearest, false),
            ("linear", "half_pixel") => Interpolate(InterpolationMode.Linear, false),
            ("linear", "align_corners") => Interpolate(InterpolationMode.Linear, true),
            ("cubic", "half_pixel") => Interpolate(InterpolationMode.Cubic, false),
            ("cubic", "align_corners") => Interpolate(InterpolationMode.Cubic, true),
            _ => null,
        };
    }

    private static Tensor? Interpolated(Tensor x, int[] sizes, InterpolationMode mode, bool alignsCorners) => (x.Rank, mode) switch
    {
        (3, not InterpolationMode.Cubic) => x.Interpolate1d(sizes[2], mode, alignsCorners),
        (4, _) => x.Interpolate2d((sizes[2], sizes[3]), mode, alignsCorners),
        (5, not InterpolationMode.Cubic) => x.Interpolate3d((sizes[2], sizes[3], sizes[4]), mode, alignsCorners),
        _ => null,
    };

    private static Tensor? Enlarged(Tensor x, double scale, InterpolationMode mode, bool alignsCorners) =>
        mode == InterpolationMode.Cubic && x.Rank != 4 ? null : x.Upsample(scale, mode, alignsCorners);

    // The scales or the sizes are given, or sizes within which the aspect ratio is kept.
    private static (double[] Scales, int[] Sizes) Extents(OnnxCall call, Tensor x, int[] axes)
    {
        if (call.Optional(3) is { Count: > 0 } asked)
        {
            var sizes = call.Sizes(call.Wholes(asked));
            if (sizes.Length != axes.Length) throw call.Fault($"{sizes.Length} sizes for {axes.Length} axes");
            var scales = sizes.Select((size, index) => (double)size / x.Shape[axes[index]]).ToArray();
            var policy = call.Text("keep_aspect_ratio_policy", "stretch");
            if (policy == "stretch") return (scales, sizes);
            var scale = policy switch
            {
                "not_larger" => scales.Min(),
                "not_smaller" => scales.Max(),
                _ => throw call.Fault($"keep_aspect_ratio_policy {PlainText.Quote(policy)}"),
            };
            return ([.. scales.Select(_ => scale)], [.. axes.Select(axis => (int)Math.Floor((scale * x.Shape[axis]) + 0.5))]);
        }

        var given = Numbers(call.Optional(2) ?? throw call.Fault("neither scales nor sizes"));
        if (given.Length != axes.Length) throw call.Fault($"{given.Length} scales for {axes.Length} axes");
        return (given, [.. given.Select((scale, index) => (int)Math.Floor(scale * x.Shape[axes[index]]))]);
    }

    private static Tensor Apply(OnnxCall call, Tensor x, int axis, ResizedAxis along)
    {
        if (!(along.Scale > 0) || double.IsInfinity(along.Scale)) throw call.Fault(FormattableString.Invariant($"a scale of {along.Scale}"));
        if (along.Size < 0 || (long)along.Size * along.InputSize > MostShares) throw call.Fault($"{along.InputSize} places brought to {along.Size}");
        if (along.IsIdentity) return x;
        if (along.Choose() is { } chosen) return x.IndexSelect(axis, Tensor.From(chosen, [chosen.Length]));
        var (shares, extrapolated) = along.Shares();
        // Whole numbers are mixed as real ones.
        var mixed = x.DType.IsFloat ? x.DType : DType.Float64;
        var matrix = Tensor.From(shares, [along.Size, along.InputSize]).To(mixed);
        var result = x.To(mixed).MoveAxis(axis, -1).MatMul(matrix.Transpose(0, 1));
        if (extrapolated.Contains(true))
            result = Tensor.Where(Tensor.From(extrapolated, [along.Size]), Tensor.Full([], along.Extrapolation, mixed), result);
        return result.MoveAxis(-1, axis).To(x.DType);
    }
}
