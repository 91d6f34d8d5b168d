using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;

namespace Gradus.Testing.AnyArguments;

/// <summary>Arguments that nobody would write: any ranks and sizes, axes out of range, twice or negative, NaN, numbers as large as there are, null.</summary>
internal static partial class Arguments
{
    private static readonly Gen<int> Int = Gen.Frequency(
        (6, Gen.Choose(0, 4)), (3, Gen.Choose(-5, -1)), (1, Gen.Elements(int.MinValue, int.MinValue + 1, int.MaxValue, int.MaxValue - 1, 1 << 30)));

    /// <summary>How many parts something is made of: as many as are given are made, however many those are.</summary>
    private static readonly Gen<int> Parts = Gen.Choose(-1, 3);

    private static readonly Gen<double> Double = Gen.Elements(0, 1, -1, 0.5, 2, 3, -0.0, 1e-300, 1e300, -1e300, double.MaxValue, double.NaN,
        double.PositiveInfinity, double.NegativeInfinity);

    private static readonly Gen<long> Long = Gen.Elements(0L, 1, -1, 2, 3, 4, 1L << 40, int.MaxValue, long.MaxValue, long.MinValue);

    private static readonly Gen<bool> Bool = Gen.Elements(true, false);

    private static readonly Gen<DType> Types = Gen.Frequency((30, Gen.Elements(Enum.GetValues<DType>())), (1, Gen.Constant((DType)99)));

    private static readonly Gen<Size2> Size = Gen.Frequency((3, Gen.Choose(0, 3).Two()), (1, Int.Two()))
        .Select(static size => new Size2(size.Item1, size.Item2));

    private static readonly Gen<Size3> Volume = Size.SelectMany(static _ => Gen.Frequency((6, Gen.Choose(0, 3)), (1, Int)),
        static (size, depth) => new Size3(depth, size.Height, size.Width));

    private static readonly Gen<Conv3dOptions> Options3d =
        from stride in Volume
        from padding in Volume
        from dilation in Volume
        from groups in Gen.Frequency((4, Gen.Constant(1)), (1, Int))
        select new Conv3dOptions { Stride = stride, Padding = padding, Dilation = dilation, Groups = groups };

    private static readonly Gen<ConvOptions> Options =
        from stride in Size
        from padding in Size
        from dilation in Size
        from groups in Gen.Frequency((4, Gen.Constant(1)), (1, Int))
        select new ConvOptions { Stride = stride, Padding = padding, Dilation = dilation, Groups = groups };

    private static readonly Gen<int[]> Sizes = Gen.Choose(0, 4)
        .SelectMany(static rank => Gen.Frequency((3, Gen.Choose(1, 4)), (1, Gen.Choose(0, 4))).ArrayOf(rank));

    /// <summary>
    /// Arguments for a method: many of its tensors have the same shape, and many of its numbers are sizes of it, since little happens where they do not fit.
    /// </summary>
    public static Gen<object?[]> For(PublicMethod method) =>
        Sizes.SelectMany(shape => Gen.CollectToArray(method.Parameters.Select((parameter, index) =>
            index == 0 && parameter.Name == "this" ? Of(parameter.Type, shape) : Of(parameter, shape))));

    private static Gen<object?> Of(Given parameter, int[] shape)
    {
        if (AreParts(parameter.Type, parameter.Name)) return Boxed(Parts);
        if (parameter.Type.IsValueType) return Of(parameter.Type, shape);
        return Gen.Frequency((parameter.IsNullable ? 20 : 1, Gen.Constant<object?>(null)), (40, Of(parameter.Type, shape, withNulls: true)));
    }

    /// <summary>Whether a number says of how many parts something is made.</summary>
    private static bool AreParts(Type type, string name) => type == typeof(int) && name.EndsWith("layers", StringComparison.OrdinalIgnoreCase);

