using System.CommandLine;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <content>The options of <c>gradus train</c>, in the order of the data, the training and the run.</content>
internal static partial class TrainCommand
{
    private static readonly Argument<string?> Data = new("DATA")
    {
        Description = $"{CommandOptions.DataDescription} Default: digits.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = $"The architecture, one of {ModelSpec.KnownWords}, with sizes of your own. " +
            "Default: gpt:4,4,128,64 for text, table:16,128,2 for rows of a table, mlp:256,128 for pictures, else mlp:64,32.",
        HelpName = "SPEC",
    };

    private static readonly Option<double?> Dropout = CommandOptions.Real(
        "--dropout", "Share of the hidden numbers that training drops. Default: 0.1 for --model table, else 0.", 0, 1, "FRACTION");

    private static readonly Option<string?> DataDirectory = CommandOptions.DataDirectory();
    private static readonly Option<string?> Query = CommandOptions.Query();

    private static readonly Option<string?> Target = new("--target")
    {
        Description = "A table's target column: its name, else its number from 0. Default: the last.",
        HelpName = "COLUMN",
    };

    private static readonly Option<TaskKind?> Task = CommandOptions.Choice(
        "--task", "What to learn from a table. Default: classify if the target is text or whole numbers of at most 20 values.",
        ("classify", TaskKind.Classify), ("regress", TaskKind.Regress));

    private static readonly Option<TargetTransform?> Transform = CommandOptions.Choice(
        "--target-transform", "What of a table's target is learnt: log learns ln(1 + target), for numbers from 0 on of which a few are far above the others. "
            + "What is told stays in the target's unit. Default: none.",
        ("none", TargetTransform.None), ("log", TargetTransform.Log));

    private static readonly Option<HeaderKind?> Header = CommandOptions.Choice(
        "--header", "Whether a table's first row names its columns. Default: auto.",
        ("auto", HeaderKind.Auto), ("yes", HeaderKind.Yes), ("no", HeaderKind.No));

    private static readonly Option<MissingValues?> Missing = CommandOptions.Choice(
        "--missing", "What happens to a table's missing cells. Default: fill.",
        ("fill", MissingValues.Fill), ("drop", MissingValues.Drop), ("error", MissingValues.Error));

    private static readonly Option<string[]> Ignore = new("--ignore")
    {
        Description = "A table's column to leave out: its name, else its number. May be given several times.",
        HelpName = "COLUMN",
    };

    private static readonly Option<string[]> Column = new("--column")
    {
        Description = "What a table's column holds, where it is not to be decided from its content: number, text, date, or texts that have an order, "
            + "as in 'size=ordered:S<M<L'. Cells that are none are then missing. May be given several times.",
        HelpName = "COLUMN=KIND",
    };

    private static readonly Option<DecimalMark?> Decimal = CommandOptions.Choice(
        "--decimal", "What stands before the decimals of a table's numbers. Default: decided from the content.",
        ("point", DecimalMark.Point), ("comma", DecimalMark.Comma));

    private static readonly Option<DateOrder?> Dates = CommandOptions.Choice(
        "--dates", "The order of day, month and year in a table's dates. Default: decided from the content.", Flags.DateOrders);

    private static readonly Option<char?> Delimiter = CommandOptions.Choice(
        "--delimiter", "What separates a table's cells. Default: found out.", Flags.Delimiters);

    private static readonly Option<int?> Categories = CommandOptions.Whole(
        "--categories", "The most different texts that a table's column may have, each of which becomes an input. Default: 100.", 1, 10_000);

    private static readonly Option<bool> Audit = new("--audit")
    {
        Description = "Say what is doubtful about a table: rows in several parts, leaking or constant columns, imbalance, missing values.",
    };

    private static readonly Option<int?> Window = CommandOptions.Whole(
        "--window", "Forecast a time series: so many rows of a table, in the order of time, say the --target after them. Split by time.", 1, 10_000);

    private static readonly Option<int?> Horizon = CommandOptions.Whole(
        "--horizon", "How many rows after a --window the forecast is for. Default: 1.", 1, 10_000);

    private static readonly Option<string?> Text = new("--text")
    {
        Description = "A table's column of sentences, whose words are the input; other columns are left out. The target is --target, else the last other one.",
        HelpName = "COLUMN",
    };

