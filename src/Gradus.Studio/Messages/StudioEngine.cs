using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gradus.Graphs;

namespace Gradus.Studio;

/// <summary>The engine as the studio's page speaks to it: a message of JSON in, an answer of JSON out. The same in a browser and on a machine.</summary>
/// <remarks>
/// <code>
/// {"do":"graph","expression":"y = a * b","at":"a=2,b=3"}        the graph, as JsonWriter writes it
/// {"do":"read","expression":"y = a * b"}                        {"variables"}: the names that need a value
/// {"do":"page","expression":"y = a * b","at":"a=2,b=3"}         {"title","pictures","data"}: the parts of its page, by "layout" and "width"
/// {"do":"sweep", …,"names":["a"],"points":[1,2,3]}              {"sums"}: the heads' sum at other values
/// {"do":"functions"}                                            {"functions"}: the names of what an expression may use
/// {"do":"play","data":"spirals","layers":[6,4],"seed":1, …}     {"points","targets","trained","sizes"}: a network to train
/// {"do":"advance","steps":5}  {"do":"goto","step":100}          {"step","losses"}: the losses from the first that is new
/// {"do":"view","maps":40,"reach":1.2,"point":17}                figures, the numbers of all lines, and the maps of all neurons
/// {"do":"weight","layer":0,"neuron":2,"input":1,"value":2.5}    a weight by hand; {"do":"switch","layer":0,"neuron":2,"on":false} a neuron
/// {"do":"rate","rate":0.01}                                     another learning rate from here on
/// {"do":"reshape","layers":[7,4],"features":["x1","x2"]}        other layers; what stays keeps its weights
/// {"do":"neuron","layer":0,"neuron":2,"maps":120,"reach":1.2}   {"counts","from","to","mean","flat","map"}: one neuron
/// {"do":"microscope","point":17,"layer":0,"neuron":2}           {"title","pictures","data","loss"}: the chain rule of one point, or neuron
/// {"do":"table","text":"x1,x2,y\n…","inputs":[0,1],"target":2}  {"columns","points","targets", …}: points for "play" with "data":"own"
/// {"do":"doctor"}                                               {"findings"}: what is wrong with the network
/// </code>
/// Up to five networks stand side by side: "number" says which, 0 where it is left out.
/// What cannot be done is answered by <c>{"error","position"}</c>; the position is where in an expression, and null elsewhere.
/// </remarks>
public sealed partial class StudioEngine
{
    private const int LongestMessage = 1 << 20;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Does what a message asks for.</summary>
    /// <param name="message">One JSON object.</param>
    /// <returns>The answer, one JSON object.</returns>
    public string Answer(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            if (message.Length > LongestMessage) throw new ArgumentException($"message: got {message.Length} characters, expected at most {LongestMessage}.");
            using var document = JsonDocument.Parse(message);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new ArgumentException("message: expected a JSON object.");
            var reader = new MessageReader(document.RootElement);
            return reader.Text("do") switch
            {
                "graph" => JsonWriter.Write(ExpressionMessages.Evaluate(reader)),
                "read" => ExpressionMessages.Read(reader),
                "page" => ExpressionMessages.Page(reader),
                "sweep" => ExpressionMessages.Sweep(reader),
                "functions" => ExpressionMessages.Functions(),
                "play" => Begin(reader),
                "advance" => Advance(reader),
                "goto" => GoTo(reader),
                "view" => View(reader),
                "weight" => SetWeight(reader),
                "switch" => Switch(reader),
                "rate" => SetRate(reader),
                "reshape" => Reshape(reader),
                "neuron" => Neuron(reader),
                "microscope" => LookAt(reader),
                "table" => Table(reader),
                "doctor" => Examine(reader),
                var other => throw new ArgumentException($"do: '{PlainText.Quote(other)}' is not known."),
            };
        }
        catch (ExpressionException exception)
        {
            return Failed(exception.Message, exception.Position);
        }
        catch (TableException exception)
        {
            return Failed(exception);
        }
        catch (Exception exception) when (exception is ArgumentException or GradusException or JsonException)
        {
            return Failed(exception.Message, null);
        }
    }

    private static string Failed(string message, int? position) => Write(json =>
    {
        json.WriteString("error", message);
        if (position is { } place) json.WriteNumber("position", place);
        else json.WriteNull("position");
    });

    private static string Failed(TableException exception) => Write(json =>
    {
        json.WriteString("error", exception.Message);
        json.WriteString("fault", exception.Fault);
        json.WriteNumber("line", exception.Line);
        json.WriteString("column", exception.Column);
        json.WriteString("got", exception.Got);
        json.WriteString("expected", exception.Expected);
        json.WriteNull("position");
    });

    internal static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Write(json, value);
    }

    internal static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<float> values)
    {
        json.WriteStartArray(name);
        Write(json, values);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<float[]> lists)
    {
        json.WriteStartArray(name);
        foreach (var values in lists)
        {
            json.WriteStartArray();
            Write(json, values);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<float> values)
    {
        foreach (var value in values)
        {
            if (float.IsFinite(value)) json.WriteNumberValue(value);
            else json.WriteNullValue();
        }
    }
}
