namespace Gradus.Onnx;

/// <summary>Normalization.</summary>
internal static class NormOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("BatchNormalization", 1, static call => BatchNormalization.Normalize(call)) { Settings = [3, 4] },
        new("InstanceNormalization", 1, static call => Instance(call)),
        new("LayerNormalization", 17, static call => Layer(call)),
        new("GroupNormalization", 18, static call => Group(call)),
        new("RMSNormalization", 23, static call => Rms(call)),
        new("LpNormalization", 1, static call => Lp(call)),
        new("LRN", 1, static call => LocalResponse(call)),
        new("MeanVarianceNormalization", 9, static call => MeanVariance(call)),
        new("Dropout", 1, static call => Drop(call, call.Float("ratio", 0.5), call.Flag("is_test", true) ? null : true)) { Until = 6 },
        new("Dropout", 7, static call => Drop(call, call.Float("ratio", 0.5), null)) { Until = 11 },
        new("Dropout", 12, static call => Drop(call, Number(call.Optional(1)) ?? 0.5, call.Optional(2)?.Reshape().Item<bool>())) { Settings = [1, 2] },
    ];

    private static double? Number(Tensor? scalar) => scalar?.To(DType.Float64).Reshape().Item();

    // Statistics of half types are those of f32, as the specification has them by stash_type.
    private static Tensor Wide(Tensor x) => x.DType.IsHalf ? x.To(DType.Float32) : x;

    private static Tensor Instance(OnnxCall call)
    {
        var x = Wide(call.X);
        int[] places = [.. Enumerable.Range(2, x.Rank - 2)];
        var normalized = Normalized(x, places, call.Float("epsilon", 1e-5), out _, out _);
        return (normalized * AlongChannels(call.Y, x.Rank) + AlongChannels(call[2], x.Rank)).To(call.X.DType);
    }

    private static OnnxResults Layer(OnnxCall call)
    {
        var (x, weight, bias) = (call.X, call.Y, call.Optional(2));
        var axis = call.Axis("axis", -1, x.Rank);
        var epsilon = call.Float("epsilon", 1e-5);
        if (axis == x.Rank - 1 && !call.Asks(1) && !call.Asks(2) && x.DType == weight.DType &&
            HasRow(weight, x) && (bias is null || HasRow(bias, x)))
            return x.LayerNorm(weight, bias, epsilon);
        var result = Normalized(Wide(x), [.. Enumerable.Range(axis, x.Rank - axis)], epsilon, out var mean, out var inverse).To(x.DType) * weight;
        return (bias is null ? result : result + bias, mean, inverse);
    }

    private static bool HasRow(Tensor values, Tensor x) => values.Rank == 1 && values.Shape[0] == x.Shape[-1];

    private static Tensor Group(OnnxCall call)
    {
        var (x, weight, bias, groups) = (Wide(call.X), call.Y, call[2], call.Size(call.Int("num_groups")));
        var (n, channels) = (x.Shape[0], x.Shape[1]);
        if (groups < 1 || channels % groups != 0) throw call.Fault($"{groups} groups of {channels} channels");
        var parted = x.Reshape([n, groups, channels / groups, -1]);
        var normalized = Normalized(parted, [2, 3], call.Float("epsilon", 1e-5), out _, out _).To(call.X.DType);
        // Up to version 20 there is a weight for each group.
        if (call.Opset < 21)
            return (normalized * weight.Reshape(groups, 1, 1) + bias.Reshape(groups, 1, 1)).Reshape(x.Shape.ToArray());
        return normalized.Reshape(x.Shape.ToArray()) * AlongChannels(weight, x.Rank) + AlongChannels(bias, x.Rank);
    }

    private static Tensor Rms(OnnxCall call)
    {
        var (x, weight) = (call.X, call.Y);
        var axis = call.Axis("axis", -1, x.Rank);
        var wide = Wide(x);
        var square = wide.Square().Mean([.. Enumerable.Range(axis, x.Rank - axis)], keepDim: true);
        return (wide * (square + call.Float("epsilon", 1e-5)).Rsqrt()).To(x.DType) * weight;
    }

    private static Tensor Lp(OnnxCall call)
    {
        var x = call.X;
        var axis = call.Axis("axis", -1, x.Rank);
        var norm = x.Norm(axis, call.Int("p", 2), keepDim: true);
        // What has no length stays.
        return x / Tensor.Where(norm.Equal(0.0), Tensor.OnesLike(norm), norm);
    }

    // x / (bias + alpha/size · Σ of the squares of the channels around)^beta.
    private static Tensor LocalResponse(OnnxCall call)
    {
        var (x, size) = (call.X, call.Size(call.Int("size")));
        var padded = x.Square().Pad(1, (size - 1) / 2, size - 1 - ((size - 1) / 2));
        var sum = padded.Unfold(1, size).Sum(-1);
        return x / ((sum * (call.Float("alpha", 0.0001) / size)) + call.Float("bias", 1)).Pow(call.Float("beta", 0.75));
    }

    private static Tensor MeanVariance(OnnxCall call)
    {
        var x = call.X;
        var axes = call.Ints("axes") is { } given ? call.Axes(given, x.Rank) : [0, 2, 3];
        var centered = x - x.Mean(axes, keepDim: true);
        return centered / (centered.Square().Mean(axes, keepDim: true).Sqrt() + 1e-9);
    }

    private static OnnxResults Drop(OnnxCall call, double ratio, bool? drops)
    {
        var x = call.X;
        if (drops == true && !call.IsTraining && ratio > 0)
            throw call.Fault("it drops in use too, by random numbers of another program. Call Train() to drop by those of the model");
        var kept = Tensor.Ones(x.Shape, call.Opset < 10 ? x.DType : DType.Bool);
        // drops is null where the file leaves it to the mode, and false in what was written for use.
        if (!call.IsTraining || ratio == 0) return (x, kept);
        if (!call.Asks(1)) return (x.Dropout(ratio, call.Random), null);
        var mask = Tensor.Ones(x.Shape, DType.Float32).Dropout(ratio, call.Random);
        return (x * mask.To(x.DType), mask.NotEqual(0.0).To(kept.DType));
    }

    /// <summary>(x − mean) / √(variance + ε) over axes.</summary>
    private static Tensor Normalized(Tensor x, int[] axes, double epsilon, out Tensor mean, out Tensor inverse)
    {
        mean = x.Mean(axes, keepDim: true);
        var centered = x - mean;
        inverse = (centered.Square().Mean(axes, keepDim: true) + epsilon).Rsqrt();
        return centered * inverse;
    }

    /// <summary>A number for each channel beside [samples, channels, …].</summary>
    public static Tensor AlongChannels(Tensor values, int rank) => values.Reshape([(int)values.Count, .. Enumerable.Repeat(1, Math.Max(0, rank - 2))]);
}
