using System.Text.Json;
using Gradus.Data;
using Gradus.Formats;
using Gradus.Nn;
using Gradus.Onnx;

namespace Gradus.Training;

/// <summary>
/// A network with everything that is needed to use it, such as its preprocessing and class names. It is saved as one <c>.safetensors</c> file, which
/// any reader of that format opens.
/// </summary>
/// <param name="Network">The network.</param>
/// <param name="Record">Architecture, class names, preprocessing and split.</param>
public sealed partial record TrainedModel(Module<Tensor, Tensor> Network, ModelRecord Record)
{
    private const string MetadataKey = "gradus";

    // A megapixel, and as many steps as attention takes a second for. A file of a few kilobytes may claim much more.
    private const long MostNumbersShown = 1 << 20;
    private const int MostStepsShown = 1 << 13;

    private readonly TablePreprocessing? _table = Record.ReadTable();

    /// <summary>Whether the model was loaded from a file with checksums. They were right, so its weights are those that were saved.</summary>
    public bool HasChecksums { get; private init; }

    /// <summary>Whether the network is an autoencoder: its target is its input.</summary>
    public bool Reconstructs { get; } = Record.ReadSpec().Reconstructs;

    /// <summary>
    /// The standard deviation of a regression's targets. An error of 1 in the network's outputs is an error of this size in the target's unit.
    /// Otherwise 1.
    /// </summary>
    public double TargetDeviation => Target?.Deviation ?? 1;

    /// <summary>The column of sentences that the model reads; null for models of other data.</summary>
    public string? TextColumn => _table?.Words is null ? null : _table.Columns[0].Name;

    /// <summary>The preprocessing of a table; null for other data.</summary>
    internal TablePreprocessing? Table => _table;

