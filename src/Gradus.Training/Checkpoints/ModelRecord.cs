using System.Text.Json;
using System.Text.Json.Serialization;
using Gradus.Data;
using Gradus.Text;

namespace Gradus.Training;

/// <summary>
/// What a model file holds beside the weights, as JSON: architecture, classes, preprocessing and split. It holds no time, path or number of threads,
/// so that equal runs give equal files.
/// </summary>
public sealed record ModelRecord
{
    private const int MostInputs = 1 << 24;

    /// <summary>The version of Gradus that wrote the file.</summary>
    public required string Gradus { get; init; }

    /// <summary>The architecture, as <see cref="ModelSpec.Parse"/> reads it.</summary>
    public required string Model { get; init; }

    /// <summary>The graph of a network of an ONNX file, or of one of a program's own, without its weights; null for other networks.</summary>
    public string? Onnx { get; init; }

    /// <summary>Whether it is a network of a program's own: <see cref="ModelSpec.Register"/>. Default: null, it is not.</summary>
    public bool? IsOwn { get; init; }

    /// <inheritdoc cref="ModelSpec.Dropout"/>
    public double? Dropout { get; init; }

    /// <summary>The shape of one sample.</summary>
    public required int[] InputShape { get; init; }

    /// <summary>
    /// Number of outputs per sample: the classes, the tokens of the vocabulary, the numeric targets, or for an autoencoder the numbers of a sample.
    /// </summary>
    public required int Outputs { get; init; }

    /// <summary>
    /// The names of the classes, in the order of the labels; for text the characters of the vocabulary; null for regressions and autoencoders, and where a
    /// text has a <see cref="Tokenizer"/>.
    /// </summary>
    public string[]? ClassNames { get; init; }

    /// <summary>The mean that is subtracted from each input number, after pixels are scaled to 0 … 1. Default: 0.</summary>
    public double InputMean { get; init; }

    /// <summary>The standard deviation by which the inputs are then divided. Default: 1.</summary>
    public double InputDeviation { get; init; } = 1;

    /// <summary>The preprocessing of a table; null for other data.</summary>
    public JsonElement? Table { get; init; }

    /// <summary>What makes tokens of a text, as a <c>tokenizer.json</c> has it; null where they are characters, and for other data.</summary>
    public JsonElement? Tokenizer { get; init; }

    /// <summary>How the files of a folder of pictures are read; null for other data. Size and channels are those of <see cref="InputShape"/>.</summary>
    public PictureRecord? Pictures { get; init; }

    /// <summary>The kind of the training data: <c>mnist</c>, <c>csv</c>.</summary>
    public required string Data { get; init; }

    /// <summary>How the data were split.</summary>
    public required SplitRecord Split { get; init; }

    /// <summary>How sure the model may be, as learnt after training; null where it was not learnt. Default: null.</summary>
    public CalibrationRecord? Calibration { get; init; }

    /// <summary>Whether the model is a language model.</summary>
    [JsonIgnore]
    public bool IsText => Data == "text";

    /// <summary>The record as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ModelRecordJson.Default.ModelRecord);

