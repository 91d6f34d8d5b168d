using Gradus.Data;

namespace Gradus.Training;

/// <content>Data as a model takes them.</content>
public sealed partial record TrainedModel
{
    /// <summary>Loads data, preprocesses them as this model needs, and splits them as its training data were split.</summary>
    /// <exception cref="IOException">A file or folder is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or does not fit the model.</exception>
    public DataSplit LoadSplit(DataSource source) => Standardize(LoadPlain(source));

    /// <summary>Loads and splits data as <see cref="LoadSplit"/> does, and leaves pictures in 0 … 1: see <see cref="Standardize"/>.</summary>
    /// <param name="source">The source of the data.</param>
    /// <param name="progress">Is told how many pictures of a folder have been decoded. Default: null.</param>
    /// <inheritdoc cref="LoadSplit"/>
    public DataSplit LoadPlain(DataSource source, IProgress<PictureProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if ((source.Kind == DataKind.Text) != Record.IsText)
        {
            throw new InvalidDataException($"this model was trained on {Record.Data}; it cannot read {source.Word}.");
        }

        var options = OptionsFor(source);
        return source.Kind switch
        {
            _ when source.IsTable => SplitTable(source, LoadTable(source, withTarget: true)),
            DataKind.Text => Checked(source, LoadText(source.Path!, options)),
            DataKind.Pictures => Checked(source, PictureFolder.Load(source.Path!, PicturesFor(source) with
            {
                ValidationShare = options.ValidationShare ?? 0.1,
                TestShare = options.TestShare ?? 0.1,
                Seed = (ulong)options.Seed,
                ClassNames = Reconstructs ? null : Record.ClassNames,
                Progress = progress,
            }).Split),
            DataKind.Arrays => Checked(source, ArrayFile.LoadSplit(source.Path!, new ArrayOptions
            {
                ValidationShare = options.ValidationShare ?? 0.1,
                TestShare = options.TestShare ?? 0.1,
                Seed = (ulong)options.Seed,
                ClassNames = Reconstructs ? null : Record.ClassNames,
            })),
            _ => Checked(source, Load(source, options)),
        };
    }

    /// <summary>Data as the network takes them: standardized inputs, and no targets for an autoencoder.</summary>
    /// <param name="data">Data as <see cref="LoadPlain"/> gives them.</param>
    public DataSplit Standardize(DataSplit data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Take(data);
    }

    /// <summary>
    /// Training samples as the network takes them, changed at random before they are standardized. What happens to a sample follows from seed, epoch and its
    /// number.
    /// </summary>
    /// <param name="train">
    /// The training set of <see cref="LoadPlain"/>, or the one that was given to <see cref="Prepare(ModelSpec, DataSource, DataOptions, LoadedData)"/>.
    /// </param>
    /// <param name="plan">What happens to the pictures.</param>
    /// <param name="seed">The seed of all draws, such as <see cref="TrainingOptions.Seed"/>.</param>
    /// <exception cref="FormatException">The plan does not apply: these are no pictures, or the network is an autoencoder.</exception>
    public IBatchSource<Labeled> Augment(Dataset train, AugmentationPlan plan, long seed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (Reconstructs) throw new FormatException($"augment: '{Record.Model}' learns to give back its samples, and learns them as they are.");
        return plan.Of(train, (ulong)seed, Record.InputMean, Record.InputDeviation);
    }

    /// <summary>
    /// Loads samples to predict, without labels, as this model takes them: of <c>pictures:</c> all pictures of a folder and the folders in it, or a single
    /// picture; of other data the test samples.
    /// </summary>
    /// <returns>The samples, and of pictures their files and what was left out; else null.</returns>
    /// <exception cref="IOException">A file or folder is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or does not fit the model.</exception>
    public (Dataset Data, IReadOnlyList<string>? Files, PictureReport? Pictures) LoadSamples(DataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Kind == DataKind.Arrays && !ArrayFile.Names(source.Path!).Contains(new ArrayOptions().Inputs + "_train"))
        {
            var samples = ArrayFile.Load(source.Path!, targets: null);
            CheckShape(source, samples);
            return (Normalize(samples), null, null);
        }

