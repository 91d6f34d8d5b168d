using System.CommandLine;
using System.Globalization;
using Gradus.Cli.Output;
using Gradus.Onnx;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus onnx verify</c>: whether a model gives what it is to give.</summary>
internal static class OnnxVerifyCommand
{
    private static readonly Argument<string> FilePath = OnnxCommand.Model();

    private static readonly Argument<string> Reference = new("REFERENCE")
    {
        Description = "What it is compared with: an .npz file with inputs and outputs, by their names or as in_0 and out_0; " +
            "another .onnx file, or a model that `gradus train` wrote, on random numbers.",
    };

    private static readonly Option<double?> Tolerance = CommandOptions.Real(
        "--tolerance", "The greatest difference, as a part of the greatest output. Default: 1e-5.", 0);

    private static readonly Option<int?> Batch = CommandOptions.Whole(
        "--batch", "The size in place of those that the model names, for random numbers. Default: 2.", 1, 1 << 16);

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("verify", "Compare a model with recorded outputs, or with another model.") { FilePath, Reference, Tolerance, Batch, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (model, reference) = (OnnxModel.Load(parsed.GetRequiredValue(FilePath)), parsed.GetRequiredValue(Reference));
        using var inference = new Inference();
        var (inputs, expected) = Expected(model, reference, parsed.GetValue(Batch));
        var outputs = model.Run(inputs);
        var tolerance = parsed.GetValue(Tolerance) ?? 1e-5;
        var areAllRight = true;
        foreach (var (index, (name, output)) in outputs.Index())
        {
            if (expected(index, name) is not { } wanted) throw new GradusException($"{reference}: there is no output {PlainText.Quote(name)} to compare with.");
            var (difference, scale) = Difference(output, wanted, name);
            var isRight = difference <= tolerance * scale;
            areAllRight &= isRight;
            Tell(parsed.GetValue(Json), name, difference, scale, isRight);
        }

        return areAllRight ? 0 : Failure.WorkFailed;
    }

    private static (Dictionary<string, Tensor> Inputs, Func<int, string, Tensor?> Outputs) Expected(OnnxModel model, string reference, int? batch)
    {
        switch (Path.GetExtension(reference).ToUpperInvariant())
        {
            case ".NPZ":
                var arrays = OnnxInputs.Read(reference);
                return (OnnxInputs.From(model, arrays, reference),
                    (index, name) => OnnxInputs.TryFind(arrays, name, "out", index, out var array) ? array : null);
            case ".ONNX":
                var other = OnnxModel.Load(reference);
                var random = OnnxInputs.Random(model, batch, 2);
                var theirs = other.Run([.. random.Values]);
                return (random, (index, _) => index < theirs.Length ? theirs[index] : null);
            default:
                var trained = TrainedModel.Load(reference);
                var inputs = OnnxInputs.Random(model, batch, 2);
                // What `gradus onnx export` wrote goes from samples to predictions.
                var isWhole = model.Metadata.Any(static entry => entry.Key == TrainedModelOnnx.ModelKey);
                var ours = isWhole ? trained.RunExported([.. inputs.Values]) : trained.Network.Forward(inputs.Values.First());
                return (inputs, (index, _) => index == 0 ? ours : null);
        }
    }

    private static (double Difference, double Scale) Difference(Tensor output, Tensor expected, string name)
    {
        if (output.Shape != expected.Shape) throw new GradusException($"output {PlainText.Quote(name)} is {output.Shape}, expected {expected.Shape}.");
        if (output.Count == 0) return (0, 1);
        var (x, y) = (output.To(DType.Float64), expected.To(DType.Float64));
        // NaN is as wrong as can be, unless both are.
        var difference = Tensor.Where(x.Equal(y) | (x.IsNan() & y.IsNan()), Tensor.ZerosLike(x), (x - y).Abs()).NanToNum(double.PositiveInfinity).Max().Item();
        return (difference, Math.Max(1, y.NanToNum(0, 0, 0).Abs().Max().Item()));
    }

    private static void Tell(bool isJson, string name, double difference, double scale, bool isRight)
    {
        if (!isJson)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{PlainText.Of(name)}: {(isRight ? "the same" : "DIFFERENT")}, at most {difference:0.0e+0} apart of {scale:0.###}"));
            return;
        }

        Console.Out.WriteLine(JsonLine.Of(json =>
        {
            json.WriteString("output", name);
            JsonLine.Real(json, "difference", difference);
            JsonLine.Real(json, "scale", scale);
            json.WriteBoolean("same", isRight);
        }));
    }
}
