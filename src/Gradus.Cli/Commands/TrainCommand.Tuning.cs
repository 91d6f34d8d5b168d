using System.CommandLine;
using System.Globalization;
using Gradus.Nn;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <content>What of a trained model is trained further, and how.</content>
internal static partial class TrainCommand
{
    private static readonly Option<string?> From = new("--from")
    {
        Description = "Begin with the weights of a trained model, on data of the same shape: fine-tuning. " +
            $"Or with a network of an .onnx file; or with the weights of a file of tensors ({FileFormats.Extensions}), of the network that --model names.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Rename = CommandOptions.Rename();

    private static readonly Option<bool> Partial = new("--partial")
    {
        Description = "Of the tensors of --from take those that fit, and begin with the rest anew.",
    };

    private static readonly Option<string[]> Freeze = new("--freeze")
    {
        Description = "Parameters that stay as they are, by name, with * for any letters: '0.*'. May be given several times.",
        HelpName = "PATTERN",
    };

    private static readonly Option<string[]> Unfreeze = new("--unfreeze")
    {
        Description = "Parameters that stay as they are before an epoch, and are trained from it on: '3.*=2'. May be given several times.",
        HelpName = "PATTERN=EPOCH",
    };

    private static readonly Option<string[]> RateOf = new("--rate-of")
    {
        Description = "What the learning rate of some parameters is multiplied by: '1.*=0.1'. May be given several times; the first that matches counts.",
        HelpName = "PATTERN=FACTOR",
    };

    private static readonly Option<double?> LayerDecay = CommandOptions.Part(
        "--layer-decay", "What the learning rate is multiplied by from each layer to the one before it; the last has all of it. Default: 1.", "FACTOR");

    private static readonly Option<int?> LoraRank = CommandOptions.Whole(
        "--lora", "With --from: train only changes of this rank to the weights (LoRA); adapter.safetensors has them alone, the model them merged.", 1);

    private static readonly Option<double?> LoraAlpha = CommandOptions.Positive(
        "--lora-alpha", "α: the changes are multiplied by α / rank. Default: twice the rank.");

    private static readonly Option<string[]> LoraLayers = new("--lora-layers")
    {
        Description = "The weights that --lora changes, by name. Default: all that are large enough, but embeddings. May be given several times.",
        HelpName = "PATTERN",
    };

    private static readonly Option<string[]> LoraAlso = new("--lora-also")
    {
        Description = "Parameters that are trained as they are beside --lora, and saved with it, by name: '*.bias'. May be given several times.",
        HelpName = "PATTERN",
    };

    private static readonly Option<bool> Dora = new("--dora") { Description = "With --lora: train length and direction of each row apart (DoRA)." };

    /// <exception cref="UsageException">Options exclude each other, or one wants another.</exception>
    private static void CheckTuning(ParseResult parsed)
    {
        if (parsed.GetValue(LoraRank) is not null && parsed.GetValue(From) is null)
        {
            throw new UsageException("--lora: it changes the weights of a trained model; add --from MODEL.");
        }

        if (parsed.GetValue(LoraRank) is not null && parsed.GetResult(Unfreeze) is not null)
        {
            throw new UsageException("--lora and --unfreeze exclude each other: what is trained beside the adapters is named by --lora-also.");
        }

        foreach (var option in (Option[])[LoraAlpha, LoraLayers, LoraAlso, Dora])
        {
            if (parsed.GetValue(LoraRank) is not null || parsed.GetResult(option) is null or { Implicit: true }) continue;
            throw new UsageException($"{option.Name}: it is a setting of --lora; add --lora RANK, or leave it out.");
        }
    }

    private static Lora? AttachLora(ParseResult parsed, Module network) => parsed.GetValue(LoraRank) is not { } rank ? null : Lora.Attach(network, new()
    {
        Rank = rank,
        Alpha = parsed.GetValue(LoraAlpha),
        Layers = parsed.GetValue(LoraLayers) ?? [],
        AlsoTrain = parsed.GetValue(LoraAlso) ?? [],
        Dora = parsed.GetValue(Dora),
    });

    private static Unfreezing[] ReadUnfreezing(ParseResult parsed) =>
    [
        .. (parsed.GetValue(Unfreeze) ?? []).Select(static told =>
            SplitAtEqualsSign(told) is var (pattern, number) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) &&
            epoch > 0
                ? new Unfreezing(pattern, epoch)
                : throw new UsageException($"--unfreeze: '{PlainText.Quote(told)}' is not PATTERN=EPOCH, with a whole number from 1 on.")),
    ];

    private static ParameterGroup[] ReadGroups(ParseResult parsed) =>
    [
        .. (parsed.GetValue(RateOf) ?? []).Select(static told =>
            SplitAtEqualsSign(told) is var (pattern, number) && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) &&
            factor >= 0 && double.IsFinite(factor)
                ? ParameterGroup.Named(pattern) with { LearningRateFactor = factor }
                : throw new UsageException($"--rate-of: '{PlainText.Quote(told)}' is not PATTERN=FACTOR, with a number from 0 on.")),
    ];

    private static (string Pattern, string Number)? SplitAtEqualsSign(string told) =>
        told.LastIndexOf('=') is > 0 and var at ? (told[..at], told[(at + 1)..]) : null;
}