        if (source.Kind != DataKind.Pictures) return (LoadSplit(source).Test, null, null);
        var pictures = PictureFolder.OpenUnlabeled(source.Path!, PicturesFor(source));
        return (Normalize(pictures.ToDataset()), pictures.Files, pictures.Report);
    }

    /// <summary>Splits the rows of a table as this model's training data were split.</summary>
    /// <param name="source">The source of the table, for error messages.</param>
    /// <param name="table">The result of <see cref="LoadTable"/>, with the target.</param>
    /// <exception cref="InvalidDataException">There are too few rows, or they do not fit the model.</exception>
    public DataSplit SplitTable(DataSource source, TableRows table)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(table);
        return Take(Checked(source, Remake(source, table.Data, OptionsFor(source))));
    }

    /// <summary>Loads all rows of a table, in the order of the file, and preprocesses them as this model needs.</summary>
    /// <param name="source">The source: a CSV file or another table.</param>
    /// <param name="withTarget">Whether to read the target column too, for an evaluation. If false, the file needs none.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or does not fit the model.</exception>
    public TableRows LoadTable(DataSource source, bool withTarget)
    {
        ArgumentNullException.ThrowIfNull(source);
        var table = _table ?? throw new InvalidDataException($"this model was trained on {Record.Data}, not on a table; it cannot read {source.Path}.");
        var rows = source.Kind == DataKind.Csv
            ? CsvTable.Apply(source.Path!, table, withTarget && !Reconstructs)
            : source.ReadTable().Apply(table, withTarget && !Reconstructs);
        return rows with { Data = Take(rows.Data) };
    }

    /// <summary>How this model takes pictures, whatever it was trained on.</summary>
    private PictureOptions PicturesFor(DataSource source) => Pictures
        ?? throw new InvalidDataException($"this model takes [{string.Join(",", Record.InputShape)}], which are no pictures; it cannot read {source.Word}.");

    private DataOptions OptionsFor(DataSource source) =>
        new() { Seed = Record.Split.Seed, ValidationShare = Record.Split.Valid, TestShare = source.HasOwnTest ? null : Record.Split.Test };

    private DataSplit Checked(DataSource source, DataSplit data)
    {
        CheckFits(source, data.Train);
        return data;
    }

    private DataSplit Remake(DataSource source, Dataset rows, DataOptions options)
    {
        try
        {
            return _table!.Split(rows, options.ValidationShare ?? 0.1, options.TestShare ?? 0.1, (ulong)options.Seed);
        }
        catch (ArgumentOutOfRangeException)
        {
            var few = rows.Count == 1 ? "1 row is" : FormattableString.Invariant($"{rows.Count} rows are");
            throw OptionMessage.InvalidData(
                $"{source.Path}: {few} too few to be split as the training data were. Take them all: {new OptionHint(nameof(LoadTable))}.");
        }
    }

    private static DataSplit Load(DataSource source, DataOptions options)
    {
        try
        {
            return LoadedData.Load(source, options).Split;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
        {
            // The shares are the model's, not the user's, and were for data of another kind.
            throw OptionMessage.InvalidData(
                $"{source.KindName}: it cannot be split as the model's training data were: {OptionMessage.Of(exception)}", exception);
        }
    }

    private static Dataset SamplesOf(Dataset data) => Dataset.OfInputs(data.Name, data.InputShape, data.Inputs);

    private DataSplit Take(DataSplit data) => new(Take(data.Train), Take(data.Validation), Take(data.Test));

    /// <summary>A dataset as the network takes it: standardized inputs, and no targets for an autoencoder.</summary>
    private Dataset Take(Dataset data) => Normalize(Reconstructs ? SamplesOf(data) : data);

    private Dataset Normalize(Dataset data) =>
        Record.InputMean == 0 && Record.InputDeviation == 1 ? data : data.Normalize(Record.InputMean, Record.InputDeviation);

    private void CheckFits(DataSource source, Dataset data)
    {
        CheckShape(source, data);
        if (!Reconstructs && !Record.IsText && (data.ClassNames is null) != (Record.ClassNames is null))
        {
            throw new InvalidDataException(
                $"{source.Word}: its samples have {(data.ClassNames is null ? "no classes; the model tells" : "classes; the model tells no")} classes.");
        }

        if (!Reconstructs && data.ClassNames is { } names && names.Count != Record.Outputs)
        {
            throw new InvalidDataException($"{source.KindName}: it has {names.Count} classes, the model {Record.Outputs}.");
        }

        if (!Reconstructs && data.ClassNames is null && data.TargetSize != Record.Outputs)
        {
            throw new InvalidDataException($"{source.KindName}: it has {data.TargetSize} targets, the model {Record.Outputs}.");
        }
    }

    private void CheckShape(DataSource source, Dataset data)
    {
        if (data.IsSentences != (TextColumn is not null))
        {
            throw new InvalidDataException(
                $"{source.KindName}: its samples are {ModelData.Of(data)}; the model takes {Record.ToModelData()}.");
        }

        if (!data.InputShape.SequenceEqual(Record.InputShape))
        {
            throw new InvalidDataException(
                $"{source.KindName}: its samples are [{string.Join(",", data.InputShape)}], the model takes [{string.Join(",", Record.InputShape)}].");
        }
    }
}
