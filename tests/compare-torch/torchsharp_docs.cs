#:package Microsoft.CodeAnalysis.CSharp@5.12.0
#:package TorchSharp-cpu@0.107.0
#:property ManagePackageVersionsCentrally=false
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

// Compiles TorchSharp's column of docs/from-torchsharp.md, runs it where libtorch can be loaded, and compares what it prints with what the page says:
// dotnet run tests/compare-torch/torchsharp_docs.cs docs/from-torchsharp.md

using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

var page = File.ReadAllText(args[0]).ReplaceLineEndings("\n");
var samples = Regex.Matches(page, "```csharp torchsharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline);
MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
    .Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];
var scratch = Directory.CreateTempSubdirectory("torchsharp-docs-");
Environment.CurrentDirectory = scratch.FullName;
var faults = 0;
foreach (var (number, sample) in samples.Index())
{
    var (printed, expected) = (Run($"sample{number + 1}", sample.Groups[1].Value), sample.Groups[2].Value);
    if (printed is not null && printed != expected) faults++;
    Console.WriteLine(printed is null ? $"{number + 1}: compiles; libtorch cannot be loaded here"
        : printed == expected ? $"{number + 1}: as the page says" : $"{number + 1}: the page says\n{expected}but it is\n{printed}");
}

Environment.CurrentDirectory = Path.GetTempPath();
scratch.Delete(recursive: true);
Console.WriteLine($"{samples.Count} programs, {faults} faults");
return samples.Count > 0 && faults == 0 ? 0 : 1;

// What a program prints, or why it does not compile; null where it cannot be run.
string? Run(string name, string source)
{
    var trees = new[] { source, Usings }.Select(text => CSharpSyntaxTree.ParseText(text));
    var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
    using var image = new MemoryStream();
    var result = CSharpCompilation.Create(name, trees, references, options).Emit(image);
    if (!result.Success) return string.Join('\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)) + "\n";
    image.Position = 0;
    var main = AssemblyLoadContext.Default.LoadFromStream(image).EntryPoint!;
    var (console, output) = (Console.Out, new StringWriter());
    Console.SetOut(output);
    try
    {
        main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
    }
    catch (TargetInvocationException exception) when (exception.GetBaseException() is DllNotFoundException or NotSupportedException)
    {
        return null;
    }
    catch (TargetInvocationException exception)
    {
        output.WriteLine(exception.InnerException);
    }
    finally
    {
        Console.SetOut(console);
    }

    return output.ToString().ReplaceLineEndings("\n");
}
