using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Gradus.Tests.AnyArguments;

/// <summary>Arguments that nobody would write: any ranks and sizes, axes out of range, twice or negative, NaN, numbers as large as there are, null.</summary>
internal static class Arguments
{
    private static readonly Gen<int> Int = Gen.Frequency(
        (6, Gen.Choose(0, 4)), (3, Gen.Choose(-5, -1)), (1, Gen.Elements(int.MinValue, int.MinValue + 1, int.MaxValue, int.MaxValue - 1, 1 << 30)));

    private static readonly Gen<double> Double = Gen.Elements(0, 1, -1, 0.5, 2, 3, -0.0, 1e-300, 1e300, -1e300, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity);

    private static readonly Gen<long> Long = Gen.Elements(0L, 1, -1, 2, 3, 4, 1L << 40, int.MaxValue, long.MaxValue, long.MinValue);

    private static readonly Gen<bool> Bool = Gen.Elements(true, false);

    private static readonly Gen<DType> Types = Gen.Frequency((30, Gen.Elements(Enum.GetValues<DType>())), (1, Gen.Constant((DType)99)));

    private static readonly Gen<Size2> Size = Gen.Frequency((3, Gen.Choose(0, 3).Two()), (1, Int.Two())).Select(static size => new Size2(size.Item1, size.Item2));

    private static readonly Gen<ConvOptions> Options =
        from stride in Size
        from padding in Size
        from dilation in Size
        from groups in Gen.Frequency((4, Gen.Constant(1)), (1, Int))
        select new ConvOptions { Stride = stride, Padding = padding, Dilation = dilation, Groups = groups };

    private static readonly Gen<int[]> Sizes = Gen.Choose(0, 4).SelectMany(static rank => Gen.Frequency((3, Gen.Choose(1, 4)), (1, Gen.Choose(0, 4))).ArrayOf(rank));

    /// <summary>Arguments for a method: many of its tensors have the same shape, since little happens where shapes do not fit.</summary>
    public static Gen<object?[]> For(PublicMethod method) =>
        Sizes.SelectMany(shape => Gen.CollectToArray(method.Parameters.Select((parameter, index) =>
            index == 0 && !method.IsStatic ? Tensors(shape).Select(static x => (object?)x) : Of(parameter.Type, parameter.IsNullable, shape))));

