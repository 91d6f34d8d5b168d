using System.Globalization;
using System.Text.Json;
using Gradus.Data;

namespace Gradus.ServingLoad;

/// <summary>Bodies of requests, made from data.</summary>
internal static class Bodies
{
    private const int TextLength = 64;

    public static IEnumerable<string> Of(string kind, string data) => kind switch
    {
        "csv" => OfTable(data),
        "mnist" => OfMnist(data),
        "text" => OfText(data),
        _ => throw new ArgumentException($"Got '{kind}', expected csv, mnist or text.", nameof(kind)),
    };

    private static IEnumerable<string> OfTable(string path)
    {
        var lines = File.ReadLines(path);
        var header = lines.First().Split(',');
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(',').Zip(header, static (cell, name) => $"{Text(name)}:{(cell.Length == 0 ? "null" : IsNumber(cell) ? cell : Text(cell))}");
            yield return $"{{{string.Join(',', cells)}}}";
        }
    }

    private static IEnumerable<string> OfMnist(string folder)
    {
        var data = Mnist.Load(folder, new MnistOptions()).Test;
        var pixels = new float[data.Inputs.Size];
        for (var row = 0; row < data.Count; row++)
        {
            data.Inputs.CopyRows([row], pixels);
            yield return $"[{string.Join(',', pixels.Select(static pixel => pixel.ToString("0.###", CultureInfo.InvariantCulture)))}]";
        }
    }

    private static IEnumerable<string> OfText(string path)
    {
        var text = File.ReadAllText(path);
        for (var at = 0; at + TextLength <= text.Length; at += TextLength) yield return $"{{\"text\":{Text(text.Substring(at, TextLength))}}}";
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Text(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