    /// <summary>Parses a record and checks its values.</summary>
    /// <exception cref="InvalidDataException">The text is no such record, or a value is out of range.</exception>
    public static ModelRecord FromJson(string json)
    {
        try
        {
            var record = JsonSerializer.Deserialize(json, ModelRecordJson.Default.ModelRecord) ?? throw new InvalidDataException("the model's record is empty");
            record.Check();
            return record;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new InvalidDataException($"the model's record cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Parses the preprocessing of a table; null for other data.</summary>
    /// <exception cref="InvalidDataException">The preprocessing is damaged.</exception>
    public TablePreprocessing? ReadTable() => Table is { } table ? TablePreprocessing.FromJson(table) : null;

    /// <summary>Parses the tokenizer of a text; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or is not the network's.</exception>
    public Tokenizer? ReadTokenizer()
    {
        if (Tokenizer is not { } json) return null;
        var tokenizer = Text.Tokenizer.FromJson(json.GetRawText(), "the model's tokenizer");
        return tokenizer.Count == Outputs
            ? tokenizer
            : throw new InvalidDataException($"the model's tokenizer has {tokenizer.Count} tokens, its network {Outputs}");
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ModelRecord), PrintMembers);

    /// <summary>The architecture.</summary>
    /// <exception cref="InvalidDataException">It is a network of another program's, and its graph is not there.</exception>
    internal ModelSpec ReadSpec()
    {
        if (OwnSpec.Find(Model) is { } own) return own.Parse(Model);
        if (Onnx is { } graph) return OnnxSpec.Read(graph);
        if (IsOwn != true) return ModelSpec.Parse(Model).WithDropout(Dropout);
        var name = PlainText.Quote(ModelFamily.Short(Model));
        throw new InvalidDataException(
            $"'{name}' is a network of a program's own, whose graph cannot be written as ONNX. Only a program that knows its class can open it, and says so " +
            $"before: {nameof(ModelSpec)}.{nameof(ModelSpec.Register)}(\"{name}\", data => new MyNetwork(data.Inputs, data.Outputs));");
    }

    /// <summary>The sizes that the network was built for.</summary>
    internal ModelData ToModelData()
    {
        if (IsText) return new ModelData(DataForm.Text, InputShape, Outputs);
        var table = ReadTable();
        var sizes = table?.Words is { } words ? ModelData.OfSentences(InputShape, Outputs, words.Count) : ModelData.Of(InputShape, Outputs);
        return sizes.With(table) with { AreClasses = ClassNames is not null };
    }

    private void Check()
    {
        if (Dropout is { } share && !(share is >= 0 and < 1)) throw new InvalidDataException($"the model's dropout is {share}");
        ReadSpec();
        if (Data.Length == 0) throw new InvalidDataException("the model's kind of data has no name");
        if (InputShape.Length is 0 or > Shape.MaxRank) throw new InvalidDataException($"the model's input shape has {InputShape.Length} axes");
        var inputs = 1L;
        foreach (var size in InputShape)
        {
            // Checked at each axis: a product of all could wrap round to something small.
            inputs = size is >= 1 and <= MostInputs ? inputs * size : throw new InvalidDataException($"the model's input shape has a size of {size}");
            if (inputs > MostInputs)
            {
                throw new InvalidDataException($"the model's input shape [{string.Join(",", InputShape)}] has more than {MostInputs} numbers");
            }
        }

        if (Outputs is < 1 or > 1 << 20) throw new InvalidDataException($"the model's number of outputs is {Outputs}");
        CheckClasses();
        if (!double.IsFinite(InputMean) || !(InputDeviation > 0 && double.IsFinite(InputDeviation)))
        {
            throw new InvalidDataException("the model's input mean or deviation is out of range");
        }

        Split.Check();
        Pictures?.Check();
        Calibration?.Check();
        if (ReadTable() is { } table) CheckTable(table);
        if (IsText) CheckText();
        else if (Tokenizer is not null) throw new InvalidDataException("the model has a tokenizer, but its data are no text");
    }

    private void CheckClasses()
    {
        if (ClassNames is not { } names) return;
        if (names.Length != Outputs) throw new InvalidDataException($"the model has {names.Length} classes and {Outputs} outputs");
        if (names.Contains(null)) throw new InvalidDataException("a class of the model has no name");
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length) throw new InvalidDataException("two classes of the model have one name");
    }

    private void CheckText()
    {
        if (InputShape.Length != 1) throw new InvalidDataException($"the model takes [{string.Join(",", InputShape)}], but a text has one axis");
        if (Tokenizer is not null)
        {
            if (ClassNames is not null) throw new InvalidDataException("the model has characters and a tokenizer; a text has one of them");
            return;
        }

        try
        {
            _ = new Vocabulary(ClassNames ?? []);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"the model's characters cannot be: {exception.Message}", exception);
        }
    }

    private void CheckTable(TablePreprocessing table)
    {
        if (!InputShape.SequenceEqual(table.InputShape))
        {
            throw new InvalidDataException($"the model takes [{string.Join(",", InputShape)}], but its table gives [{string.Join(",", table.InputShape)}]");
        }

        if (!ReadSpec().Reconstructs && !table.Target.ClassNames.SequenceEqual(ClassNames ?? [], StringComparer.Ordinal))
        {
            throw new InvalidDataException("the model's classes are not those of its table");
        }
    }
}

/// <summary>How the files of a folder of pictures were read: what is needed to read others in the same way.</summary>
public sealed record PictureRecord
{
    /// <summary>How pictures of other proportions are brought to the size: <c>crop</c>, <c>fit</c> or <c>stretch</c>.</summary>
    public required string Resize { get; init; }

    /// <inheritdoc cref="PictureOptions.MaxPixels"/>
    public long? MaxPixels { get; init; }

    /// <inheritdoc cref="DataOptions.SkipUnreadable"/>
    public bool? SkipUnreadable { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PictureRecord), PrintMembers);

    internal static PictureRecord Of(DataOptions options) => new()
    {
        Resize = (options.PictureResize ?? PictureResize.Crop) switch { PictureResize.Fit => "fit", PictureResize.Stretch => "stretch", _ => "crop" },
        MaxPixels = options.MaxPixels,
        SkipUnreadable = options.SkipUnreadable ? true : null,
    };

    internal PictureResize ReadResize() => Resize switch
    {
        "crop" => PictureResize.Crop,
        "fit" => PictureResize.Fit,
        "stretch" => PictureResize.Stretch,
        _ => throw new InvalidDataException($"the model resizes pictures by '{PlainText.Quote(Resize)}'; expected crop, fit or stretch"),
    };

    /// <exception cref="InvalidDataException">A value is out of range.</exception>
    internal void Check()
    {
        _ = ReadResize();
        if (MaxPixels < 1) throw new InvalidDataException($"the model takes pictures of at most {MaxPixels} pixels");
    }
}

/// <summary>How the training data were split: what is needed to repeat the split.</summary>
public sealed record SplitRecord
{
    /// <inheritdoc cref="DataOptions.Seed"/>
    public required long Seed { get; init; }

    /// <inheritdoc cref="DataOptions.ValidationShare"/>
    public double? Valid { get; init; }

    /// <inheritdoc cref="DataOptions.TestShare"/>
    public double? Test { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(SplitRecord), PrintMembers);

    /// <exception cref="InvalidDataException">A value is out of range.</exception>
    internal void Check()
    {
        if (Seed < 0) throw new InvalidDataException($"the model's split has the seed {Seed}");
        if (!((Valid ?? 0) is >= 0 and < 1 && (Test ?? 0) is >= 0 and < 1 && (Valid ?? 0) + (Test ?? 0) < 1))
        {
            throw new InvalidDataException("the model's split leaves nothing to train on");
        }
    }
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelRecord))]
internal sealed partial class ModelRecordJson : JsonSerializerContext;
