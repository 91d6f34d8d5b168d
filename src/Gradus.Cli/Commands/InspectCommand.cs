using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gradus.Cli.Output;
using Gradus.Formats;
using Gradus.Nn;
using Gradus.Training;
using Spectre.Console;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus inspect</c>: what is in a file of tensors, without reading its data.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> FilePath = new("FILE") { Description = $"A file of tensors: {FileFormats.Extensions}." };

    private static readonly Option<bool> Layers = new("--layers")
    {
        Description = "Of a model, show its layers too: their shapes for one sample, parameters and multiply-adds.",
    };

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("inspect", "List the tensors of a file and what stands beside them, without running anything that it holds.")
        {
            FilePath, Layers, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(FilePath);
        var format = FileFormats.Of(path);
        var file = format.Inspect(path);
        // Of the others only zip archives have checksums, and all of those.
        var header = format.HasExtension(".safetensors") ? SafeTensorsFile.Inspect(path) : null;
        if (header is { HasChecksums: false })
            CommandOptions.Note($"{path}: the file carries no checksums: damage to its numbers would not be noticed.");
        if (parsed.GetValue(Layers) && header is null)
            throw new InvalidDataException($"{path}: these are tensors, but not a model of Gradus, which is a .safetensors file; leave out --layers.");
        var summary = parsed.GetValue(Layers) ? TrainedModel.Outline(path, header!).Summary() : null;
        if (parsed.GetValue(Json)) PrintJson(format, file, summary);
        else Print(file, summary);
        return 0;
    }

    private static void PrintJson(TensorFormat format, TensorFileSummary file, ModuleSummary? summary) => Console.Out.WriteLine(JsonLine.Of(json =>
    {
        json.WriteString("format", format.Name);
        json.WriteStartArray("tensors");
        foreach (var tensor in file.Tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteString("dtype", tensor.Type);
            json.WriteStartArray("shape");
            foreach (var size in tensor.Shape) json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteNumber("bytes", tensor.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("metadata");
        foreach (var (name, value) in file.Values)
        {
            json.WritePropertyName(name);
            StoredValue.Write(json, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("left_out");
        foreach (var (name, kind) in file.LeftOut) json.WriteString(name, kind);
        json.WriteEndObject();
        if (summary is not null) WriteLayers(json, summary);
    }));

    private static void WriteLayers(Utf8JsonWriter json, ModuleSummary summary)
    {
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
    }

    private static void Print(TensorFileSummary file, ModuleSummary? summary)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("tensor").AddColumn("type")
            .AddColumn("shape").AddColumn(new TableColumn("bytes").RightAligned());
        foreach (var tensor in file.Tensors)
        {
            var bytes = tensor.Bytes.ToString("N0", CultureInfo.InvariantCulture);
            table.AddRow(Markup.Escape(PlainText.Of(tensor.Name)), Markup.Escape(tensor.Type), Markup.Escape($"[{string.Join(",", tensor.Shape)}]"), bytes);
        }

        AnsiConsole.Write(table);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{file.Tensors.Count} tensors, {file.Tensors.Sum(static tensor => tensor.Bytes):N0} bytes"));
        if (summary is not null) Console.Out.WriteLine($"\nthe network, for one sample:\n{PlainText.OfLines(summary.ToString())}\n");
        foreach (var (name, value) in file.Values) Console.Out.WriteLine($"{PlainText.Of(name)}: {PlainText.Of(StoredValue.Text(value))}");
        foreach (var left in file.LeftOut) Console.Out.WriteLine(PlainText.Of($"left out: {left}"));
    }
}