    /// <summary>A value of a type.</summary>
    private static Gen<object?> Of(Type type, bool isNullable, int[] shape)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Gen.Frequency((1, Gen.Constant<object?>(null)), (2, Of(inner, false, shape)));
        if (type.IsValueType) return Value(type, shape);
        return Gen.Frequency((isNullable ? 20 : 1, Gen.Constant<object?>(null)), (40, Reference(type, shape)));
    }

    private static Gen<object?> Value(Type type, int[] shape) => type switch
    {
        _ when type == typeof(int) => Boxed(Int),
        _ when type == typeof(long) => Boxed(Long),
        _ when type == typeof(double) => Boxed(Double),
        _ when type == typeof(float) => Boxed(Double.Select(static number => (float)number)),
        _ when type == typeof(byte) => Boxed(Gen.Choose(0, 255).Select(static number => (byte)number)),
        _ when type == typeof(bool) => Boxed(Bool),
        _ when type == typeof(DType) => Boxed(Types),
        _ when type == typeof(Size2) => Boxed(Size),
        _ when type == typeof(TensorIndex) => Boxed(Index(shape)),
        _ when type == typeof((int, int)) => Boxed(Int.Two().Select(static pair => (pair.Item1, pair.Item2))),
        _ when type.IsEnum => Boxed(Gen.Choose(-1, Enum.GetValues(type).Length).Select(number => Enum.ToObject(type, number))),
        _ => throw new NotSupportedException($"A public method of Tensor has a parameter of type {type}. Say in {nameof(Arguments)} what its values are."),
    };

    private static Gen<object?> Reference(Type type, int[] shape) => type switch
    {
        _ when type == typeof(Tensor) => Gen.OneOf(Tensors(shape), Sizes.SelectMany(Tensors)).Select(static x => (object?)x),
        _ when type == typeof(int[]) => Boxed(Gen.OneOf(Gen.Constant(shape), Sizes, Gen.Choose(0, 4).SelectMany(static length => Int.ArrayOf(length)))),
        _ when type.IsArray => Gen.Choose(0, 3).SelectMany(length => Gen.CollectToArray(Enumerable.Repeat(Of(type.GetElementType()!, false, shape), length))).Select(items => Filled(type.GetElementType()!, items)),
        _ when type == typeof(string) => Boxed(Gen.Elements("", "x", "G3", "no format", "\0")),
        _ when type == typeof(IFormatProvider) => Boxed(Gen.Elements(CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("de"))),
        _ when type == typeof(ConvOptions) => Boxed(Options),
        _ when type == typeof(IReadOnlyList<Tensor>) => Reference(typeof(Tensor[]), shape),
        _ when type == typeof(Func<Tensor, Tensor>) => Boxed(Gen.Elements<Func<Tensor, Tensor>>(static x => x, static x => x * 2)),
        _ when type == typeof(Action<Tensor>) => Boxed(Gen.Constant<Action<Tensor>>(static _ => { })),
        _ when type == typeof(Generator) => Boxed(Gen.Fresh(static () => new Generator(1))),
        _ => throw new NotSupportedException($"A public method of Tensor has a parameter of type {type}. Say in {nameof(Arguments)} what its values are."),
    };

    /// <summary>Tensors of a shape, of any type, layout and values, some of them variables.</summary>
    private static Gen<Tensor> Tensors(int[] shape) =>
        from type in Gen.Frequency((2, Gen.Constant(DType.Float32)), (1, Gen.Elements(Enum.GetValues<DType>())), (1, Gen.Elements(DType.Int64, DType.Bool)))
        from number in Gen.Frequency((4, Gen.Choose(0, 3).Select(static number => (double)number)), (2, Gen.Choose(-8, 8).Select(static number => number / 2.0)), (1, Double))
            .ArrayOf(shape.Aggregate(1, static (product, size) => product * size))
        from layout in Gen.Choose(0, 3)
        from isVariable in Bool
        select Make(shape, type, number, layout, isVariable);

    private static Tensor Make(int[] shape, DType type, double[] numbers, int layout, bool isVariable)
    {
        var tensor = Tensor.From(numbers, Shape.Create(shape)).To(type);
        if (layout == 1 && shape.Length > 1) tensor = tensor.Transpose().Clone().Transpose();
        if (layout == 2 && shape.Length > 0) tensor = tensor.Flip(0);
        return isVariable && type.IsFloat ? tensor.RequireGrad() : tensor;
    }

    private static Gen<TensorIndex> Index(int[] shape) => Gen.OneOf(
        Int.Where(static index => index > int.MinValue).Select(static index => (TensorIndex)index),
        Gen.Choose(0, 4).Two().Select(static ends => (TensorIndex)(ends.Item1..ends.Item2)),
        Gen.Choose(0, 4).Select(static index => (TensorIndex)(^index)),
        Gen.Choose(0, 4).Two().SelectMany(static _ => Int, static (ends, step) => (Ends: ends, Step: step)).Where(static use => use.Step is not (0 or int.MinValue)).Select(static use => (use.Ends.Item1..^use.Ends.Item2).By(use.Step)),
        Gen.Elements(TensorIndex.NewAxis, TensorIndex.Ellipsis, default),
        Tensors(shape).Where(CanIndex).Select(static chosen => (TensorIndex)chosen),
        Sizes.SelectMany(Tensors).Where(CanIndex).Select(static chosen => (TensorIndex)chosen));

    private static bool CanIndex(Tensor chosen) => chosen.DType is DType.Int32 or DType.Int64 or DType.Bool;

    private static Gen<object?> Boxed<T>(Gen<T> values) => values.Select(static value => (object?)value);

    private static object? Filled(Type element, object?[] items)
    {
        var array = Array.CreateInstance(element, items.Length);
        for (var index = 0; index < items.Length; index++) array.SetValue(items[index], index);
        return array;
    }
}