    private static readonly Option<int?> Words = CommandOptions.Whole(
        "--words", "The most words of a --text that are known, the most frequent of the training rows. Default: 10000.", 1, 65_534);

    private static readonly Option<int?> Length = CommandOptions.Whole(
        "--length", "The words of a sentence of a --text; longer ones are cut. Default: as 99 of 100 training sentences have, at most 256.", 1, 4096);

    private static readonly Option<PictureSize?> Size = new("--size")
    {
        Description = "The size that the pictures of a folder are brought to: rows times pixels in a row. Default: 32x32.",
        HelpName = "HxW",
        CustomParser = static result =>
        {
            try
            {
                return PictureSize.Parse(result.Tokens[0].Value);
            }
            catch (FormatException exception)
            {
                result.AddError($"--size: {exception.Message}");
                return null;
            }
        },
    };

    private static readonly Option<int?> Channels = CommandOptions.Choice("--channels", "1 for gray pictures, 3 for colors. Default: 3.", ("1", 1), ("3", 3));

    private static readonly Option<PictureResize?> Resize = CommandOptions.Choice(
        "--resize", "How a picture of other proportions gets its size: cropped, with black beside it, or distorted. Default: crop.",
        ("crop", PictureResize.Crop), ("fit", PictureResize.Fit), ("stretch", PictureResize.Stretch));

    private static readonly Option<int?> MaxPixels = CommandOptions.Whole(
        "--max-pixels", "The most pixels that a picture may have. Default: as many as take 64 MB and ten times the file to decode.", 1);

    private static readonly Option<bool> SkipUnreadable = new("--skip-unreadable") { Description = "Leave out pictures that cannot be read, and count them." };

    private static readonly Option<string[]> Augment = new("--augment")
    {
        Description = $"Change the training pictures at random, anew in each epoch: {AugmentationPlan.KnownWords}. A number may be left out with its colon. "
            + "May be given several times, in the order in which it happens.",
        HelpName = "WORD[:N]",
    };

    private static readonly Option<string?> TokenizerChoice = new("--tokenizer")
    {
        Description = "What makes tokens of text:FILE: bpe:N learns so many by byte-level BPE; a tokenizer.json, vocab.json or vocab.txt, or the folder "
            + "of one, is read. Default: each character is a token.",
        HelpName = "bpe:N|PATH",
    };

    private static readonly Option<double?> Valid = CommandOptions.Real(
        "--valid", "Share of the samples for validation; of a text its end. Default: 0.1, at most 5,000 pictures of mnist.", 0, 1, "FRACTION");

    private static readonly Option<double?> Test = CommandOptions.Real(
        "--test", "Share of the samples for the test. Default: 0.1, or the data's own test set; a text has none.", 0, 1, "FRACTION");

    private static readonly Option<int?> Epochs = CommandOptions.Whole(
        "--epochs", "Passes over the training data. Default: 10, more for small data; of text see --steps.", 1);

    private static readonly Option<int?> Steps = CommandOptions.Whole("--steps", "Optimizer steps in all, instead of --epochs. Default for text: 2500.", 1);

    private static readonly Option<int?> BatchSize = CommandOptions.Whole(
        "--batch-size", "Samples in a step, of text windows. Default: 64, or 16 for small data, or 32 with gpt.", 1);

