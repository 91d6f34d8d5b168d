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
/// {"do":"page","expression":"y = a * b","at":"a=2,b=3"}         {"title","pictures","data"}: the parts of its page
/// {"do":"sweep", …,"names":["a"],"points":[1,2,3]}              {"sums"}: the heads' sum at other values
/// {"do":"functions"}                                            {"functions"}: the names of what an expression may use
/// {"do":"play","data":"spirals","layers":[6,4],"seed":1, …}     {"points","targets","trained","sizes"}: a network to train
/// {"do":"advance","steps":5}  {"do":"goto","step":100}          {"step","losses"}: the losses from the first that is new
/// {"do":"view","maps":40,"reach":1.2,"point":17}                figures, the numbers of all lines, and the maps of all neurons
/// {"do":"weight","layer":0,"neuron":2,"input":1,"value":2.5}    a weight by hand; {"do":"switch","layer":0,"neuron":2,"on":false} a neuron
/// {"do":"microscope","point":17}                                {"title","pictures","data"}: the chain rule of one point
/// {"do":"doctor"}                                               {"findings"}: what is wrong with the network
/// </code>
/// Up to four networks stand side by side: "number" says which, 0 where it is left out.
/// What cannot be done is answered by <c>{"error","position"}</c>; the position is where in an expression, and null elsewhere.
/// </remarks>
public sealed class StudioEngine
{
    private const int MostSteps = 10_000;
    private const int MostPlaces = 200;
    private const int LongestMessage = 1 << 20;
    private const int MostPlaygrounds = 4;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // By their numbers, for several side by side.
    private readonly Playground?[] _playgrounds = new Playground?[MostPlaygrounds];

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
                "page" => ExpressionMessages.Page(ExpressionMessages.Evaluate(reader)),
                "sweep" => ExpressionMessages.Sweep(reader),
                "functions" => ExpressionMessages.Functions(),
                "play" => Begin(reader),
                "advance" => Advance(reader),
                "goto" => GoTo(reader),
                "view" => View(reader),
                "weight" => SetWeight(reader),
                "switch" => Switch(reader),
                "microscope" => ExpressionMessages.Page(Microscope.Of(Playing(reader), PointOf(reader) ?? throw new ArgumentException("point: it is missing."))),
                "doctor" => Examine(reader),
                var other => throw new ArgumentException($"do: '{PlainText.Quote(other)}' is not known."),
            };
        }
        catch (ExpressionException exception)
        {
            return Failed(exception.Message, exception.Position);
        }
        catch (Exception exception) when (exception is ArgumentException or GradusException or JsonException)
        {
            return Failed(exception.Message, null);
        }
    }

    private Playground Playing(MessageReader reader) =>
        _playgrounds[NumberOf(reader)] ?? throw new ArgumentException("play: nothing is being played; send \"play\" first.");

    private static int NumberOf(MessageReader reader)
    {
        var number = reader.Whole("number") ?? 0;
        return number is >= 0 and < MostPlaygrounds ? number : throw new ArgumentException($"number: got {number}, expected 0 to {MostPlaygrounds - 1}.");
    }

    private string Begin(MessageReader reader)
    {
        var defaults = new PlaygroundOptions();
        var options = new PlaygroundOptions
        {
            Data = reader.Choice<PlaygroundData>("data") ?? defaults.Data,
            Count = reader.Whole("count") ?? defaults.Count,
            TestShare = reader.Number("test") ?? defaults.TestShare,
            Noise = reader.Number("noise") ?? defaults.Noise,
            Features = reader.Choices<PlaygroundFeature>("features") ?? defaults.Features,
            Layers = reader.Wholes("layers") ?? defaults.Layers,
            Activation = reader.Choice<PlaygroundActivation>("activation") ?? defaults.Activation,
            Init = reader.Choice<PlaygroundInit>("init") ?? defaults.Init,
            Optimizer = reader.Choice<PlaygroundOptimizer>("optimizer") ?? defaults.Optimizer,
            Rate = reader.Number("rate") ?? defaults.Rate,
            Batch = reader.Whole("batch") ?? defaults.Batch,
            Decay = reader.Number("decay") ?? defaults.Decay,
            Seed = reader.Whole("seed") ?? defaults.Seed,
        };
        var playground = new Playground(options);
        _playgrounds[NumberOf(reader)] = playground;
        return Write(json =>
        {
            Write(json, "points", playground.Points.X);
            Write(json, "targets", playground.Points.Targets);
            json.WriteNumber("trained", playground.Points.Trained);
            json.WriteBoolean("classification", options.IsClassification);
            json.WriteStartArray("sizes");
            foreach (var size in playground.Network.Sizes) json.WriteNumberValue(size);
            json.WriteEndArray();
        });
    }

    private string Advance(MessageReader reader)
    {
        var (steps, playground) = (reader.Whole("steps") ?? 1, Playing(reader));
        var from = playground.Step;
        if (steps is < 0 or > MostSteps) throw new ArgumentException($"steps: got {steps}, expected 0 to {MostSteps}.");
        playground.Advance(steps);
        return Losses(playground, from);
    }

    private string GoTo(MessageReader reader)
    {
        var (step, playground) = (reader.RequiredWhole("step"), Playing(reader));
        var from = playground.Step;
        if (step < 0 || step > from + MostSteps) throw new ArgumentException($"step: got {step}, expected 0 to {from + MostSteps}.");
        playground.GoTo(step);
        return Losses(playground, Math.Min(from, step));
    }

    private static string Losses(Playground playground, int from) => Write(json =>
    {
        json.WriteNumber("step", playground.Step);
        json.WriteNumber("from", from);
        json.WriteStartArray("losses");
        for (var step = from; step < playground.Step; step++) Write(json, playground.Losses[step]);
        json.WriteEndArray();
    });

    private string View(MessageReader reader)
    {
        var (places, reach) = (reader.Whole("maps") ?? 0, reader.Number("reach") ?? 1.2);
        if (places is not 0 and (< 2 or > MostPlaces))
            throw new ArgumentException($"maps: got {places} places a side, expected 2 to {MostPlaces}, or 0 for none.");
        if (reach is not (> 0 and <= 100)) throw new ArgumentException($"reach: got {reach}, expected above 0, at most 100.");
        var playground = Playing(reader);
        var view = PlaygroundView.Of(playground, PointOf(reader));
        return Write(json =>
        {
            json.WriteNumber("step", playground.Step);
            Write(json, "loss", view.Loss);
            Write(json, "accuracy", view.Accuracy);
            Write(json, "testLoss", view.TestLoss);
            Write(json, "testAccuracy", view.TestAccuracy);
            Write(json, "weights", view.Weights);
            Write(json, "gradients", view.Gradients);
            Write(json, "updates", playground.LastUpdates);
            json.WriteStartArray("on");
            for (var layer = 0; layer < playground.Options.Layers.Count; layer++)
            {
                json.WriteStartArray();
                foreach (var isOn in playground.Network.AreOn(layer)) json.WriteBooleanValue(isOn);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            if (places > 0) json.WriteBase64String("maps", PlaygroundView.MapsOf(playground, places, reach));
        });
    }

    private string SetWeight(MessageReader reader)
    {
        var value = reader.Number("value") ?? throw new ArgumentException("value: it is missing from the message.");
        var playground = Playing(reader);
        playground.SetWeight(reader.RequiredWhole("layer"), reader.RequiredWhole("neuron"), reader.RequiredWhole("input"), (float)value);
        return Losses(playground, playground.Step);
    }

    private string Switch(MessageReader reader)
    {
        var playground = Playing(reader);
        playground.Switch(reader.RequiredWhole("layer"), reader.RequiredWhole("neuron"), reader.Flag("on") ?? true);
        return Losses(playground, playground.Step);
    }

    private string Examine(MessageReader reader)
    {
        var examination = Playing(reader).Examine();
        return Write(json =>
        {
            json.WriteStartArray("findings");
            foreach (var finding in examination.Findings)
            {
                json.WriteStartObject();
                json.WriteString("illness", finding.Illness.ToString());
                json.WriteString("place", finding.Place);
                json.WriteString("figure", finding.Figure);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private int? PointOf(MessageReader reader)
    {
        if (reader.Whole("point") is not { } point) return null;
        var count = Playing(reader).Points.Count;
        return point >= 0 && point < count ? point : throw new ArgumentException($"point: got {point}, expected 0 to {count - 1}.");
    }

    private static string Failed(string message, int? position) => Write(json =>
    {
        json.WriteString("error", message);
        if (position is { } place) json.WriteNumber("position", place);
        else json.WriteNull("position");
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
