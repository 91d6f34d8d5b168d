using System.Reflection;
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

    /// <summary>Exports a model as the class <c>Models.Exported</c>.</summary>
    public static string Write(TrainedModel model, CSharpExportOptions? options = null)
    {
        using var folder = new TemporaryFolder();
        var path = folder["exported.cs"];
        model.SaveCSharp(path, options);
        return File.ReadAllText(path);
    }

    /// <summary>Compiles a model with a function over it, both without a warning, with and without implicit usings; the function.</summary>
    /// <param name="source">The model's code.</param>
    /// <param name="type">The function's type: <c>Func&lt;float[], float[]&gt;</c>.</param>
    /// <param name="function">The function: <c>numbers =&gt; model.Predict(numbers).Probabilities</c>.</param>
    public static T Compile<T>(string source, string type, string function) where T : Delegate
    {
        var adapter = $$"""
            #nullable enable
            using System;
            using System.Collections.Generic;
            using Models;

            public static class Adapter
            {
                public static {{type}} Make()
                {
                    var model = new Exported();
                    model.SelfTest();
                    return {{function}};
                }
            }
            """;
        Assembly(source, adapter, ImplicitUsings, LanguageVersion.CSharp14);
        var make = Assembly(source, adapter, "", LanguageVersion.CSharp12).GetType("Adapter")!.GetMethod("Make")!;
        return (T)make.Invoke(null, null)!;
    }

    private static Assembly Assembly(string source, string adapter, string usings, LanguageVersion version)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(version).WithPreprocessorSymbols("NET8_0_OR_GREATER", "NET9_0_OR_GREATER");
        SyntaxTree[] trees =
        [
            CSharpSyntaxTree.ParseText(source, options.WithDocumentationMode(DocumentationMode.Diagnose), path: "Exported.cs"),
            CSharpSyntaxTree.ParseText(adapter, options, path: "Adapter.cs"),
            CSharpSyntaxTree.ParseText(usings, options, path: "Usings.cs"),
        ];
        var compilation = CSharpCompilation.Create("exported", trees, References, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release,
            warningLevel: 9999));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        var complaints = result.Diagnostics.Where(static diagnostic =>
            diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath == "Exported.cs" || diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.True(result.Success && !complaints.Any(), string.Join('\n', complaints.Take(20)));
        return System.Reflection.Assembly.Load(image.ToArray());
    }
}