    private static readonly Option<OptimizerKind?> Optimizer = CommandOptions.Choice(
        "--optimizer", "What makes the steps. Default: adamw.",
        ("sgd", OptimizerKind.Sgd), ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW));

    private static readonly Option<double?> LearningRate = CommandOptions.Real("--lr", "Learning rate at its highest. Default: 0.001, or 0.1 with sgd.", 0);

    private static readonly Option<ScheduleKind?> Schedule = CommandOptions.Choice(
        "--schedule", "How the learning rate changes. Default: cosine, after a short warm-up.",
        ("cosine", ScheduleKind.Cosine), ("onecycle", ScheduleKind.OneCycle), ("constant", ScheduleKind.Constant));

    private static readonly Option<double?> Momentum = CommandOptions.Real("--momentum", "Momentum, with --optimizer sgd only. Default: 0.9.", 0, 1);

    private static readonly Option<double?> WeightDecay = CommandOptions.Real(
        "--weight-decay", "What draws the weights towards zero, biases and norms left out. Default: 0.01 with adamw, else 0.", 0);

    private static readonly Option<int?> Seed = CommandOptions.Whole("--seed", "Everything random follows from it. Default: 0.", 0);

    private static readonly Option<bool> Doctor = new("--doctor")
    {
        Description = "Examine the network before the first step and after each epoch, and say what is wrong. The training is the same.",
    };

    private static readonly Option<int?> DoctorEvery = CommandOptions.Whole("--doctor-every", "Examine it after every so many epochs.", 1);
    private static readonly Option<int?> Threads = CommandOptions.Threads();

    private static readonly Option<int?> Prefetch = CommandOptions.Whole(
        "--prefetch", "Threads that read batches, and change their pictures, ahead of the steps; the results do not depend on it. Default: 0.", 0, 256);

    private static readonly Option<int?> Shards = CommandOptions.Whole(
        "--shards", "Cut each batch into so many shards, which several processes share; the bits depend on it, not on the number of processes. "
        + "Default: 8 under mpirun, else 1.", 1, 65_536);

    private static readonly Option<bool> SyncBatchNorm = new("--sync-batchnorm")
    {
        Description = "Let batch norm take its statistics over all shards of a batch, not over each by itself.",
    };

    private static readonly Option<bool> HalfExchange = new("--half-exchange")
    {
        Description = "Send gradients between processes as numbers of 16 bits, for half the bytes. The bits then depend on how many processes there are, "
            + "and `at`, `diff` and `verify` cannot repeat a step.",
    };

    private static readonly Option<TimeSpan?> HeartbeatTimeout = CommandOptions.Duration(
        "--heartbeat-timeout", "With processes on several machines: end them when nothing was heard of a machine for this time. Default: 15s.");

    private static readonly Option<string?> Out = new("--out") { Description = "Where to write. Default: a fresh folder under runs/.", HelpName = "DIR" };
    private static readonly Option<string?> CheckpointEvery = new("--checkpoint-every")
    {
        Description = "Save the state of the run after every so many steps, or minutes: 500, 10m. Default: every minute and at the end of each epoch.",
        HelpName = "N|Nm",
    };

    private static readonly Option<int?> Keep = CommandOptions.Whole("--keep", "How many of these checkpoints are kept. Default: 2.", 1);

    private static readonly Option<int?> History = CommandOptions.Whole(
        "--history", "How many older checkpoints stay, spread over the run, in at most 192 MB, for `gradus at`. Default: 32.", 0);

    private static readonly Option<bool> TensorBoard = new("--tensorboard")
    {
        Description = "Write files for TensorBoard into the run's folder too: tensorboard --logdir runs.",
    };

    private static readonly Option<string?> Resume = new("--resume")
    {
        Description = "Go on with a run that was broken off, from its last checkpoint, with the very same result. Its options are its own.",
        HelpName = "RUN",
    };

    private static readonly Option<double?> ClipNorm = CommandOptions.Real("--clip-norm", "The largest norm of all gradients together. Default: none.", 0);

    private static readonly Option<int?> GradientNormEvery = CommandOptions.Whole(
        "--gradient-norm-every", "Record the norm of the gradients with every so many steps. Default: 10.", 1);

    private enum Weighting
    {
        None,
        Balanced,
    }

    private static readonly Option<Weighting?> ClassWeights = CommandOptions.Choice(
        "--class-weights", "Whether rare classes count more in what is learned, so that all weigh alike. Default: none.",
        ("none", Weighting.None), ("balanced", Weighting.Balanced));

    private static readonly Option<int?> Patience = CommandOptions.Whole(
        "--patience", "End the run after so many epochs that were no better on the validation set. Default: 16 for --model table, else never.", 1);

    private static readonly Option<TimeSpan?> Budget = CommandOptions.Duration(
        "--budget", "End the run after this time, with its best weights: 90s, 30m, 2h. Default: never.");

    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace a run that the folder of --out holds already." };
    private static readonly Option<bool> Json = CommandOptions.Json();
}
