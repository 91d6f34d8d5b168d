using Gradus.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Gradus.Repo.Tests;

/// <summary>What the compiler tells who writes a module and forgets to register a part of it.</summary>
public class RegistrationAnalyzerTests
{
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path))];

    [Theory]
    [InlineData("Linear _head = new(2, 1);", "GRADUS100")]
    [InlineData("Linear Head { get; } = new Linear(2, 1);", "GRADUS100")]
    [InlineData("readonly Linear _head; public Net() => _head = new(2, 1);", "GRADUS100")]
    [InlineData("Linear Head { get; set; } public Net() { Head = new(2, 1); }", "GRADUS100")]
    [InlineData("Linear _a, _b; public Net() => (_a, _b) = (new(2, 3), new(3, 1));", "GRADUS100", "GRADUS100")]
    [InlineData("Module<Tensor, Tensor> _head = new Sequential(new Linear(2, 1));", "GRADUS100")]
    [InlineData("Linear[] _layers = [new(2, 3), new(3, 1)];", "GRADUS100")]
    [InlineData("System.Collections.Generic.List<Linear> _layers = new();", "GRADUS100")]
    [InlineData("Parameter _scale = new(Tensor.Zeros([2]));", "GRADUS100")]
    [InlineData("Linear Head { get; set => field = Register(value); } = new(2, 1);", "GRADUS101")]
    public void A_part_that_is_made_and_kept_without_registering_it_is_told_of(string members, params string[] expected) =>
        Assert.Equal(expected, Diagnose($"sealed class Net : Module<Tensor, Tensor> {{ {members} {Compute} }}"));

    [Theory]
    [InlineData("Linear Head { get; set => field = Register(value); } public Net() => Head = new(2, 1);")]
    [InlineData("Linear A { get; set => field = Register(value); } Net? B { get; set; } public Net() => (A, B) = (new(2, 3), null);")]
    [InlineData("ModuleList<Linear> Layers { get; set => field = Register(value); } public Net() => Layers = new([new(2, 1)]);")]
    [InlineData("readonly Linear _teacher; public Net(Linear teacher) { _teacher = teacher; teacher.Freeze(); }")]
    [InlineData("static readonly Linear Shared = new(2, 1);")]
    [InlineData("readonly int[] _sizes = [2, 1];")]
    [InlineData("public Net() { var probe = new Linear(2, 1); _ = probe.ToString(); }")]
    public void What_is_registered_or_only_borrowed_is_not(string members) =>
        Assert.Empty(Diagnose($"sealed class Net : Module<Tensor, Tensor> {{ {members} {Compute} }}"));

    [Fact]
    public void A_class_that_is_no_module_keeps_what_it_likes() =>
        Assert.Empty(Diagnose("sealed class Holder { public Linear Head { get; } = new(2, 1); }"));

    private const string Compute = "protected override Tensor Compute(Tensor x) => x;";

    private static IEnumerable<string> Diagnose(string source)
    {
        var tree = CSharpSyntaxTree.ParseText($"using Gradus; using Gradus.Nn;\n{source}", new CSharpParseOptions(LanguageVersion.CSharp14));
        var compilation = CSharpCompilation.Create("net", [tree], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(compilation.GetDiagnostics(), static found => found.Severity == DiagnosticSeverity.Error);
        return compilation.WithAnalyzers([new RegistrationAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .Select(static found => found.Id);
    }
}
