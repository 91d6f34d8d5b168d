using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;

namespace Gradus.Tests.AnyArguments;

/// <summary>A public method, operator or property of Tensor, to be called with arguments of any values. Spans are given as arrays, shapes as their sizes.</summary>
internal sealed class PublicMethod
{
    /// <summary>What a type parameter stands for: element types, and one that cannot be an element.</summary>
    private static readonly Type[] Elements = [typeof(float), typeof(long), typeof(bool), typeof(byte)];

    private readonly Func<object?[], object?> _call;

    private PublicMethod(MethodInfo method)
    {
        var nullability = new NullabilityInfoContext();
        var parameters = method.GetParameters().Select(parameter => (Carrier(parameter.ParameterType), nullability.Create(parameter).WriteState == NullabilityState.Nullable));
        Name = $"{method.Name}{(method.IsGenericMethod ? $"<{method.GetGenericArguments()[0].Name}>" : "")}({string.Join(", ", method.GetParameters().Select(static parameter => $"{Spell(parameter.ParameterType)} {parameter.Name}"))})";
        IsStatic = method.IsStatic;
        Parameters = [.. method.IsStatic ? [] : new[] { (typeof(Tensor), false) }, .. parameters];
        _call = Compile(method);
    }

    /// <summary>All there are.</summary>
    public static IReadOnlyDictionary<string, PublicMethod> All { get; } = typeof(Tensor)
        .GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .SelectMany(static method => method.IsGenericMethodDefinition ? Elements.Select(element => method.MakeGenericMethod(element)) : [method])
        .Select(static method => new PublicMethod(method)).ToDictionary(static method => method.Name);

    /// <summary>The name, with the types and names of the parameters.</summary>
    public string Name { get; }

    /// <summary>What is given for each parameter, the tensor itself first, and whether it may be null.</summary>
    public IReadOnlyList<(Type Type, bool IsNullable)> Parameters { get; }

    /// <summary>Whether it has no tensor of its own.</summary>
    public bool IsStatic { get; }

    /// <summary>Calls it.</summary>
    public object? Call(object?[] arguments) => _call(arguments);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static bool IsSpan(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(ReadOnlySpan<>) || definition == typeof(Span<>) || definition == typeof(ReadOnlyTensorSpan<>));

    private static Type Carrier(Type type) => type == typeof(Shape) ? typeof(int[]) : IsSpan(type) ? type.GetGenericArguments()[0].MakeArrayType() : type;

    private static string Spell(Type type) => type.IsGenericType ? $"{type.Name[..^2]}<{string.Join(", ", type.GetGenericArguments().Select(Spell))}>" : type.Name;

    private static Func<object?[], object?> Compile(MethodInfo method)
    {
        var arguments = Expression.Parameter(typeof(object?[]), "arguments");
        var own = method.IsStatic ? 0 : 1;
        Expression Argument(int index, Type type)
        {
            var given = Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), Carrier(type));
            if (type == typeof(Shape)) return Expression.Call(typeof(Shape), nameof(Shape.Create), null, Span(given, typeof(ReadOnlySpan<int>)));
            return IsSpan(type) ? Span(given, type) : given;
        }

        var call = Expression.Call(own == 0 ? null : Argument(0, typeof(Tensor)), method, method.GetParameters().Select((parameter, index) => Argument(index + own, parameter.ParameterType)));
        // A span cannot be boxed: that it came is all that is looked at.
        var isLost = method.ReturnType == typeof(void) || method.ReturnType.IsByRefLike;
        Expression body = isLost ? Expression.Block(call, Expression.Constant(null)) : Expression.Convert(call, typeof(object));
        return Expression.Lambda<Func<object?[], object?>>(body, arguments).Compile();
    }

    private static Expression Span(Expression array, Type type) => Expression.Convert(array, type, type.GetMethod("op_Implicit", [array.Type])!);
}
