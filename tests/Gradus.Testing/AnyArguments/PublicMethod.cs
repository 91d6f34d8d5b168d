using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;

namespace Gradus.Testing.AnyArguments;

/// <summary>What is given for a parameter.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Type">The type of what is given: an array for a span, sizes for a shape.</param>
/// <param name="IsNullable">Whether it may be null.</param>
internal sealed record Given(string Name, Type Type, bool IsNullable);

/// <summary>
/// A public method, operator, property or constructor, to be called with arguments of any values. Spans are given as arrays, shapes as their sizes.
/// </summary>
internal sealed class PublicMethod
{
    /// <summary>What a type parameter stands for: element types, and one that cannot be an element.</summary>
    private static readonly Type[] Elements = [typeof(float), typeof(long), typeof(bool), typeof(byte)];

    private readonly Func<object?[], object?> _call;

    private PublicMethod(string name, IReadOnlyList<Given> parameters, Func<object?[], object?> call)
    {
        Name = name;
        Parameters = parameters;
        _call = call;
    }

    /// <summary>The name, with the types and names of the parameters.</summary>
    public string Name { get; }

    /// <summary>What is given, an instance method's own object first.</summary>
    public IReadOnlyList<Given> Parameters { get; }

    /// <summary>Whether it takes a format, and so may throw what the platform throws for one that it does not know.</summary>
    public bool TakesFormat => Parameters.Any(static parameter => parameter.Name == "format");

    /// <summary>All that types declare: constructors, where an object of the type can be made, and methods, operators and properties.</summary>
    public static IEnumerable<PublicMethod> Of(params IEnumerable<Type> types) => types.SelectMany(static type => Constructors(type).Concat(Methods(type)));

    /// <summary>The public constructors of a type.</summary>
    public static IEnumerable<PublicMethod> Constructors(Type type) =>
        type.IsAbstract ? [] : type.GetConstructors().Select(static constructor => Make(constructor, Result));

    /// <summary>The methods, operators and properties that a type declares.</summary>
    public static IEnumerable<PublicMethod> Methods(Type type) => type
        .GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(static method => Array.TrueForAll(method.GetParameters(), static parameter => !parameter.ParameterType.IsByRef))
        .SelectMany(static method => method.IsGenericMethodDefinition ? Elements.Select(element => method.MakeGenericMethod(element)) : [method])
        .Select(static method => Make(method, Result));

    /// <summary>The constructors of a type, each followed by a call of a method of what it made, whose arguments are given after the constructor's.</summary>
    public static IEnumerable<PublicMethod> Uses(Type type, MethodInfo method) => type.GetConstructors().Select(constructor => Make(constructor, method));

    /// <summary>Calls it.</summary>
    public object? Call(object?[] arguments) => _call(arguments);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static PublicMethod Make(MethodBase method, Func<Expression, Expression> result)
    {
        var call = new CallBuilder(method.IsStatic || method.IsConstructor ? [] : [new Given("this", CallBuilder.Carrier(method.DeclaringType!), false)]);
        return new PublicMethod(NameOf(method), call.Parameters, call.Compile(result(call.Call(method))));
    }

    private static PublicMethod Make(ConstructorInfo constructor, MethodInfo method)
    {
        var call = new CallBuilder([]);
        var made = Expression.Variable(constructor.DeclaringType!, "made");
        var body = Expression.Block([made], Expression.Assign(made, call.Call(constructor)), Expression.Call(made, nameof(ToString), null),
            Result(call.Call(method, made)));
        return new PublicMethod($"{NameOf(constructor)}.{method.Name}", call.Parameters, call.Compile(body));
    }

    private static string NameOf(MethodBase method)
    {
        var own = method.IsConstructor ? "" : $".{method.Name}{(method.IsGenericMethod ? $"<{method.GetGenericArguments()[0].Name}>" : "")}";
        return $"{Spell(method.DeclaringType!)}{own}(" +
            $"{string.Join(", ", method.GetParameters().Select(static parameter => $"{Spell(parameter.ParameterType)} {parameter.Name}"))})";
    }

    private static string Spell(Type type) =>
        type.IsGenericType ? $"{type.Name[..^2]}<{string.Join(", ", type.GetGenericArguments().Select(Spell))}>" : type.Name;

    /// <summary>What came, as an object. A span cannot be one: that it came is all that is looked at.</summary>
    private static Expression Result(Expression call) => call.Type == typeof(void) || call.Type.IsByRefLike
        ? Expression.Block(call, Expression.Constant(null))
        : Expression.Convert(call, typeof(object));

    /// <summary>Builds calls whose arguments come from one array.</summary>
    private sealed class CallBuilder(List<Given> parameters)
    {
        private readonly ParameterExpression _arguments = Expression.Parameter(typeof(object?[]), "arguments");
        private readonly NullabilityInfoContext _nullability = new();

        public IReadOnlyList<Given> Parameters => parameters;

        public Func<object?[], object?> Compile(Expression body) => Expression.Lambda<Func<object?[], object?>>(body, _arguments).Compile();

        public Expression Call(MethodBase method, Expression? made = null)
        {
            var target = made ?? (parameters.Count == 1 && !method.IsConstructor && !method.IsStatic ? Argument(0, method.DeclaringType!) : null);
            var arguments = method.GetParameters().Select(Take).ToArray();
            return method is ConstructorInfo constructor ? Expression.New(constructor, arguments) : Expression.Call(target, (MethodInfo)method, arguments);
        }

        private Expression Take(ParameterInfo parameter)
        {
            parameters.Add(new Given(parameter.Name!, Carrier(parameter.ParameterType),
                _nullability.Create(parameter).WriteState == NullabilityState.Nullable));
            return Argument(parameters.Count - 1, parameter.ParameterType);
        }

        private Expression Argument(int index, Type type)
        {
            var given = Expression.Convert(Expression.ArrayIndex(_arguments, Expression.Constant(index)), Carrier(type));
            if (type == typeof(Shape)) return Expression.Call(typeof(Shape), nameof(Shape.Create), null, Span(given, typeof(ReadOnlySpan<int>)));
            return IsSpan(type) ? Span(given, type) : given;
        }

        private static bool IsSpan(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var definition
            && (definition == typeof(ReadOnlySpan<>) || definition == typeof(Span<>) || definition == typeof(ReadOnlyTensorSpan<>));

        public static Type Carrier(Type type) => type == typeof(Shape) ? typeof(int[]) : IsSpan(type) ? type.GetGenericArguments()[0].MakeArrayType() : type;

        private static Expression Span(Expression array, Type type) => Expression.Convert(array, type, type.GetMethod("op_Implicit", [array.Type])!);
    }
}
