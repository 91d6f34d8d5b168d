using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Onnx;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus onnx info</c>: what is in a file, and whether all of it is supported.</summary>
internal static class OnnxInfoCommand
{
    private static readonly Argument<string> FilePath = OnnxCommand.Model();

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("info", "Tell what a model takes and gives, its operators, and what of it is not supported.") { FilePath, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var info = OnnxInfo.Read(parsed.GetRequiredValue(FilePath));
        if (parsed.GetValue(Json)) PrintJson(info);
        else Print(info);
        return info.Unsupported.Count == 0 ? 0 : Failure.WorkFailed;
    }

    private static void Print(OnnxInfo info)
    {
        void Line(string text) => Console.Out.WriteLine(PlainText.Of(text));
        var opsets = string.Join(", ", info.Opsets.Select(static set => string.Create(CultureInfo.InvariantCulture, $"{set.Key} {set.Value}")));
        Line(string.Create(
            CultureInfo.InvariantCulture, $"ONNX of version {info.IrVersion}, operators of {opsets}, written by {Told(info.Producer)} {info.ProducerVersion}"));
        foreach (var input in info.Inputs) Line($"input   {input}");
        foreach (var output in info.Outputs) Line($"output  {output}");
        Line(string.Create(
            CultureInfo.InvariantCulture, $"{info.Constants.Count} constants of {info.Constants.Sum(static constant => (decimal)constant.Count):N0} numbers"));
        var columns = new TextColumns("operator", " nodes");
        foreach (var (name, count) in info.Operators) columns.Add(name, count.ToString("N0", CultureInfo.InvariantCulture));
        Console.Out.WriteLine();
        foreach (var line in columns.Lines()) Console.Out.WriteLine(line);
        foreach (var (key, value) in info.Metadata) Line($"{key}: {value}");
        Console.Out.WriteLine();
        Line(info.Unsupported.Count == 0 ? "All of it is supported." : "Not supported:");
        foreach (var what in info.Unsupported) Line($"  {what}");
    }

    private static string Told(string producer) => producer.Length == 0 ? "an unnamed program" : producer;

    private static void PrintJson(OnnxInfo info) => Console.Out.WriteLine(JsonLine.Of(json =>
    {
        json.WriteNumber("ir_version", info.IrVersion);
        json.WriteStartObject("opsets");
        foreach (var (domain, version) in info.Opsets) json.WriteNumber(domain, version);
        json.WriteEndObject();
        json.WriteString("producer", info.Producer);
        json.WriteString("producer_version", info.ProducerVersion);
        foreach (var (role, values) in new[] { ("inputs", info.Inputs), ("outputs", info.Outputs) })
        {
            json.WriteStartArray(role);
            foreach (var value in values)
            {
                json.WriteStartObject();
                json.WriteString("name", value.Name);
                json.WriteString("dtype", value.DType?.ShortName);
                json.WriteStartArray("shape");
                foreach (var size in value.Sizes ?? []) json.WriteStringValue(size);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("constants");
        foreach (var constant in info.Constants)
        {
            json.WriteStartObject();
            json.WriteString("name", constant.Name);
            json.WriteString("type", constant.Type);
            json.WriteStartArray("shape");
            foreach (var size in constant.Sizes) json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("operators");
        foreach (var (name, count) in info.Operators) json.WriteNumber(name, count);
        json.WriteEndObject();
        json.WriteStartArray("unsupported");
        foreach (var what in info.Unsupported) json.WriteStringValue(what);
        json.WriteEndArray();
    }));
}