    /// <summary>A value of a type, and not null unless the type says so; a list may hold null where <paramref name="withNulls"/> allows it.</summary>
    private static Gen<object?> Of(Type type, int[] shape, bool withNulls = false)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Gen.Frequency((1, Gen.Constant<object?>(null)), (2, Of(inner, shape)));
        if (ElementOf(type) is { } element)
        {
            if (element == typeof(int)) return Boxed(Gen.OneOf(Gen.Constant(shape), Sizes, Gen.Choose(0, 4).SelectMany(static length => Int.ArrayOf(length))));
            var item = withNulls && !element.IsValueType ? Gen.Frequency((1, Gen.Constant<object?>(null)), (40, Of(element, shape))) : Of(element, shape);
            return Gen.Choose(0, 3).SelectMany(length => Gen.CollectToArray(Enumerable.Repeat(item, length))).Select(items => Filled(element, items));
        }

        return type.IsEnum ? Boxed(Gen.Choose(-1, Enum.GetValues(type).Length).Select(number => Enum.ToObject(type, number)))
            : Known(type, shape) ?? Network(type, shape) ?? Made(type, shape);
    }

    private static Gen<object?>? Known(Type type, int[] shape) => type switch
    {
        _ when type == typeof(int) => Boxed(shape.Length == 0 ? Int : Gen.Frequency((2, Int), (1, Gen.Elements(shape)))),
        _ when type == typeof(long) => Boxed(Long),
        _ when type == typeof(double) => Boxed(Double),
        _ when type == typeof(float) => Boxed(Double.Select(static number => (float)number)),
        _ when type == typeof(byte) => Boxed(Gen.Choose(0, 255).Select(static number => (byte)number)),
        _ when type == typeof(bool) => Boxed(Bool),
        _ when type == typeof(DType) => Boxed(Types),
        _ when type == typeof(Size2) => Boxed(Size),
        _ when type == typeof(Size3) => Boxed(Volume),
        _ when type == typeof(Range) => Boxed(Gen.Choose(0, 4).Two().Select(static ends => ends.Item1..^ends.Item2)),
        _ when type == typeof(TensorIndex) => Boxed(Index(shape)),
        _ when type == typeof(Tensor) => Boxed(Gen.OneOf(Tensors(shape), Sizes.SelectMany(Tensors))),
        _ when type == typeof(Shape) => Boxed(Gen.OneOf(Gen.Constant(shape), Sizes).Select(static sizes => Shape.Create(sizes))),
        _ when type == typeof(string) => Boxed(Gen.Elements("", "x", "G3", "no format", "\0")),
        _ when type == typeof(object) => Gen.OneOf(Boxed(Gen.Constant("x")), Boxed(Tensors(shape)), Gen.Constant<object?>(null)),
        _ when type == typeof(IFormatProvider) => Boxed(Gen.Elements(CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("de"))),
        _ when type == typeof(ConvOptions) => Boxed(Options),
        _ when type == typeof(Conv3dOptions) => Boxed(Options3d),
        _ when type == typeof(Generator) => Boxed(Gen.Fresh(static () => new Generator(1))),
        _ when type == typeof(Action<Tensor>) => Boxed(Gen.Constant<Action<Tensor>>(static _ => { })),
        _ when type == typeof(Func<Tensor, Tensor>) => Boxed(Gen.Elements(Functions)),
        _ when type == typeof(Func<Tensor[], Tensor>) => Boxed(Gen.Elements(Functions).Select(static function =>
            (Func<Tensor[], Tensor>)(inputs => function(inputs.Length == 0 ? Tensor.Ones([]) : inputs.Aggregate(static (x, y) => x * y))))),
        _ when type == typeof(Func<Tensor>) =>
            Tensors(shape).SelectMany(static _ => Gen.Elements(Functions), static (x, function) => (object?)(Func<Tensor>)(() => function(x))),
        _ when type == typeof(Node) => Boxed(Tensors(shape).Where(static tensor => tensor.Node is not null).Select(static tensor => tensor.Node!)),
        _ when type == typeof(Graph) => Boxed(Tensors(shape).Select(static tensor => Graph.Of(tensor * 2))),
        _ when type == typeof(Heads) =>
            Boxed(Tensors(shape).Where(static tensor => tensor.DType.IsFloat).Select(static tensor => new Heads().Loss("x", tensor.Sum()).Value("G3", tensor))),
        _ when type == typeof(CustomFunction) => Boxed(Gen.Elements(Enum.GetValues<Misbehavior>()).Select(static how => new MisbehavingFunction(how))),
        _ => null,
    };

    /// <summary>What a user's function may be: right, constant, cut off, of another type, or without a result.</summary>
    private static readonly Func<Tensor, Tensor>[] Functions =
    [
        static x => x, static x => x * 2, static x => x.Square().Sum(), static x => x.Detach(), static _ => Tensor.Ones([2]), static x => x.To(DType.Int64),
        static x => x.To(DType.Float64).Exp(), static _ => null!,
    ];

    /// <summary>A tuple or a record of any values, or an object with any settings.</summary>
    private static Gen<object?> Made(Type type, int[] shape)
    {
        var constructors = type.GetConstructors();
        var settings = type.GetProperties().Where(static property => property.SetMethod is { IsPublic: true }).ToArray();
        if (constructors is not [var constructor] || (constructor.GetParameters().Length == 0 && settings.Length == 0))
        {
            throw new NotSupportedException($"A public method has a parameter of type {type}. Say in {nameof(Arguments)} what its values are.");
        }

        var nullability = new NullabilityInfoContext();
        Gen<object?> Value(Type own, NullabilityInfo info) =>
            own.IsValueType || type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal) || info.WriteState != NullabilityState.Nullable
                ? Of(own, shape)
                : Gen.Frequency((1, Gen.Constant<object?>(null)), (1, Of(own, shape)));
        if (constructor.GetParameters() is { Length: > 0 } parameters)
        {
            return Gen.CollectToArray(parameters.Select(parameter => Value(parameter.ParameterType, nullability.Create(parameter)))).Select(constructor.Invoke)
                .Select(static made => (object?)made);
        }

        Gen<object?> Setting(PropertyInfo property)
        {
            var value = AreParts(property.PropertyType, property.Name) ? Boxed(Parts) : Value(property.PropertyType, nullability.Create(property));
            return property.IsDefined(typeof(RequiredMemberAttribute)) ? value : Gen.Frequency((2, Gen.Constant<object?>(typeof(Default))), (1, value));
        }

        return Gen.CollectToArray(settings.Select(Setting)).Select(values =>
        {
            var made = constructor.Invoke([]);
            foreach (var (property, value) in settings.Zip(values).Where(static pair => !Equals(pair.Second, typeof(Default))))
            {
                property.SetValue(made, value);
            }

            return (object?)made;
        });
    }

    /// <summary>Tensors of a shape, of any type, layout and values, some of them variables.</summary>
    private static Gen<Tensor> Tensors(int[] shape) =>
        from type in Gen.Frequency((2, Gen.Constant(DType.Float32)), (1, Gen.Elements(Enum.GetValues<DType>())), (1, Gen.Elements(DType.Int64, DType.Bool)))
        from number in Gen.Frequency((4, Gen.Choose(0, 3).Select(static number => (double)number)),
            (2, Gen.Choose(-8, 8).Select(static number => number / 2.0)), (1, Double))
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
        Gen.Choose(0, 4).Two().SelectMany(static _ => Int, static (ends, step) => (Ends: ends, Step: step))
            .Where(static use => use.Step is not (0 or int.MinValue)).Select(static use => (use.Ends.Item1..^use.Ends.Item2).By(use.Step)),
        Gen.Elements(TensorIndex.NewAxis, TensorIndex.Ellipsis, default),
        Tensors(shape).Where(CanIndex).Select(static chosen => (TensorIndex)chosen),
        Sizes.SelectMany(Tensors).Where(CanIndex).Select(static chosen => (TensorIndex)chosen));

    private static bool CanIndex(Tensor chosen) => chosen.DType is DType.Int32 or DType.Int64 or DType.Bool;

    private static Gen<object?> Boxed<T>(Gen<T> values) => values.Select(static value => (object?)value);

    /// <summary>The element of an array or a list, or null.</summary>
    private static Type? ElementOf(Type type)
    {
        if (type.IsArray) return type.GetElementType();
        return type.IsGenericType && type.IsInterface && type.GetGenericArguments() is [var element] && type.IsAssignableFrom(element.MakeArrayType()) ? element
            : null;
    }

    private static object? Filled(Type element, object?[] items)
    {
        var array = Array.CreateInstance(element, items.Length);
        for (var index = 0; index < items.Length; index++) array.SetValue(items[index], index);
        return array;
    }

    /// <summary>Stands for a setting that is left as it is.</summary>
    private sealed class Default;
}
