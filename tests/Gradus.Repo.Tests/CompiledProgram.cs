using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gradus.Repo.Tests;

/// <summary>A program of one file, compiled as <c>dotnet run file.cs</c> would, and run inside the test.</summary>
internal static class CompiledProgram
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

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly CSharpParseOptions Options =
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14).WithFeatures([KeyValuePair.Create("FileBasedProgram", "true")]);

    // The platform's assemblies and those that this test project refers to, Gradus among them.
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path))];

    /// <summary>Compiles without a warning, and runs if there are statements to run; returns what was printed, or null where there are none.</summary>
    public static string? Run(string name, string source, params string[] args)
    {
        var tree = CSharpSyntaxTree.ParseText(source, Options, path: name);
        var isProgram = tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
        var options = new CSharpCompilationOptions(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
            optimizationLevel: OptimizationLevel.Release);
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(name), [tree, CSharpSyntaxTree.ParseText(ImplicitUsings, Options)], References, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        var complaints = result.Diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToArray();
        if (complaints.Length > 0 || !result.Success) Assert.Fail($"{name} does not compile:\n{string.Join('\n', complaints.AsEnumerable())}\n\n{source}");
        return isProgram ? Run(name, image, args) : null;
    }

    private static string Run(string name, MemoryStream image, string[] args)
    {
        image.Position = 0;
        var context = new AssemblyLoadContext(name, isCollectible: true);
        var console = Console.Out;
        var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            var main = context.LoadFromStream(image).EntryPoint!;
            ExceptionDispatchInfo? failure = null;
            // A thread of its own: the culture that a program sets is then its own too.
            var thread = new Thread(() => failure = Invoke(main, args)) { IsBackground = true };
            thread.Start();
            if (!thread.Join(Limit)) Assert.Fail($"{name} did not end within {Limit}. It printed:\n{output}");
            failure?.Throw();
            return output.ToString().ReplaceLineEndings("\n");
        }
        finally
        {
            Console.SetOut(console);
            context.Unload();
        }
    }

    private static ExceptionDispatchInfo? Invoke(MethodInfo main, string[] args)
    {
        try
        {
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [args]);
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return ExceptionDispatchInfo.Capture(exception.InnerException!);
        }
    }
}
