using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Formats;
using Gradus.Nn;
using Gradus.Training;
using Spectre.Console;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus inspect</c>: what is in a <c>.safetensors</c> file, without reading its data.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> FilePath = new("FILE") { Description = "A .safetensors file." };

    private static readonly Option<bool> Layers = new("--layers")
    {
        Description = "Of a model, show its layers too: their shapes for one sample, parameters and multiply-adds.",
    };

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("inspect", "List the tensors and the metadata of a .safetensors file.") { FilePath, Layers, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(FilePath);
        var contents = SafeTensorsFile.Inspect(path);
        if (!contents.HasChecksums) CommandOptions.Note($"{path}: the file carries no checksums: damage to its numbers would not be noticed.");
        var summary = parsed.GetValue(Layers) ? TrainedModel.Outline(path, contents).Summary() : null;
        if (parsed.GetValue(Json)) PrintJson(contents, summary);
        else Print(contents, summary);
        return 0;
    }

    private static void PrintJson(SafeTensorsHeader header, ModuleSummary? summary) => Console.Out.WriteLine(JsonLine.Of(json =>
    {
        json.WriteStartArray("tensors");
        foreach (var tensor in header.Tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteString("dtype", tensor.DType);
            json.WriteStartArray("shape");
            foreach (var size in tensor.Shape) json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteNumber("bytes", tensor.End - tensor.Begin);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("metadata");
        foreach (var (name, value) in header.Metadata) json.WriteString(name, value);
        json.WriteEndObject();
        if (summary is null) return;
        json.WriteStartArray("layers");
        foreach (var row in summary.Rows)
        {
            json.WriteStartObject();
            json.WriteString("path", row.Path);
            json.WriteString("layer", row.Text);
            json.WriteStartArray("output");
            foreach (var size in row.Output[0].ToArray()) json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteNumber("parameters", row.Parameters);
            json.WriteNumber("multiply_adds", row.MultiplyAdds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("parameters", summary.Parameters);
        json.WriteNumber("multiply_adds", summary.MultiplyAdds);
    }));

    private static void Print(SafeTensorsHeader header, ModuleSummary? summary)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("tensor").AddColumn("type")
            .AddColumn("shape").AddColumn(new TableColumn("bytes").RightAligned());
        foreach (var tensor in header.Tensors)
        {
            var bytes = (tensor.End - tensor.Begin).ToString("N0", CultureInfo.InvariantCulture);
            table.AddRow(Markup.Escape(PlainText.Of(tensor.Name)), tensor.DType, Markup.Escape($"[{string.Join(",", tensor.Shape)}]"), bytes);
        }

        AnsiConsole.Write(table);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{header.Tensors.Count} tensors, {header.Tensors.Sum(static tensor => tensor.End - tensor.Begin):N0} bytes"));
        if (summary is not null) Console.Out.WriteLine($"\nthe network, for one sample:\n{PlainText.OfLines(summary.ToString())}\n");
        foreach (var (name, value) in header.Metadata) Console.Out.WriteLine($"{PlainText.Of(name)}: {PlainText.Of(value)}");
    }
}
