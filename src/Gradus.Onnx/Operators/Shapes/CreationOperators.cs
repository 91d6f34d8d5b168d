using System.Globalization;

namespace Gradus.Onnx;

/// <summary>Tensors that are made of settings and sizes.</summary>
internal static class CreationOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("Constant", 1, static call => Constant(call)) { Refuses = static call => call.Has("value_string") || call.Has("value_strings") ? "texts" : null },
        new("ConstantOfShape", 9, static call => Filled(call)),
        new("Range", 11, static call => Range(call)),
        new("EyeLike", 9, static call => EyeLike(call)) { Refuses = static call => TypeOperators.Refusal(call, "dtype") },
        new("OneHot", 9, static call => OneHot(call)) { Settings = [0, 1, 2] },
        new("HannWindow", 17, static call => Window(call, 0.5, 0.5, 0)) { Refuses = RefusesType },
        new("HammingWindow", 17, static call => Window(call, 25.0 / 46, 21.0 / 46, 0)) { Refuses = RefusesType },
        new("BlackmanWindow", 17, static call => Window(call, 0.42, 0.5, 0.08)) { Refuses = RefusesType },
        new("RandomNormal", 1, static call => Normal(call, SizesOf(call), TypeOperators.TypeOf(call, "dtype", DType.Float32))) { IsRandom = true },
        new("RandomUniform", 1, static call => Uniform(call, SizesOf(call), TypeOperators.TypeOf(call, "dtype", DType.Float32))) { IsRandom = true },
        new("RandomNormalLike", 1, static call => Normal(call, call.X.Shape, TypeOperators.TypeOf(call, "dtype", call.X.DType))) { IsRandom = true },
        new("RandomUniformLike", 1, static call => Uniform(call, call.X.Shape, TypeOperators.TypeOf(call, "dtype", call.X.DType))) { IsRandom = true },
    ];

    private static string? RefusesType(OnnxCall call) => TypeOperators.Refusal(call, "output_datatype");

    private static Tensor Constant(OnnxCall call)
    {
        if (call.Tensor("value") is { } value) return value;
        if (call.Has("value_float")) return Tensor.Scalar((float)call.Float("value_float", 0));
        if (call.Has("value_int")) return Tensor.Scalar(call.Int("value_int"));
        if (call.Floats("value_floats") is { } reals) return Tensor.From(Array.ConvertAll(reals, static real => (float)real), [reals.Length]);
        if (call.Ints("value_ints") is { } wholes) return Tensor.From(wholes, [wholes.Length]);
        throw call.Fault("a constant without a value");
    }

    private static Tensor Filled(OnnxCall call)
    {
        var shape = Shape.Create(call.Sizes(call.RequiredWholes(0)));
        return call.Tensor("value") is { } value ? value.Reshape().BroadcastTo(shape).Clone() : Tensor.Zeros(shape);
    }

    private static Tensor Range(OnnxCall call)
    {
        var (start, limit, delta) = (call.X, call.Y, call[2]);
        if (!start.DType.IsFloat)
        {
            var (from, to, step) = (call.Wholes(start)[0], call.Wholes(limit)[0], call.Wholes(delta)[0]);
            return step == 0 ? throw call.Fault("a step of 0") : Tensor.Arange(from, to, step, start.DType);
        }

        var (first, last, width) = (start.Item(), limit.Item(), delta.Item());
        var count = Math.Ceiling((last - first) / width);
        if (!(count <= int.MaxValue)) throw call.Fault(string.Create(CultureInfo.InvariantCulture, $"from {first} to {last} in steps of {width}"));
        return ((Tensor.Arange((int)Math.Max(0, count)).To(DType.Float64) * width) + first).To(start.DType);
    }

    private static Tensor EyeLike(OnnxCall call)
    {
        var (rows, columns) = (call.X.Shape[0], call.X.Shape[1]);
        var offset = call.Int("k", 0);
        var difference = Tensor.Arange(columns).Unsqueeze(0) - Tensor.Arange(rows).Unsqueeze(1);
        return difference.Equal(offset).To(TypeOperators.TypeOf(call, "dtype", call.X.DType));
    }

    // values is [off, on]; an index outside of the classes is off everywhere.
    private static Tensor OneHot(OnnxCall call)
    {
        var (indices, values) = (call.X, call[2]);
        var depth = call.Size((long)call.Y.To(DType.Float64).Reshape().Item());
        var axis = call.Axis("axis", -1, indices.Rank + 1);
        var places = indices.To(DType.Int64).Unsqueeze(axis);
        var classes = Tensor.Arange(depth).Reshape([depth, .. Enumerable.Repeat(1, indices.Rank - axis)]);
        var isOn = places.Equal(classes) | (places + (long)depth).Equal(classes);
        return Tensor.Where(isOn, values.Select(0, 1), values.Select(0, 0));
    }

    /// <summary>a₀ − a₁·cos(2πn/N) + a₂·cos(4πn/N), N being the size, or one less for a window that is symmetric.</summary>
    private static Tensor Window(OnnxCall call, double a0, double a1, double a2)
    {
        var size = call.Size(call.RequiredWholes(0)[0]);
        var count = call.Flag("periodic", true) ? size : size - 1;
        var angle = Tensor.Arange(size).To(DType.Float64) * (2 * Math.PI / Math.Max(1, count));
        var window = a0 - (angle.Cos() * a1) + ((angle * 2.0).Cos() * a2);
        return window.To(TypeOperators.TypeOf(call, "output_datatype", DType.Float32));
    }

    private static Shape SizesOf(OnnxCall call) => Shape.Create(call.Sizes(call.Ints("shape") ?? []));

    private static Tensor Normal(OnnxCall call, Shape shape, DType dtype) =>
        Tensor.Normal(shape, call.Float("mean", 0), call.Float("scale", 1), dtype, call.Random);

    private static Tensor Uniform(OnnxCall call, Shape shape, DType dtype) =>
        Tensor.Uniform(shape, call.Float("low", 0), call.Float("high", 1), dtype, call.Random);
}
