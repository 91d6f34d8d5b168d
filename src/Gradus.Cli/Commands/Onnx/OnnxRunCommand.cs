using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Formats;
using Gradus.Onnx;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus onnx run</c>: a model on arrays of a file, or on random numbers.</summary>
internal static class OnnxRunCommand
{
    private static readonly Argument<string> FilePath = OnnxCommand.Model();

    private static readonly Argument<string?> Arrays = new("ARRAYS")
    {
        Description = "An .npz file with an array for each input, by its name or as in_0, in_1, …; " +
            "or an .npy file for a model of one input. Default: random numbers.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Out = new("--out") { Description = "Write the outputs to this .npz file, by their names.", HelpName = "FILE" };

    private static readonly Option<int?> Batch = CommandOptions.Whole(
        "--batch", "The size in place of those that the model names, for random numbers. Default: 1.", 1, 1 << 16);

    private static readonly Option<int?> Threads = CommandOptions.Threads();

    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("run", "Run a model and print or write what it gives.") { FilePath, Arrays, Out, Batch, Threads, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(Out) is { } target && !target.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--out: '{PlainText.Quote(target)}' does not end with .npz, as the file of the outputs does.");
        if (parsed.GetValue(Threads) is { } threads) Compute.Threads = threads;
        var model = OnnxModel.Load(parsed.GetRequiredValue(FilePath));
        using var inference = new Inference();
        var inputs = parsed.GetValue(Arrays) is { } file
            ? OnnxInputs.From(model, OnnxInputs.Read(file), file)
            : OnnxInputs.Random(model, parsed.GetValue(Batch), 1);
        var outputs = model.Run(inputs);
        if (parsed.GetValue(Out) is { } path) NpzFile.Write(path, outputs);
        var isJson = parsed.GetValue(Json);
        foreach (var (name, tensor) in outputs)
        {
            if (isJson) Console.Out.WriteLine(JsonOf(name, tensor));
            else Console.Out.WriteLine($"{PlainText.Of(name)} = {tensor}");
        }

        if (parsed.GetValue(Out) is { } saved) RunsCommand.TellSaved(saved, isJson);
        return 0;
    }

    private static string JsonOf(string name, Tensor tensor) => JsonLine.Of(json =>
    {
        json.WriteString("output", name);
        json.WriteString("dtype", tensor.DType.ShortName);
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach (var value in tensor.To(DType.Float64).Contiguous().ToArray<double>())
        {
            if (double.IsFinite(value)) json.WriteNumberValue(value);
            else json.WriteNullValue();
        }

        json.WriteEndArray();
    });
}
