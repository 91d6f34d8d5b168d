using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Onnx;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus onnx export</c>: a model that <c>gradus train</c> wrote, as an ONNX file.</summary>
internal static class OnnxExportCommand
{
    private static readonly Argument<string> Model = CommandOptions.Model();

    private static readonly Argument<string> Out = new("OUT") { Description = "The .onnx file; one that is there is replaced." };

    private static readonly Option<int?> Opset = CommandOptions.Whole(
        "--opset", "The version of ONNX's operators, from 13 to 26. Default: 17.", OnnxExportOptions.OldestOpset, OnnxExportOptions.NewestOpset);

    private static readonly Option<bool> Fold = new("--fold") { Description = "Make batch norms part of the convolutions before them." };

    private static readonly Option<bool> Network = new("--network")
    {
        Description = "Write the network alone: prepared numbers go in, and what it gives comes out as it is.",
    };

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "export", "Write a model that `gradus train` wrote as an .onnx file, with the preparation of its samples, for batches of any size.")
        {
            Model, Out, Opset, Fold, Network, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(Out);
        if (!path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"'{PlainText.Quote(path)}' does not end with .onnx, as the file that is written does.");
        var model = CommandOptions.ReadModel(parsed.GetRequiredValue(Model));
        var options = new OnnxExportOptions
        {
            Opset = parsed.GetValue(Opset) ?? new OnnxExportOptions().Opset,
            FoldBatchNorm = parsed.GetValue(Fold),
            // What is written has been read back and compared.
            Verify = true,
        };
        if (parsed.GetValue(Network)) model.SaveNetworkOnnx(path, options);
        else model.SaveOnnx(path, options);
        Tell(OnnxInfo.Read(path), path, new FileInfo(path).Length, parsed.GetValue(Json));
        return 0;
    }

    private static void Tell(OnnxInfo info, string path, long bytes, bool isJson)
    {
        var nodes = info.Operators.Sum(static entry => entry.Value);
        if (!isJson)
        {
            void Line(string text) => Console.Out.WriteLine(PlainText.Of(text));
            Line(string.Create(CultureInfo.InvariantCulture, $"{path}: {nodes:N0} nodes, {bytes:N0} bytes"));
            foreach (var input in info.Inputs) Line($"input   {input}");
            foreach (var output in info.Outputs) Line($"output  {output}");
            return;
        }

        Console.Out.WriteLine(JsonLine.Of(json =>
        {
            json.WriteString("path", path);
            json.WriteNumber("bytes", bytes);
            json.WriteNumber("nodes", nodes);
            foreach (var (role, values) in new[] { ("inputs", info.Inputs), ("outputs", info.Outputs) })
            {
                json.WriteStartArray(role);
                foreach (var value in values) json.WriteStringValue(value.ToString());
                json.WriteEndArray();
            }
        }));
    }
}
