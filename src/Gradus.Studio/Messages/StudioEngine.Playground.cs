using System.Text.Json;

namespace Gradus.Studio;

// The messages of the playground.
public sealed partial class StudioEngine
{
    private const int MostSteps = 10_000;
    private const int MostPlaces = 200;
    private const int MostPlaygrounds = 5;

    // By their numbers: one on its own, and four side by side.
    private readonly Playground?[] _playgrounds = new Playground?[MostPlaygrounds];

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
            Own = OwnPointsOf(reader),
            Count = reader.Whole("count") ?? defaults.Count,
            TestShare = reader.Number("test") ?? defaults.TestShare,
            Noise = reader.Number("noise") ?? defaults.Noise,
            Features = reader.Choices<PlaygroundFeature>("features") ?? defaults.Features,
            Layers = reader.Wholes("layers") ?? defaults.Layers,
            Activation = reader.Choice<PlaygroundActivation>("activation") ?? defaults.Activation,
            Loss = reader.Choice<PlaygroundLoss>("loss"),
            Init = reader.Choice<PlaygroundInit>("init") ?? defaults.Init,
            Optimizer = reader.Choice<PlaygroundOptimizer>("optimizer") ?? defaults.Optimizer,
            Rate = reader.Number("rate") ?? defaults.Rate,
            Batch = reader.Whole("batch") ?? defaults.Batch,
            Penalty = reader.Choice<PlaygroundPenalty>("penalty") ?? defaults.Penalty,
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
            WriteShape(json, playground);
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
        var (places, reach) = MapsOf(reader);
        var playground = Playing(reader);
        var view = PlaygroundView.Of(playground, PointOf(reader));
        return Write(json =>
        {
            json.WriteNumber("step", playground.Step);
            WriteShape(json, playground);
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

    private string SetRate(MessageReader reader)
    {
        var rate = reader.Number("rate") ?? throw new ArgumentException("rate: it is missing from the message.");
        var playground = Playing(reader);
        playground.SetRate(rate);
        return Losses(playground, playground.Step);
    }

    private string Reshape(MessageReader reader)
    {
        var playground = Playing(reader);
        playground.Reshape(
            reader.Wholes("layers") ?? playground.Options.Layers, reader.Choices<PlaygroundFeature>("features") ?? playground.Options.Features);
        return Losses(playground, playground.Step);
    }

    private string Neuron(MessageReader reader)
    {
        var (places, reach) = MapsOf(reader);
        var (playground, layer, number) = (Playing(reader), reader.RequiredWhole("layer"), reader.RequiredWhole("neuron"));
        var neuron = PlaygroundNeuron.Of(playground, layer, number);
        return Write(json =>
        {
            json.WriteStartArray("counts");
            foreach (var count in neuron.Counts) json.WriteNumberValue(count);
            json.WriteEndArray();
            Write(json, "from", neuron.From);
            Write(json, "to", neuron.To);
            Write(json, "mean", neuron.Mean);
            Write(json, "flat", neuron.Flat ?? double.NaN);
            if (places == 0) return;
            var maps = PlaygroundView.MapsOf(playground, places, reach).AsSpan();
            var map = playground.Network.Sizes.Take(layer + 1).Sum() + number;
            json.WriteBase64String("map", maps.Slice(map * places * places, places * places));
        });
    }

    private string LookAt(MessageReader reader)
    {
        var point = PointOf(reader) ?? throw new ArgumentException("point: it is missing.");
        (int Layer, int Number)? neuron = reader.Whole("neuron") is { } number ? (reader.RequiredWhole("layer"), number) : null;
        var graph = Microscope.Of(Playing(reader), point, neuron);
        return Write(json =>
        {
            ExpressionMessages.WriteParts(json, graph, reader);
            Write(json, "loss", graph.Nodes.Single(static node => node.Name == "L").Value!.Item());
        });
    }

    private static string Table(MessageReader reader)
    {
        var inputs = reader.Wholes("inputs");
        if (inputs is not (null or { Count: 2 })) throw new ArgumentException($"inputs: got {inputs.Count}, expected two columns.");
        var table = PlaygroundTable.Read(reader.Text("text"), inputs?[0], inputs?[1], reader.Whole("target"));
        return Write(json =>
        {
            json.WriteStartArray("columns");
            foreach (var column in table.Columns) json.WriteStringValue(column);
            json.WriteEndArray();
            Write(json, "inputs", [table.Inputs[0], table.Inputs[1]]);
            json.WriteNumber("target", table.Target);
            json.WriteBoolean("classification", table.Points.AreClasses);
            json.WriteStartArray("classes");
            foreach (var name in table.Classes ?? []) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteStartArray("ranges");
            foreach (var (least, greatest) in new[] { table.Range1, table.Range2, table.TargetRange })
            {
                json.WriteNumberValue(least);
                json.WriteNumberValue(greatest);
            }

            json.WriteEndArray();
            Write(json, "points", table.Points.X);
            Write(json, "targets", table.Points.Targets);
        });
    }

    private static OwnPoints OwnPointsOf(MessageReader reader) =>
        new(reader.Singles("points") ?? [], reader.Singles("targets") ?? [], reader.Flag("classes") ?? true);

    private static (int Places, double Reach) MapsOf(MessageReader reader)
    {
        var (places, reach) = (reader.Whole("maps") ?? 0, reader.Number("reach") ?? 1.2);
        if (places is not 0 and (< 2 or > MostPlaces))
            throw new ArgumentException($"maps: got {places} places a side, expected 2 to {MostPlaces}, or 0 for none.");
        if (reach is not (> 0 and <= 100)) throw new ArgumentException($"reach: got {reach}, expected above 0, at most 100.");
        return (places, reach);
    }

    private static void WriteShape(Utf8JsonWriter json, Playground playground)
    {
        json.WriteStartArray("sizes");
        foreach (var size in playground.Network.Sizes) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("features");
        foreach (var feature in playground.Options.Features) json.WriteStringValue(feature.ToString().ToLowerInvariant());
        json.WriteEndArray();
        json.WriteNumber("rate", playground.Options.Rate);
    }

    private string Examine(MessageReader reader)
    {
        var playground = Playing(reader);
        if (playground.Points.Count == 0) return Write(static json => { json.WriteStartArray("findings"); json.WriteEndArray(); });
        var examination = playground.Examine();
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
}
