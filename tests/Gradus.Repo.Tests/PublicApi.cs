using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gradus.Repo.Tests;

/// <summary>An assembly's public face as text: a line for each type, and below it one for each member, in order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new (Type Type, string Word)[]
    {
        (typeof(void), "void"), (typeof(bool), "bool"), (typeof(byte), "byte"), (typeof(char), "char"), (typeof(int), "int"), (typeof(uint), "uint"),
        (typeof(long), "long"),
        (typeof(ulong), "ulong"), (typeof(nint), "nint"), (typeof(float), "float"), (typeof(double), "double"), (typeof(string), "string"),
        (typeof(object), "object"),
    }.ToDictionary(static keyword => keyword.Type, static keyword => keyword.Word);

    /// <summary>The lines of an assembly; none if nothing in it is public.</summary>
    public static string[] Lines(Assembly assembly) =>
        [.. assembly.GetTypes()
            .Where(IsShown).OrderBy(static type => FullName(type), StringComparer.Ordinal).SelectMany(static type => Members(type).Prepend(Describe(type)))];

    private static bool IsShown(Type type) =>
        !type.Name.Contains('<') &&
        (type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsShown(type.DeclaringType!) : type.IsPublic);

    private static bool IsShown(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static string Describe(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = new List<string>();
        if (type is { IsClass: true, BaseType: { } ancestor } && ancestor != typeof(object)) bases.Add(Name(ancestor));
        if (!type.IsEnum)
        {
            bases.AddRange(type.GetInterfaces().Except(inherited).Where(static face => face.IsVisible).Select(Name).Order(StringComparer.Ordinal));
        }

        var constraints = string.Concat((type.IsGenericTypeDefinition ? type.GetGenericArguments() : []).Select(Constraints));
        return $"{kind} {FullName(type)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}{constraints}";
    }

    /// <summary>Constructors, then the rest by name.</summary>
    private static IEnumerable<string> Members(Type type)
    {
        IEnumerable<(string Name, string Text)> members;
        if (type.IsEnum)
        {
            members = Enum.GetNames(type).Select(name => (name, $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}"));
        }
        else
        {
            var accessors = type.GetProperties(Declared).SelectMany(static property => property.GetAccessors(nonPublic: true)).ToHashSet();
            members = type.GetConstructors(Declared).Where(static constructor => !constructor.IsStatic && IsShown(constructor) && IsWritten(constructor))
                .Select(constructor => ("", $"{Access(constructor)}{Simple(type)}({Parameters(constructor)})"))
                .Concat(type.GetFields(Declared)
                    .Where(static field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly).Select(static field => (field.Name, Describe(field))))
                .Concat(type.GetProperties(Declared)
                    .Where(static property => (IsShown(property.GetMethod) || IsShown(property.SetMethod)) && property.Name != "EqualityContract")
                    .Select(static property => (property.Name, Describe(property))))
                .Concat(type.GetMethods(Declared).Where(method => IsShown(method) && IsWritten(method) && !accessors.Contains(method))
                    .Select(static method => (method.Name, Describe(method))));
        }

        return members.OrderBy(static member => member.Name, StringComparer.Ordinal)
            .ThenBy(static member => member.Text, StringComparer.Ordinal).Select(static member => "    " + member.Text);
    }

    /// <summary>What the compiler puts into a record is not ours to review.</summary>
    private static bool IsWritten(MethodBase method) => !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.Contains('<');

    private static string Describe(FieldInfo field) =>
        $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType, Nullability.Create(field), TupleNames.Of(field))} " +
        $"{field.Name}{(field.IsLiteral ? $" = {Literal(field.GetRawConstantValue(), field.FieldType)}" : "")}";

    private static string Describe(PropertyInfo property)
    {
        var parameters = property.GetIndexParameters();
        var name = parameters.Length == 0 ? property.Name : $"this[{string.Join(", ", parameters.Select(Describe))}]";
        var method = IsShown(property.GetMethod) ? property.GetMethod! : property.SetMethod!;
        var set = property.SetMethod is { } setter && IsShown(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        return $"{Access(method)}{Modifiers(method)}{Name(property.PropertyType, Nullability.Create(property), TupleNames.Of(property))} {name} " +
            $"{{{(IsShown(property.GetMethod) ? " get;" : "")}{set} }}";
    }

    private static string Describe(MethodInfo method)
    {
        var generics = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(static argument => argument.Name))}>" : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        var result = Name(method.ReturnType, Nullability.Create(method.ReturnParameter), TupleNames.Of(method.ReturnParameter));
        return $"{Access(method)}{Modifiers(method)}{result} " +
            $"{method.Name}{generics}({extension}{Parameters(method)})" +
            $"{string.Concat((method.IsGenericMethodDefinition ? method.GetGenericArguments() : []).Select(Constraints))}";
    }

    private static string Constraints(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var kind = parameter.GetCustomAttributesData().Any(static data => data.AttributeType.Name == "IsUnmanagedAttribute") ? "unmanaged"
            : attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? "struct"
            : attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class"
            : "";
        string[] constraints =
        [
            .. (string[])(kind.Length > 0 ? [kind] : []),
            .. parameter.GetGenericParameterConstraints().Where(static type => type != typeof(ValueType)).Select(Name),
        ];
        return constraints.Length > 0 ? $" where {parameter.Name} : {string.Join(", ", constraints)}" : "";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        _ when method.DeclaringType!.IsInterface => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true } when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Describe));

    private static string Describe(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var text = new StringBuilder();
        if (parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute))) text.Append("params ");
        if (type.IsByRef) text.Append(parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ");
        text.Append(Name(type.IsByRef ? type.GetElementType()! : type, Nullability.Create(parameter), TupleNames.Of(parameter)))
            .Append(' ').Append(parameter.Name);
        if (parameter.HasDefaultValue) text.Append(" = ").Append(Literal(parameter.DefaultValue, type));
        return text.ToString();
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        Enum => $"{type.Name}.{value}",
        _ => type.IsEnum ? $"{type.Name}.{Enum.ToObject(type, value)}" : Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string FullName(Type type) => type.IsNested ? $"{FullName(type.DeclaringType!)}.{Name(type)}" : $"{type.Namespace}.{Name(type)}";

    private static string Simple(Type type) => type.Name.Split('`')[0];

    private static string Name(Type type) => Name(type, null, TupleNames.None);

    private static string Name(Type type, NullabilityInfo? nullability, TupleNames names)
    {
        var mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (Keywords.TryGetValue(type, out var keyword)) return keyword + mark;
        if (type.IsArray) return $"{Name(type.GetElementType()!, nullability?.ElementType, names)}[]{mark}";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Name(underlying, null, names) + "?";
        if (!type.IsGenericType) return type.Name + mark;
        var isTuple = type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true;
        var own = isTuple ? names.Take(type.GetGenericArguments().Length) : [];
        var arguments = type.GetGenericArguments()
            .Select((argument, index) => Name(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(index), names)).ToArray();
        // The arguments of the type around a nested one are repeated in it.
        if (!type.Name.Contains('`')) return type.Name + mark;
        return isTuple
            ? $"({string.Join(", ", arguments.Zip(own, static (argument, name) => name is null ? argument : $"{argument} {name}"))})"
            : $"{Simple(type)}<{string.Join(", ", arguments)}>{mark}";
    }
}
