using Microsoft.CodeAnalysis;

namespace Gradus.Analyzers;

/// <summary>The types of Gradus.Nn that a module registers.</summary>
internal sealed class PartTypes
{
    private readonly INamedTypeSymbol _module;
    private readonly INamedTypeSymbol?[] _values;

    private PartTypes(INamedTypeSymbol module, params INamedTypeSymbol?[] values) => (_module, _values) = (module, values);

    /// <summary>The types that a compilation knows; null where it does not refer to Gradus.Nn.</summary>
    public static PartTypes? Of(Compilation compilation) => compilation.GetTypeByMetadataName("Gradus.Nn.Module") is { } module
        ? new(module, compilation.GetTypeByMetadataName("Gradus.Nn.Parameter"), compilation.GetTypeByMetadataName("Gradus.Nn.ModuleBuffer"))
        : null;

    public bool IsModule(ITypeSymbol type) => Derives(type, _module);

    public bool IsPart(ITypeSymbol type) => IsModule(type) || _values.Any(value => value is not null && Derives(type, value));

    /// <summary>Whether it is an array or a generic collection of modules, and no module itself.</summary>
    public bool IsCollectionOfModules(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsModule(array.ElementType),
        INamedTypeSymbol named => named.AllInterfaces.Any(static type => type.SpecialType == SpecialType.System_Collections_IEnumerable)
            && named.TypeArguments.Any(IsModule),
        _ => false,
    };

    private static bool Derives(ITypeSymbol type, INamedTypeSymbol from)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(level, from)) return true;
        }

        return false;
    }
}
