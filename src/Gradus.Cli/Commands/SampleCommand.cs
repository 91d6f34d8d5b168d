using System.CommandLine;
using Gradus.Cli.Output;
using Gradus.Formats;
using Gradus.Nn;
using Gradus.Text;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus sample</c>: writes text with a model that was trained on text.</summary>
internal static class SampleCommand
{
    private static readonly Argument<string> Model = new("MODEL")
    {
        Description = "A model file that `gradus train` wrote, or a folder of Hugging Face with a GPT-2 and its tokenizer.",
    };

    private static readonly Option<string?> Prompt = new("--prompt")
    {
        Description = "What the text begins with. Default: a new line, or else the first character that the model knows, or a full stop.",
        HelpName = "TEXT",
    };

    private static readonly Option<int?> Length = CommandOptions.Whole(
        "--length", "Characters to write, or tokens of a model with a tokenizer. Default: 500.", 0);

    private static readonly Option<double?> Temperature = CommandOptions.Real(
        "--temperature", "Below 1 the likely becomes likelier, above 1 the text wilder; 0 takes the likeliest every time. Default: 0.8.", 0, helpName: "T");

    private static readonly Option<int?> TopK = CommandOptions.Whole("--top-k", "Choose among so many of the likeliest tokens. Default: all.", 1);
    private static readonly Option<double?> TopP = CommandOptions.Part(
        "--top-p", "Choose among as few of the likeliest tokens as have this probability together, above 0 and at most 1. Default: all.", "P");

    private static readonly Option<int?> Seed = CommandOptions.Whole("--seed", "The same seed writes the same text. Default: 0.", 0);
    private static readonly Option<int?> Threads = CommandOptions.Threads();
    private static readonly Option<bool> Json = CommandOptions.Json();

    public static Command Create()
    {
        var command = new Command("sample", "Write text with a model that was trained on text:FILE, or with a GPT-2.")
        {
            Model, Prompt, Length, Temperature, TopK, TopP, Seed, Threads, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        CommandOptions.SetThreads(parsed.GetValue(Threads));
        var (sample, otherwise) = Open(parsed.GetRequiredValue(Model));
        var prompt = parsed.GetValue(Prompt) ?? otherwise;
        var options = new SamplingOptions
        {
            Temperature = parsed.GetValue(Temperature) ?? 0.8,
            TopK = parsed.GetValue(TopK),
            TopP = parsed.GetValue(TopP),
            Seed = parsed.GetValue(Seed) ?? 0,
        };
        var text = ReadPrompt(() => sample(prompt, options)).Take(parsed.GetValue(Length) ?? 500);
        if (parsed.GetValue(Json)) PrintJson(prompt, text, options);
        else Print(prompt, text);
        return 0;
    }

    /// <summary>What writes, and what it begins with where nobody says it.</summary>
    private static (Func<string, SamplingOptions, IEnumerable<string>> Sample, string Prompt) Open(string path)
    {
        if (Directory.Exists(path))
        {
            var (gpt, tokenizer) = (HuggingFaceFolder.Open(path).Load<Gpt>(), Tokenizer.Read(path));
            return ((prompt, options) => gpt.Write(tokenizer, prompt, options), "\n");
        }

        var model = CommandOptions.ReadModel(path);
        return (model.Sample, DefaultPrompt(model));
    }

    private static string DefaultPrompt(TrainedModel model) =>
        model.Vocabulary is { } vocabulary && !vocabulary.Characters.Contains("\n") ? vocabulary.Characters[0]
        : model.Tokenizer is { } tokenizer && tokenizer.Encode("\n", addSpecialTokens: false).Length == 0 ? "."
        : "\n";

    private static IEnumerable<string> ReadPrompt(Func<IEnumerable<string>> sample)
    {
        try
        {
            return sample();
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--prompt: {exception.Message}");
        }
    }

    private static void PrintJson(string prompt, IEnumerable<string> text, SamplingOptions options) => Console.Out.WriteLine(JsonLine.Of(json =>
    {
        json.WriteString("prompt", prompt);
        json.WriteString("text", string.Concat(text));
        json.WriteNumber("temperature", options.Temperature);
        if (options.TopK is { } topK) json.WriteNumber("top_k", topK);
        if (options.TopP is { } topP) json.WriteNumber("top_p", topP);
        json.WriteNumber("seed", options.Seed);
    }));

    private static void Print(string prompt, IEnumerable<string> text)
    {
        // UTF-8 whatever the terminal says of itself, and each character as it comes.
        using var output = new StreamWriter(new StandardOutput()) { AutoFlush = true };
        output.Write(Shown(prompt));
        foreach (var character in text) output.Write(Shown(character));
        output.WriteLine();
    }

    // Into a file goes what the model writes; a terminal gets no character that moves its cursor or sets its colors.
    private static string Shown(string text) => Console.IsOutputRedirected ? text : PlainText.OfLines(text);
}
