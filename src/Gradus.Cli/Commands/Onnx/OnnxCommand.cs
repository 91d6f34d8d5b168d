using System.CommandLine;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus onnx</c>: files of ONNX, written, looked into, run and checked.</summary>
internal static class OnnxCommand
{
    public static Argument<string> Model() => new("FILE") { Description = "An .onnx file." };

    public static Command Create() => new("onnx", "Write, look into, run and check .onnx files.")
    {
        OnnxExportCommand.Create(),
        OnnxInfoCommand.Create(),
        OnnxRunCommand.Create(),
        OnnxVerifyCommand.Create(),
    };
}
