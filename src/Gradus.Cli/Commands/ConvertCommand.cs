using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus convert</c>: the tensors of a file in another format.</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> In = new("IN") { Description = $"A file of tensors: {FileFormats.Extensions}. Its first bytes tell the format." };

    private static readonly Argument<string> Out = new("OUT") { Description = $"The file to write, whose name tells the format: {FileFormats.Extensions}." };

    private static readonly Option<string?> Under = new("--under")
    {
        Description = "Of a checkpoint, take only what stands under a path, and leave the path off the names: state_dict.",
        HelpName = "PATH",
    };

    private static readonly Option<string[]> Rename = CommandOptions.Rename();

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("convert", "Write the tensors of a file in another format, without running anything that the file holds.")
        {
            In, Out, Under, Rename, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (from, to) = (parsed.GetRequiredValue(In), parsed.GetRequiredValue(Out));
        // First, so that no large file is read for nothing.
        var target = FileFormats.For(to);
        if (Path.GetFullPath(from) == Path.GetFullPath(to)) throw new UsageException("IN and OUT are the same file: what OUT cannot hold would be lost.");
        var source = FileFormats.Of(from);
        if (target.HasExtension(".onnx") && TrainedModel.Is(from))
        {
            // With its graph, and the preparation of its samples.
            TrainedModel.Load(from).SaveOnnx(to);
            Console.Out.WriteLine(parsed.GetValue(Json) ? JsonLine.Of(json => json.WriteString("saved", to)) : $"saved {PlainText.Of(to)}");
            return 0;
        }

        var contents = source.Read(from);
        var mapping = CommandOptions.ReadMapping(parsed.GetValue(Rename), parsed.GetValue(Under));
        var tensors = mapping.Apply(contents.Tensors);
        if (tensors.Count == 0)
        {
            var names = PlainText.QuoteAll(contents.Tensors.Keys, 4);
            throw new UsageException($"--under: nothing in {from} stands under '{parsed.GetValue(Under)}'; there are {names}.");
        }

        if (contents.DescribeLeftOut() is { } leftOut) CommandOptions.Note($"{from}: {leftOut}");
        var keepsTexts = target.HasExtension(".safetensors");
        string[] lost = [.. contents.Values.Where(entry => !keepsTexts || entry.Value is not string).Select(static entry => entry.Key)];
        if (lost.Length > 0) CommandOptions.Note($"{to}: it holds tensors alone; left out are {PlainText.QuoteAll(lost, 8)}.");
        target.Write(to, contents with { Tensors = tensors });
        var numbers = tensors.Values.Sum(static tensor => tensor.Count);
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonLine.Of(json =>
            {
                json.WriteString("in", source.Name);
                json.WriteString("out", target.Name);
                json.WriteNumber("tensors", tensors.Count);
                json.WriteNumber("numbers", numbers);
                json.WriteNumber("left_out", contents.LeftOut.Count);
            }));
        }
        else
        {
            Console.Out.WriteLine(PlainText.Of(string.Create(
                CultureInfo.InvariantCulture, $"{to}: {tensors.Count} tensors, {numbers:N0} numbers, from {source.Name} to {target.Name}")));
        }

        return 0;
    }
}
