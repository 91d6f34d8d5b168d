using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Gradus.Analyzers;

/// <summary>
/// Finds modules, parameters and buffers that a module makes and keeps without registering them: they would be neither trained nor saved. What is made
/// elsewhere and only kept, such as a frozen teacher, is left alone.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RegistrationAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor NotRegistered = new(
        "GRADUS100", "A part of a module is not registered", "'{0}' is not registered, so it would be neither trained nor saved: {1}", "Gradus",
        DiagnosticSeverity.Warning, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor Initialized = new(
        "GRADUS101", "An initializer goes past the setter that registers",
        "The initializer of '{0}' goes past its setter and registers nothing: assign it in the constructor", "Gradus", DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NotRegistered, Initialized];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (PartTypes.Of(start.Compilation) is not { } types) return;
            start.RegisterOperationAction(operation => Assign(operation, types), OperationKind.SimpleAssignment, OperationKind.DeconstructionAssignment);
            start.RegisterOperationAction(operation => Initialize(operation, types), OperationKind.FieldInitializer, OperationKind.PropertyInitializer);
        });
    }

    private static void Assign(OperationAnalysisContext context, PartTypes types)
    {
        var assignment = (IAssignmentOperation)context.Operation;
        Assign(context, types, assignment.Target, assignment.Value);
    }

    private static void Assign(OperationAnalysisContext context, PartTypes types, IOperation target, IOperation value)
    {
        if (target is ITupleOperation targets && Unwrap(value) is ITupleOperation values && targets.Elements.Length == values.Elements.Length)
        {
            for (var index = 0; index < targets.Elements.Length; index++) Assign(context, types, targets.Elements[index], values.Elements[index]);
            return;
        }

        if (target is not IMemberReferenceOperation { Instance: IInstanceReferenceOperation } member) return;
        if (member.Member is IFieldSymbol or IPropertySymbol && !HasOwnSetter(member.Member)) Report(context, types, NotRegistered, member.Member, value);
    }

    private static void Initialize(OperationAnalysisContext context, PartTypes types)
    {
        var initializer = (ISymbolInitializerOperation)context.Operation;
        var members = initializer is IFieldInitializerOperation fields ? fields.InitializedFields.CastArray<ISymbol>()
            : ((IPropertyInitializerOperation)initializer).InitializedProperties.CastArray<ISymbol>();
        foreach (var member in members) Report(context, types, HasOwnSetter(member) ? Initialized : NotRegistered, member, initializer.Value);
    }

    private static void Report(OperationAnalysisContext context, PartTypes types, DiagnosticDescriptor rule, ISymbol member, IOperation value)
    {
        if (member.IsStatic || !types.IsModule(member.ContainingType) || Unwrap(value) is not { Type: { } type } made || !IsMade(made)) return;
        if (types.IsPart(type))
        {
            var (name, typeName) = (member.Name.TrimStart('_'), type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
            context.ReportDiagnostic(Diagnostic.Create(rule, value.Syntax.GetLocation(), member.Name,
                $"make it a property, {typeName} {char.ToUpperInvariant(name[0])}{name.Substring(1)} {{ get; set => field = Register(value); }}"));
        }
        else if (types.IsCollectionOfModules(type))
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, value.Syntax.GetLocation(), member.Name, "register a ModuleList of them"));
        }
    }

    private static bool IsMade(IOperation value) => value is IObjectCreationOperation or IArrayCreationOperation or ICollectionExpressionOperation;

    private static IOperation Unwrap(IOperation value)
    {
        while (value is IConversionOperation conversion) value = conversion.Operand;
        return value;
    }

    /// <summary>Whether assigning runs code of the property, which is then taken to register; what the code of another assembly does is not seen.</summary>
    private static bool HasOwnSetter(ISymbol member) => member is IPropertySymbol { SetMethod: { } setter }
        && (setter.DeclaringSyntaxReferences.IsEmpty || setter.DeclaringSyntaxReferences.Any(static reference => HasBody(reference.GetSyntax())));

    private static bool HasBody(SyntaxNode node) =>
        node is AccessorDeclarationSyntax accessor && (accessor.Body is not null || accessor.ExpressionBody is not null);
}
