using System.Text.Json;
using Gradus.Graphs;

namespace Gradus.Studio;

/// <summary>The messages about expressions: each is answered from its own text alone.</summary>
internal static class ExpressionMessages
{
    private const int MostPoints = 2048;
    private const int LeastWidth = 200;
    private const int MostWidth = 10_000;

    public static GraphModel Evaluate(MessageReader reader) => Expression.Parse(reader.Text("expression")).Evaluate(ValuesOf(reader));

    /// <summary>What an expression may use, and what it needs.</summary>
    public static string Read(MessageReader reader)
    {
        var expression = Expression.Parse(reader.Text("expression"));
        return StudioEngine.Write(json => Write(json, "variables", expression.Variables));
    }

    /// <summary>The names of all functions.</summary>
    public static string Functions() => StudioEngine.Write(static json => Write(json, "functions", Operations.Names.Split(", ")));

    /// <summary>The parts of the page of an expression's graph.</summary>
    public static string Page(MessageReader reader)
    {
        var graph = Evaluate(reader);
        return StudioEngine.Write(json => WriteParts(json, graph, reader));
    }

    /// <summary>The parts of a graph's page: its title, its pictures, and the data of its views.</summary>
    public static void WriteParts(Utf8JsonWriter json, GraphModel graph, MessageReader reader)
    {
        var width = reader.Whole("width") ?? 1200;
        if (width is < LeastWidth or > MostWidth) throw new ArgumentException($"width: got {width}, expected {LeastWidth} to {MostWidth}.");
        var parts = HtmlParts.Of(graph, reader.Choice<GraphLayout>("layout") ?? GraphLayout.LeftToRight, width);
        json.WriteString("title", parts.Title);
        Write(json, "pictures", parts.Pictures);
        json.WritePropertyName("data");
        json.WriteRawValue(parts.Data, skipInputValidation: true);
    }

    /// <summary>
    /// The heads' sum at some places of one or more elements of variables: <c>names</c> and <c>indices</c> say which elements, and <c>points</c> has their
    /// values, point after point. Null where there is none.
    /// </summary>
    public static string Sweep(MessageReader reader)
    {
        var expression = Expression.Parse(reader.Text("expression"));
        var values = ValuesOf(reader);
        var names = reader.Texts("names") ?? throw new ArgumentException("names: it is missing from the message.");
        var indices = reader.Wholes("indices") ?? [.. names.Select(static _ => 0)];
        var points = reader.Numbers("points") ?? throw new ArgumentException("points: it is missing from the message.");
        if (names.Count == 0 || indices.Count != names.Count) throw new ArgumentException($"names: got {names.Count} of them and {indices.Count} indices.");
        if (points.Count % names.Count != 0 || points.Count / names.Count > MostPoints)
            throw new ArgumentException($"points: got {points.Count} numbers, expected {names.Count} for each of at most {MostPoints} points.");
        for (var place = 0; place < names.Count; place++)
        {
            if (!values.TryGetValue(names[place], out var value) || indices[place] < 0 || indices[place] >= value.Count)
                throw new ArgumentException($"names: there is no element {indices[place]} of '{PlainText.Quote(names[place])}'.");
        }

        return StudioEngine.Write(json =>
        {
            json.WriteStartArray("sums");
            for (var point = 0; point < points.Count; point += names.Count) StudioEngine.Write(json, SumAt(point));
            json.WriteEndArray();
        });

        double SumAt(int point)
        {
            var moved = new Dictionary<string, Tensor>(values);
            for (var place = 0; place < names.Count; place++) moved[names[place]] = With(moved[names[place]], indices[place], points[point + place]);
            try
            {
                var graph = expression.Evaluate(moved);
                return graph.Outputs.Sum(output => graph.Nodes[output].Value!.ToArray<double>().Sum());
            }
            catch (GradusException)
            {
                return double.NaN;
            }
        }
    }

    private static Tensor With(Tensor tensor, int index, double value)
    {
        var elements = tensor.To(DType.Float64).ToArray<double>();
        elements[index] = value;
        return Tensor.From(elements, tensor.Shape);
    }

    private static IReadOnlyDictionary<string, Tensor> ValuesOf(MessageReader reader) =>
        reader.TextOrNull("at") is { Length: > 0 } values ? Expression.ParseValues(values) : new Dictionary<string, Tensor>();

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
