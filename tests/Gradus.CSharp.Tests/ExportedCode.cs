using Gradus.Training;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Gradus.CSharp.Tests;

/// <summary>A model that was exported, compiled as a project of its own would, and loaded.</summary>
internal static class ExportedCode
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // The base library alone.
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path))];

    /// <summary>The code of a model whose weights are in it.</summary>
    public static string Write(TrainedModel model, string name)
    {
        using var folder = new TemporaryFolder();
        model.SaveCSharp(folder["exported.cs"], new() { ClassName = name, Weights = CSharpWeights.Embedded });
        return File.ReadAllText(folder["exported.cs"]);
    }

    /// <summary>Compiles models together, each with a function over it, without a warning; the functions.</summary>
    /// <param name="models">The models.</param>
    /// <param name="isModern">Whether the project has implicit usings and nullable references; else neither.</param>
    public static Delegate[] Compile(IReadOnlyList<ExportedModel> models, bool isModern)
    {
        var makes = models.Select(static model => $$"""
                public static Delegate {{model.Name}}()
                {
                    var model = {{model.Make}};
                    model.SelfTest();
                    {{model.Type}} function = {{model.Function}};
                    return function;
                }
            """);
        var adapter = $$"""
            #nullable enable
            using System;
            using System.Collections.Generic;

            public static class Adapter
            {
            {{string.Join('\n', makes)}}
            }
            """;
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp12)
            .WithPreprocessorSymbols("NET8_0_OR_GREATER", "NET9_0_OR_GREATER").WithDocumentationMode(DocumentationMode.Diagnose);
        var trees = models.Select(model => CSharpSyntaxTree.ParseText(model.Source, options, model.Name + ".cs"))
            .Append(CSharpSyntaxTree.ParseText(adapter, options, "Adapter.cs")).ToArray();
        var compilation = CSharpCompilation.Create("exported", trees, References, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: isModern ? NullableContextOptions.Enable : NullableContextOptions.Disable,
            optimizationLevel: OptimizationLevel.Release, warningLevel: 9999));
        if (isModern) compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(ImplicitUsings, options, "Usings.cs"));
        using var image = new MemoryStream();
        Require(compilation.Emit(image).Diagnostics);
        var made = System.Reflection.Assembly.Load(image.ToArray()).GetType("Adapter")!;
        return [.. models.Select(model => (Delegate)made.GetMethod(model.Name)!.Invoke(null, null)!)];
    }

    private static void Require(IEnumerable<Diagnostic> diagnostics)
    {
        var complaints = diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Error ||
            (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath != "Adapter.cs"));
        Assert.True(!complaints.Any(), string.Join('\n', complaints.Take(20)));
    }
}
