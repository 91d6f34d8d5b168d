using System.Text.Json;
using Gradus.Data;
using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>A network with all that is needed to use it: saved as one <c>.safetensors</c> file, which any reader of that format opens.</summary>
/// <param name="Network">The network.</param>
/// <param name="Record">Architecture, classes, preprocessing, split.</param>
public sealed record TrainedModel(Module<Tensor, Tensor> Network, ModelRecord Record)
{
    private const string MetadataKey = "gradus";

    // A megapixel, and as many steps as attention takes a second for. A file of a few kilobytes may claim much more.
    private const long MostNumbersShown = 1 << 20;
    private const int MostStepsShown = 1 << 13;

    private readonly TablePreprocessing? _table = Record.ReadTable();

    /// <summary>Whether the model came from a file with checksums, all of which were right: its weights are those that were saved.</summary>
    public bool HasChecksums { get; private init; }

    /// <summary>Whether the network learns to give back its input.</summary>
    public bool Reconstructs { get; } = ModelSpec.Parse(Record.Model).Reconstructs;

    /// <summary>The deviation of a regression's targets: a distance of 1 in the network's outputs is that much in the target's units.</summary>
    public double TargetDeviation => Target?.Deviation ?? 1;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TrainedModel), PrintMembers);

    private TableTarget? Target => Reconstructs ? null : _table?.Target;

    /// <summary>The characters that a language model knows; null for other models.</summary>
    public Vocabulary? Vocabulary { get; } = Record.IsText ? new Vocabulary(Record.ClassNames!) : null;

    /// <summary>An untrained network for some data, and the data as the network takes them.</summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="source">Where the data come from.</param>
    /// <param name="options">How they were split.</param>
    /// <param name="data">The data.</param>
    public static (TrainedModel Model, DataSplit Data) Prepare(ModelSpec spec, DataSource source, DataOptions options, LoadedData data)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        // A text as it is: as samples alone it would look like a table, and be taken by what gives back its input.
        var train = spec.Reconstructs && !data.Split.Train.IsText ? SamplesOf(data.Split.Train) : data.Split.Train;
        var takes = ModelData.Of(train);
        // Tables are standardized column by column already, and pixels that are to be given back stay in 0 … 1.
        var (mean, deviation) = data.Table is not null || (spec.Reconstructs && takes.Form == DataForm.Picture) ? (0, 1) : train.Inputs.Measure();
        var record = new ModelRecord
        {
            Gradus = typeof(Tensor).Assembly.GetName().Version!.ToString(3),
            Model = spec.Text,
            InputShape = [.. train.InputShape],
            Outputs = takes.Outputs,
            ClassNames = train.ClassNames is null ? null : [.. train.ClassNames],
            InputMean = mean,
            InputDeviation = deviation > 0 ? deviation : 1,
            Table = data.Table is null ? null : JsonDocument.Parse(data.Table.ToJson()).RootElement,
            Data = source.KindName,
            Split = new SplitRecord { Seed = options.Seed, Valid = options.Valid, Test = options.Test },
        };
        var model = new TrainedModel(spec.Build(takes), record);
        return (model, model.Take(data.Split));
    }

    /// <summary>What the network's outputs mean, row by row: probabilities of the classes, or values in the target's units.</summary>
    public float[] Finish(Tensor outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        using var noGrad = new NoGrad();
        if (Record.ClassNames is not null) return outputs.Softmax().ToArray<float>();
        return Target is { } target ? ((outputs * target.Deviation) + target.Mean).ToArray<float>() : outputs.ToArray<float>();
    }

    /// <summary>Refuses figures that are no numbers: what a network that holds NaN says means nothing.</summary>
    /// <param name="what">Whose figures they are, as an error message begins.</param>
    /// <param name="figures">The figures.</param>
    /// <exception cref="GradusException">One is NaN or infinite; the message tells whether the weights are at fault.</exception>
    public void RequireFinite(string what, ReadOnlySpan<float> figures)
    {
        foreach (var figure in figures)
        {
            if (!float.IsFinite(figure)) throw NotFinite(what, figure);
        }
    }

    /// <summary>Refuses a loss that is no number, and predictions that are none.</summary>
    /// <exception cref="GradusException">It is NaN or infinite.</exception>
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

    /// <summary>Writes the model to a file: all of it, or nothing.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) =>
        SafeTensorsFile.Write(path, Network.State(), new Dictionary<string, string> { [MetadataKey] = Record.ToJson() });

    /// <summary>Writes the model, as it stands in a file, to a stream.</summary>
    public void Save(Stream stream) =>
        SafeTensorsFile.Write(stream, Network.State(), new Dictionary<string, string> { [MetadataKey] = Record.ToJson() });

    /// <summary>Reads a model from a file, whose checksums must be right if it has any (<see cref="HasChecksums"/>). No code in it is ever run.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no model of Gradus.</exception>
    public static TrainedModel Load(string path)
    {
        // The header first: what is no model is refused before its numbers are read, however many they are.
        var model = Outline(path, SafeTensorsFile.Inspect(path));
        var contents = SafeTensorsFile.Read(path);
        try
        {
            model.Network.LoadState(contents.Tensors);
            return model with { HasChecksums = contents.HasChecksums };
        }
        catch (GradusException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>The network's layers, with their shapes for one sample, their parameters and their work.</summary>
    /// <exception cref="InvalidDataException">Samples are so large that giving the network one would take minutes.</exception>
    public ModuleSummary Summary()
    {
        var steps = Record.InputShape.Length switch { 1 => Record.IsText ? Record.InputShape[0] : 1, 2 => Record.InputShape[0], _ => Record.InputShape[1] };
        var numbers = Record.InputShape.Aggregate(1L, static (product, size) => product * size);
        if (numbers > MostNumbersShown || steps > MostStepsShown)
        {
            throw new InvalidDataException(
                $"the layers are measured on a sample, and those of this model are [{string.Join(",", Record.InputShape)}]; " +
                $"at most {MostNumbersShown} numbers in {MostStepsShown} rows are tried.");
        }

        var shape = Shape.Create([1, .. Record.InputShape]);
        return Network.Summary(Record.ToModelData().Form == DataForm.Text ? Tensor.Zeros(shape, DType.Int64) : Tensor.Zeros(shape));
    }

    /// <summary>A file's model without its weights, known from the header alone: the network begins with random ones, when they are first needed.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="header">Its header.</param>
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
            var spec = ModelSpec.Parse(record.Model);
            // What the record claims is bounded by what the file holds; an element takes a byte at least, so this sum cannot overflow.
            var held = header.Tensors.Sum(static tensor => tensor.Shape.Aggregate(1L, static (product, size) => product * size));
            var network = spec.Assemble(record.ToModelData());
            var claimed = ModelSpec.CountNumbers(network);
            if (held != claimed) throw new InvalidDataException($"its record tells of a network of {claimed} parameters, but {held} numbers are in it");
            network.Eval();
            return new TrainedModel(network, record);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or GradusException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Data as this model takes them: read with its own preprocessing and split as its training data were.</summary>
    /// <exception cref="IOException">A file or folder is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or does not fit the model.</exception>
    public DataSplit LoadSplit(DataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if ((source.Kind == DataKind.Text) != Record.IsText)
        {
            throw new InvalidDataException($"this model was trained on {Record.Data}; it cannot read {source.Word}.");
        }

        var options = OptionsFor(source);
        return source.Kind switch
        {
            DataKind.Csv => SplitTable(source, LoadTable(source, withTarget: true)),
            DataKind.Text => Fitted(source,
                TextFile.Load(source.Path!, new TextOptions { Context = Record.InputShape[0], Valid = options.Valid ?? 0.1, Vocabulary = Vocabulary })),
            _ => Fitted(source, Load(source, options)),
        };
    }

    /// <summary>A table's rows, split as this model's training data were.</summary>
    /// <param name="source">Where they come from, for messages.</param>
    /// <param name="table">What <see cref="LoadTable"/> gave, with the target.</param>
    /// <exception cref="InvalidDataException">There are too few rows, or they do not fit the model.</exception>
    public DataSplit SplitTable(DataSource source, TableRows table)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(table);
        return Fitted(source, Remake(source, table.Data, OptionsFor(source)));
    }

    /// <summary>A table's rows as this model takes them, all of them, in the file's order.</summary>
    /// <param name="source">The file.</param>
    /// <param name="withTarget">Whether the target is wanted; otherwise the file may come without it.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or does not fit the model.</exception>
    public TableRows LoadTable(DataSource source, bool withTarget)
    {
        ArgumentNullException.ThrowIfNull(source);
        var table = _table ?? throw new InvalidDataException($"this model was trained on {Record.Data}, not on a table; it cannot read {source.Path}.");
        var rows = CsvTable.Apply(source.Path!, table, withTarget && !Reconstructs);
        return rows with { Data = Take(rows.Data) };
    }

    /// <summary>A text that goes on from a prompt, character by character, without end: take as many as you want.</summary>
    /// <param name="prompt">What stands before, at least one character.</param>
    /// <param name="options">How characters are chosen; null for the defaults.</param>
    /// <exception cref="FormatException">The prompt is empty, or has characters that the model does not know.</exception>
    /// <exception cref="GradusException">This is no language model, or an option is out of range.</exception>
    public IEnumerable<string> Sample(string prompt, SamplingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (Vocabulary is not { } vocabulary || Network is not ILanguageModel model)
        {
            throw new GradusException($"this model was trained on {Record.Data}; only one that was trained on text:FILE writes.");
        }

        if (prompt.Length == 0) throw new FormatException("the prompt is empty; expected at least one character");
        return model.Generate(vocabulary.Encode(prompt), options).Select(token => vocabulary.Characters[token]);
    }

    private DataOptions OptionsFor(DataSource source) =>
        new() { Seed = Record.Split.Seed, Valid = Record.Split.Valid, Test = source.HasOwnTest ? null : Record.Split.Test };

    private DataSplit Fitted(DataSource source, DataSplit data)
    {
        CheckFits(source, data.Train);
        return Take(data);
    }

    private static DataSplit Remake(DataSource source, Dataset rows, DataOptions options)
    {
        try
        {
            var split = Split.ByFraction(rows.Count, options.Valid ?? 0.1, options.Test ?? 0.1, (ulong)options.Seed);
            return new DataSplit(rows.Select(split.Train), rows.Select(split.Valid), rows.Select(split.Test));
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

    private DataSplit Take(DataSplit data) => new(Take(data.Train), Take(data.Valid), Take(data.Test));

    /// <summary>Data as the network takes them: the same numbers in the same units, and no targets where it gives back its input.</summary>
    private Dataset Take(Dataset data) => Normalize(Reconstructs ? SamplesOf(data) : data);

    private Dataset Normalize(Dataset data) =>
        Record.InputMean == 0 && Record.InputDeviation == 1 ? data : data.Normalize(Record.InputMean, Record.InputDeviation);

    private void CheckFits(DataSource source, Dataset data)
    {
        if (!data.InputShape.SequenceEqual(Record.InputShape))
        {
            throw new InvalidDataException(
                $"{source.KindName}: its samples are [{string.Join(",", data.InputShape)}], the model takes [{string.Join(",", Record.InputShape)}].");
        }

        if (!Reconstructs && data.ClassNames is { } names && names.Count != Record.Outputs)
        {
            throw new InvalidDataException($"{source.KindName}: it has {names.Count} classes, the model {Record.Outputs}.");
        }
    }
}
