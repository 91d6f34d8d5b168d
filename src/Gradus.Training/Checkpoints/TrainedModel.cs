using System.Text.Json;
using Gradus.Data;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// A network with everything that is needed to use it, such as its preprocessing and class names. It is saved as one <c>.safetensors</c> file, which
/// any reader of that format opens.
/// </summary>
/// <param name="Network">The network.</param>
/// <param name="Record">Architecture, class names, preprocessing and split.</param>
public sealed partial record TrainedModel(Module<Tensor, Tensor> Network, ModelRecord Record)
{
    // A megapixel, and as many steps as attention takes a second for. A file of a few kilobytes may claim much more.
    private const long MostNumbersShown = 1 << 20;
    private const int MostStepsShown = 1 << 13;

    private readonly TablePreprocessing? _table = Record.ReadTable();

    /// <summary>Whether the model was loaded from a file with checksums. They were right, so its weights are those that were saved.</summary>
    public bool HasChecksums { get; private init; }

    /// <summary>Whether the network is an autoencoder: its target is its input.</summary>
    public bool Reconstructs { get; } = Record.ReadSpec().Reconstructs;

    /// <summary>
    /// The standard deviation of a regression's targets. An error of 1 in the network's outputs is an error of this size in the target's unit, or of what is
    /// learnt of it (<see cref="TableTarget.Transform"/>). Otherwise 1.
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
        return Target?.ToUnits(outputs) ?? outputs;
    }

    /// <summary>Logits, divided by the temperature that the model was calibrated to.</summary>
    internal Tensor Tempered(Tensor logits) => Record.Calibration?.Temperature is { } temperature && temperature != 1 ? logits / temperature : logits;

    /// <summary>The numeric targets of some rows of the model's data, in the target's unit.</summary>
    internal float[] ToTargets(Dataset data, ReadOnlySpan<int> rows)
    {
        using var noGrad = new NoGrad();
        var targets = data.TargetTensor(rows);
        return (Target?.ToUnits(targets) ?? targets).ToArray<float>();
    }

    /// <summary>
    /// The same model, which knows how sure it may be: its probabilities are brought to how often it is right (temperature scaling), its values get
    /// intervals that cover 50, 80, 90, 95 and 99 of 100 cases (split conformal prediction).
    /// </summary>
    /// <param name="samples">Samples that it was not trained on, such as the validation set, as the network takes them.</param>
    /// <returns>
    /// The model as it is, where there is nothing to learn: fewer than 50 samples of classes or 20 of values, a model of text, an autoencoder, several values.
    /// </returns>
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
}