    /// <summary>How the model takes files of pictures, whatever it was trained on; null where its samples are none.</summary>
    internal PictureOptions? Pictures => Record.InputShape is not [1 or 3, >= 1 and <= PictureSize.Most, >= 1 and <= PictureSize.Most]
        ? null
        : new PictureOptions
        {
            Size = new PictureSize(Record.InputShape[1], Record.InputShape[2]),
            Channels = Record.InputShape[0],
            Resize = Record.Pictures?.ReadResize() ?? PictureResize.Crop,
            MaxPixels = Record.Pictures?.MaxPixels,
            SkipUnreadable = Record.Pictures?.SkipUnreadable ?? false,
        };

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TrainedModel), PrintMembers);

    private TableTarget? Target => Reconstructs ? null : _table?.Target;

    /// <summary>
    /// Creates an untrained model for a dataset, and prepares the dataset for it: inputs are standardized, and for an autoencoder the targets are
    /// dropped.
    /// </summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="source">The source of the data.</param>
    /// <param name="options">The options that the data were loaded with.</param>
    /// <param name="data">The dataset.</param>
    public static (TrainedModel Model, DataSplit Data) Prepare(ModelSpec spec, DataSource source, DataOptions options, LoadedData data)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        // A text as it is: as samples alone it would look like a table, and be taken by what gives back its input.
        var train = spec.Reconstructs && !data.Split.Train.IsText ? SamplesOf(data.Split.Train) : data.Split.Train;
        var takes = ModelData.Of(train).With(data.Table);
        spec = spec.Resolve(takes);
        // Tables are standardized column by column already, and pixels that are to be given back stay in 0 … 1.
        var (mean, deviation) = data.Table is not null || (spec.Reconstructs && takes.Form == DataForm.Picture) ? (0, 1) : train.Inputs.Measure();
        var record = new ModelRecord
        {
            Gradus = typeof(Tensor).Assembly.GetName().Version!.ToString(3),
            Model = spec.Text,
            Onnx = (spec as OnnxSpec)?.Skeleton,
            IsOwn = spec is OwnSpec ? true : null,
            Dropout = spec.Dropout,
            InputShape = [.. train.InputShape],
            Outputs = takes.Outputs,
            ClassNames = train.ClassNames is null || data.Tokenizer is not null ? null : [.. train.ClassNames],
            InputMean = mean,
            InputDeviation = deviation > 0 ? deviation : 1,
            Table = data.Table is null ? null : JsonDocument.Parse(data.Table.ToJson()).RootElement,
            Tokenizer = data.Tokenizer is null ? null : JsonDocument.Parse(data.Tokenizer.ToJson()).RootElement,
            Pictures = source.Kind == DataKind.Pictures ? PictureRecord.Of(options) : null,
            Data = source.KindName,
            Split = new SplitRecord { Seed = options.Seed, Valid = options.ValidationShare, Test = options.TestShare },
        };
        var model = new TrainedModel(spec.Build(takes), record);
        return (model, model.Take(data.Split));
    }

    /// <summary>Creates an untrained model for the rows of a table, such as objects or the result of a query.</summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="table">The rows, split and prepared.</param>
    /// <param name="options">The options that they were split with. Default: null, those of <see cref="TableOptions"/>.</param>
    /// <exception cref="FormatException">The architecture does not take such rows.</exception>
    public static (TrainedModel Model, DataSplit Data) Prepare(ModelSpec spec, TableSplit table, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new TableOptions();
        var data = new DataOptions { Seed = (long)options.Seed, ValidationShare = options.ValidationShare, TestShare = options.TestShare };
        return Prepare(spec, new DataSource(DataKind.Csv, null), data, new LoadedData(table.Data, table.Preprocessing, table.Report));
    }

    /// <summary>Turns the network's outputs into predictions, row by row: class probabilities (softmax), or values in the target's unit.</summary>
    public float[] ToPredictions(Tensor outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        using var noGrad = new NoGrad();
        return Predictions(outputs).ToArray<float>();
    }

    /// <summary>The same as tensor, of the shape of the outputs.</summary>
    internal Tensor Predictions(Tensor outputs)
    {
        if (Reconstructs) return outputs;
        if (Record.ClassNames is not null || Record.IsText) return Tempered(outputs).Softmax();
        return Target is { } target ? (outputs * target.Deviation) + target.Mean : outputs;
    }

    /// <summary>Logits, divided by the temperature that the model was calibrated to.</summary>
    internal Tensor Tempered(Tensor logits) => Record.Calibration?.Temperature is { } temperature && temperature != 1 ? logits / temperature : logits;

    /// <summary>The numeric targets of some rows of the model's data, in the target's unit.</summary>
    internal float[] ToTargets(Dataset data, ReadOnlySpan<int> rows)
    {
        using var noGrad = new NoGrad();
        var targets = data.TargetTensor(rows);
        return (Target is { } target ? (targets * target.Deviation) + target.Mean : targets).ToArray<float>();
    }

    /// <summary>
    /// The same model, which knows how sure it may be: its probabilities are brought to how often it is right (temperature scaling), its values get
    /// intervals that cover 50, 80, 90, 95 and 99 of 100 cases (split conformal prediction).
    /// </summary>
    /// <param name="samples">Samples that it was not trained on, such as the validation set, as the network takes them.</param>
    /// <returns>The model as it is, where there is nothing to learn: no samples, a model of text, an autoencoder, several values at once.</returns>
    public TrainedModel Calibrate(Dataset samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Calibration.Of(this with { Record = Record with { Calibration = null } }, samples) is { } calibration
            ? this with { Record = Record with { Calibration = calibration } }
            : this;
    }

    /// <summary>Throws where a number is NaN or infinite, since the outputs of a network with such weights mean nothing.</summary>
    /// <param name="what">The name of the numbers, with which the error message begins.</param>
    /// <param name="figures">The numbers.</param>
    /// <exception cref="GradusException">A number is NaN or infinite. The message tells whether the weights are the cause.</exception>
    public void RequireFinite(string what, ReadOnlySpan<float> figures)
    {
        foreach (var figure in figures)
        {
            if (!float.IsFinite(figure)) throw NotFinite(what, figure);
        }
    }

    /// <summary>Throws where the loss or an output is NaN or infinite.</summary>
    /// <exception cref="GradusException">The loss or an output is NaN or infinite.</exception>
    public void RequireFinite(string what, Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        if (!double.IsFinite(evaluation.Loss) || evaluation.Confusion is { Undecided: > 0 }) throw NotFinite(what, evaluation.Loss);
    }

    private GradusException NotFinite(string what, double figure)
    {
        using var noGrad = new NoGrad();
        var weight = Network.State().FirstOrDefault(static entry => entry.Value.DType.IsFloat && !entry.Value.IsFinite().All().Item<bool>()).Key;
        var why = weight is null
            ? "The weights are finite: look for numbers in the data that are far from those it was trained on."
            : $"The model's '{weight}' holds NaN or infinity: train it again, at a lower learning rate.";
        return new GradusException(FormattableString.Invariant($"{what} is {figure}, no finite number. {why}"));
    }

    /// <summary>Writes the model to a file, adapters of <see cref="Lora"/> merged. Where that fails, an existing file stays as it was.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Save);
    }

    /// <summary>Writes the model to a stream, in the format of the file.</summary>
    public void Save(Stream stream)
    {
        // One that was opened by its graph stays as it was opened.
        var (tensors, record) = Record.IsOwn == true && Network is not OnnxModel ? OwnNetwork.Describe(this) : (Network.MergedState(), Record);
        SafeTensorsFile.Write(stream, tensors, new Dictionary<string, string> { [MetadataKey] = record.ToJson() });
    }

    /// <summary>Whether a file of tensors holds a model of Gradus, and not weights alone.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no tensors.</exception>
    internal static bool Is(string path) =>
        TensorFile.FormatOf(path).HasExtension(".safetensors") && SafeTensorsFile.Inspect(path).Metadata.ContainsKey(MetadataKey);

    /// <summary>
    /// Loads a model from a file and verifies its checksums, if it has any (<see cref="HasChecksums"/>). No code in the file is run.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no model of Gradus.</exception>
    public static TrainedModel Load(string path) => Load(path, SafeTensorsFile.Inspect(path), () => SafeTensorsFile.Read(path));

    private static TrainedModel Load(string path, SafeTensorsHeader header, Func<SafeTensorsContents> read)
    {
        // The header first: what is no model is refused before its numbers are read, however many they are.
        var model = Outline(path, header);
        var contents = read();
        try
        {
            if (model.Record.IsOwn == true) OwnNetwork.Load(model.Network, contents.Tensors);
            else model.Network.LoadState(contents.Tensors);
            return model with { HasChecksums = contents.HasChecksums };
        }
        catch (GradusException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Loads a model from a stream, such as an embedded resource. No code in it is run.</summary>
    /// <param name="stream">The stream, read to its end.</param>
    /// <param name="name">Its name in messages. Default: "the model".</param>
    /// <exception cref="InvalidDataException">The content is damaged, or no model of Gradus.</exception>
    public static TrainedModel Load(Stream stream, string name = "the model")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        // The header is looked at before the numbers are read, so the content is needed twice.
        using var kept = stream.CanSeek ? null : new MemoryStream();
        if (kept is not null) stream.CopyTo(kept);
        var content = kept ?? stream;
        var start = kept is null ? stream.Position : content.Position = 0;
        var header = SafeTensorsFile.Inspect(content, name);
        content.Position = start;
        return Load(name, header, () => SafeTensorsFile.Read(content, name));
    }

    /// <summary>The layers of the network, each with its output shape for one sample, its number of parameters and its cost.</summary>
    /// <exception cref="InvalidDataException">The samples are too large for a forward pass within seconds.</exception>
    public ModuleSummary Summary() => Network.Summary(SampleOfZeros());

    /// <summary>A sample of zeros, as the network takes it, for a forward pass that shows its shapes.</summary>
    /// <exception cref="InvalidDataException">The samples are too large for a forward pass within seconds.</exception>
    internal Tensor SampleOfZeros()
    {
        var takes = Record.ToModelData();
        var areTokens = takes.Form is DataForm.Text or DataForm.Sentence;
        var steps = Record.InputShape.Length switch { 1 => areTokens ? Record.InputShape[0] : 1, 2 => Record.InputShape[0], _ => Record.InputShape[1] };
        var numbers = Record.InputShape.Aggregate(1L, static (product, size) => product * size);
        if (numbers > MostNumbersShown || steps > MostStepsShown)
        {
            throw new InvalidDataException(
                $"a summary needs a forward pass, and the samples of this model are [{string.Join(",", Record.InputShape)}]; " +
                $"expected at most {MostNumbersShown} numbers in {MostStepsShown} steps.");
        }

        return takes.Zeros();
    }

    /// <summary>
    /// Creates the model of a file from its header, without reading the weights. Where they are needed, they are initialized at random.
    /// </summary>
    /// <param name="path">The file, for error messages.</param>
    /// <param name="header">The header of the file.</param>
    /// <exception cref="InvalidDataException">The file holds no model of Gradus.</exception>
    public static TrainedModel Outline(string path, SafeTensorsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (!header.Metadata.TryGetValue(MetadataKey, out var json))
        {
            throw new InvalidDataException($"{path}: these are tensors, but not a model of Gradus: there is no '{MetadataKey}' in its metadata.");
        }

        try
        {
            var record = ModelRecord.FromJson(json);
            var spec = record.ReadSpec();
            // What the record claims is bounded by what the file holds; an element takes a byte at least, so this sum cannot overflow.
            var held = header.Tensors.Sum(static tensor => tensor.Shape.Aggregate(1L, static (product, size) => product * size));
            var network = spec.Assemble(record.ToModelData());
            var claimed = ModelSpec.CountNumbers(network);
            // The graph of a network of one's own may need tensors that the network does not, and the other way round.
            if (record.IsOwn == true ? claimed > held : claimed != held) throw new InvalidDataException($"its record describes a network of {claimed} parameters, but the file holds {held} numbers");
            network.Eval();
            return new TrainedModel(network, record);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or GradusException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

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
    /// <param name="train">The training set of <see cref="LoadPlain"/>, or the one that was given to <see cref="Prepare(ModelSpec, DataSource, DataOptions, LoadedData)"/>.</param>
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
            throw OptionMessage.InvalidData(
                $"{source.Path}: {rows.Count} rows are too few to be split as the training data were. Take them all: {new OptionHint(nameof(LoadTable))}.");
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
