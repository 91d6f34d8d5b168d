using System.CommandLine;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus export</c>: a trained model as what other programs take.</summary>
internal static class ExportCommand
{
    public static Command Create() => new("export", "Write a trained model as code that needs no Gradus.")
    {
        CSharpExportCommand.Create(),
    };
}
