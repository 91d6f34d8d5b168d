using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus export csharp</c>: a model that <c>gradus train</c> wrote, as one file of C#.</summary>
internal static class CSharpExportCommand
{
    private static readonly Argument<string> Model = CommandOptions.Model();

    private static readonly Argument<string?> Out = new("OUT.cs")
    {
        Description = "The file. Default: the model's name with .cs, in this folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Namespace = new("--namespace") { Description = "The namespace. Default: Models.", HelpName = "NAME" };

    private static readonly Option<string?> Class = new("--class") { Description = "The class. Default: the file's name.", HelpName = "NAME" };

    private static readonly Option<CSharpWeights?> Weights = CommandOptions.Choice(
        "--weights", "Where the weights go: into the code, or beside it as a .bin file. Default: embedded up to 2 million, else beside.",
        ("embedded", CSharpWeights.Embedded), ("beside", CSharpWeights.Beside));

    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace files that are there." };

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "csharp", "Write a model as one .cs file that needs nothing but .NET 8 or later, with the preparation of its samples, and gives the same bits.")
        {
            Model, Out, Namespace, Class, Weights, Overwrite, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(Model);
        var model = CommandOptions.ReadModel(path);
        var target = parsed.GetValue(Out) ?? Path.GetFileNameWithoutExtension(path) + ".cs";
        var defaults = new CSharpExportOptions();
        var options = new CSharpExportOptions
        {
            Namespace = parsed.GetValue(Namespace) ?? defaults.Namespace,
            ClassName = parsed.GetValue(Class),
            Weights = parsed.GetValue(Weights),
            Overwrite = parsed.GetValue(Overwrite),
        };
        Tell(CommandOptions.Usage(() => model.SaveCSharp(target, options)), parsed.GetValue(Json));
        return 0;
    }

    private static void Tell(CSharpExport export, bool isJson)
    {
        if (!isJson)
        {
            void Line(string text) => Console.Out.WriteLine(PlainText.Of(text));
            var files = export.WeightsPath is { } beside ? $"{export.Path} and {beside}" : export.Path;
            Line(string.Create(CultureInfo.InvariantCulture, $"{files}: {export.FullName}, {export.Weights:N0} weights, {export.Bytes:N0} bytes"));
            Line($"call    {export.Call}");
            Line("check   SelfTest() compares with what Gradus predicts, to the last bit");
            return;
        }

        Console.Out.WriteLine(JsonLine.Of(json =>
        {
            json.WriteString("path", export.Path);
            if (export.WeightsPath is { } beside) json.WriteString("weights_path", beside);
            json.WriteString("class", export.FullName);
            json.WriteString("call", export.Call);
            json.WriteNumber("weights", export.Weights);
            json.WriteNumber("bytes", export.Bytes);
        }));
    }
}
