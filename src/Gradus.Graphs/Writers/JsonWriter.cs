using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gradus.Graphs;

/// <summary>A graph as one line of JSON, numbers at full precision: what is read back is the same number.</summary>
/// <remarks>
/// <c>{"nodes":[{"id","name","op","inputs":[…],"shape":[…],"value","gradient","local":[…]}],"outputs":[…]}</c>. <c>inputs</c> and <c>outputs</c> are ids. A
/// variable's <c>op</c> is <c>variable</c>, a constant's <c>constant</c>. A tensor's value and gradient are nested arrays. <c>local</c> has a number for
/// each input, or, of an operation on tensors, the rule. What is unknown or not finite is null. A node of a network besides says its <c>module</c>.
/// </remarks>
public static class JsonWriter
{
    // Read by programs and people, never put into a web page unescaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 100 };

    /// <summary>The JSON of a graph.</summary>
    public static string Write(GraphModel graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("nodes");
            foreach (var node in graph.Nodes) Write(json, graph, node);
            json.WriteEndArray();
            Write(json, "outputs", graph.Outputs);
            json.WriteEndObject();
        }

        return PlainText.OfJson(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, GraphModel graph, GraphNode node)
    {
        json.WriteStartObject();
        json.WriteNumber("id", node.Id);
        json.WriteString("name", node.Name);
        json.WriteString("op", node.Operation);
        Write(json, "inputs", node.Inputs);
        Write(json, "shape", node.Shape);
        Write(json, "value", node.Value);
        Write(json, "gradient", node.Gradient);
        json.WriteStartArray("local");
        var isTensor = node.Local.Any(static local => local.Number is null);
        foreach (var local in node.Local)
        {
            if (isTensor) json.WriteStringValue(local.Rule);
            else Write(json, local.Number!.Value);
        }

        json.WriteEndArray();
        if ((node.Folded?.Id ?? node.Group) is { } group) json.WriteString("module", graph.Groups[group].Name);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Tensor? tensor)
    {
        json.WritePropertyName(name);
        if (tensor is null) json.WriteNullValue();
        else Write(json, tensor.To(DType.Float64).ToArray<double>(), tensor.Shape.AsSpan());
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<double> values, ReadOnlySpan<int> sizes)
    {
        if (sizes.IsEmpty)
        {
            Write(json, values[0]);
            return;
        }

        json.WriteStartArray();
        var length = sizes[0] == 0 ? 0 : values.Length / sizes[0];
        for (var index = 0; index < sizes[0]; index++) Write(json, values.Slice(index * length, length), sizes[1..]);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number)) json.WriteNumberValue(number);
        else json.WriteNullValue();
    }
}
