namespace Gradus.Data;

/// <summary>
/// A dataset in memory: samples of one shape, with class labels, with numeric targets, or with neither. A text is a dataset of token windows.
/// </summary>
/// <remarks>Immutable as long as the arrays that it was created from are not changed. Safe to read from several threads.</remarks>
public sealed class Dataset : IBatchSource<Labeled>
{
    private Dataset(string name, IReadOnlyList<int> inputShape, Inputs inputs)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(inputs);
        var size = 1L;
        foreach (var length in inputShape)
        {
            size *= length > 0 ? length : throw new ArgumentException($"{name}: the input shape {Print(inputShape)} has a size below 1.", nameof(inputShape));
        }

        if (size != inputs.Size)
        {
            throw new ArgumentException(
                $"{name}: the input shape {Print(inputShape)} has {size} numbers, the inputs {inputs.Size} per sample.", nameof(inputShape));
        }

        (Name, InputShape, Inputs) = (name, [.. inputShape], inputs);
    }

    /// <summary>The name of the dataset in messages and reports.</summary>
    public string Name { get; }

    /// <summary>Number of samples; for text, of windows.</summary>
    public int Count => Inputs.Count;

    /// <summary>The shape of one sample: <c>[1, 28, 28]</c> (channels, height, width) for a picture, <c>[4]</c> for a row of a table.</summary>
    public IReadOnlyList<int> InputShape { get; }

    /// <summary>The inputs of the samples.</summary>
    public Inputs Inputs { get; }

    /// <summary>
    /// The label of each sample: its class, 0 to <see cref="ClassNames"/>.Count − 1. Null for text, and where there are no classes.
    /// </summary>
    public int[]? Labels { get; private init; }

    /// <summary>
    /// The names of the classes, in the order of the labels; for text the tokens of the vocabulary. Null where there are no classes.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; private init; }

    /// <summary>The numeric targets: <see cref="Count"/> × <see cref="TargetSize"/> numbers, row by row. Null where there are none.</summary>
    public float[]? Targets { get; private init; }

    /// <summary>Number of numeric targets per sample; 0 where there are none.</summary>
    public int TargetSize { get; private init; }

    /// <summary>How the targets became what is learnt, where they are more than standardized; else null.</summary>
    internal TableTarget? TargetScale { get; private init; }

    /// <summary>Whether the dataset is a text. Its samples are windows of tokens, and the next token is predicted at each position.</summary>
    public bool IsText => Inputs is TokenWindows;

    /// <summary>Whether the samples are sentences: words as token numbers, 0 behind the last one.</summary>
    public bool IsSentences => Inputs is SentenceTokens;

    /// <summary>How many different tokens a text or sentences have; 0 for other samples.</summary>
    public int TokenCount => Inputs is SentenceTokens sentences ? sentences.Vocabulary : IsText ? ClassNames!.Count : 0;

    /// <summary>Number of predictions per sample: 1; for text, the number of tokens in a window.</summary>
    public int PredictionsPerSample => IsText ? Inputs.Size : 1;

    /// <summary>Of a text, how many bytes of UTF-8 a token has on average; null of other samples, and where it is unknown.</summary>
    public double? BytesPerToken { get; private init; }

    /// <summary>The size of the dataset: the number of samples; for text, the number of tokens, including those that fill no window.</summary>
    public int Length => Inputs is TokenWindows windows ? windows.Length : Count;

    /// <summary>Creates a dataset for classification.</summary>
    /// <param name="name">The name of the dataset.</param>
    /// <param name="inputShape">The shape of one sample; its product is <c>inputs.Size</c>.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="labels">The label of each sample. The array is kept, not copied.</param>
    /// <param name="classNames">The names of the classes.</param>
    /// <exception cref="ArgumentException">Shapes or counts do not fit, or a label is out of range.</exception>
    public static Dataset OfClasses(string name, IReadOnlyList<int> inputShape, Inputs inputs, int[] labels, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classNames);
        var dataset = new Dataset(name, inputShape, inputs) { Labels = labels, ClassNames = [.. classNames] };
        if (labels.Length != inputs.Count) throw new ArgumentException($"{name}: {inputs.Count} samples have {labels.Length} labels.", nameof(labels));
        for (var row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)classNames.Count)
                throw new ArgumentException($"{name}: sample {row} has label {labels[row]}; the classes go from 0 to {classNames.Count - 1}.", nameof(labels));
        }

        return dataset;
    }

    /// <summary>Creates a dataset for regression.</summary>
    /// <param name="name">The name of the dataset.</param>
    /// <param name="inputShape">The shape of one sample; its product is <c>inputs.Size</c>.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="targets">samples × <paramref name="targetSize"/> numbers, row by row. The array is kept, not copied.</param>
    /// <param name="targetSize">Number of targets per sample. Default: 1.</param>
    /// <exception cref="ArgumentException">Shapes or counts do not fit.</exception>
    public static Dataset OfTargets(string name, IReadOnlyList<int> inputShape, Inputs inputs, float[] targets, int targetSize = 1)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        var dataset = new Dataset(name, inputShape, inputs) { Targets = targets, TargetSize = targetSize };
        if (targets.Length != (long)inputs.Count * targetSize)
            throw new ArgumentException($"{name}: {inputs.Count} samples of {targetSize} targets each have {targets.Length} targets.", nameof(targets));
        return dataset;
    }

    /// <summary>
    /// Creates a dataset for language modeling: consecutive windows of a text, in which the next token is predicted at each position.
    /// </summary>
    /// <param name="name">The name of the dataset.</param>
    /// <param name="tokens">The text, as token numbers. The memory is kept, not copied.</param>
    /// <param name="context">Number of tokens per window.</param>
    /// <param name="vocabulary">The tokens, in the order of their numbers.</param>
    /// <param name="bytesPerToken">The bytes of a token's text on average, above 0; then the loss is told in bits per byte too. Default: null, unknown.</param>
    /// <exception cref="ArgumentException">A token number is not in the vocabulary.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The context is below 1, or the bytes of a token are not above 0.</exception>
    public static Dataset OfTokens(
        string name, ReadOnlyMemory<ushort> tokens, int context, IReadOnlyList<string> vocabulary, double? bytesPerToken = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(context, 1);
        if (bytesPerToken is { } bytes && !(bytes > 0 && double.IsFinite(bytes)))
        {
            throw new ArgumentOutOfRangeException(nameof(bytesPerToken), bytes, "The bytes of a token are a finite number above 0.");
        }

        foreach (var token in tokens.Span)
        {
            if (token >= vocabulary.Count)
            {
                throw new ArgumentException($"{name}: there is no token {token}; they go from 0 to {vocabulary.Count - 1}.", nameof(tokens));
            }
        }

        return new(name, [context], new TokenWindows(tokens, context, stride: context)) { ClassNames = [.. vocabulary], BytesPerToken = bytesPerToken };
    }

    /// <summary>The same text with a window that begins at every token, from which training samples are drawn at random.</summary>
    /// <exception cref="InvalidOperationException">The dataset is no text.</exception>
    public Dataset OverlappingWindows() => new(Name, InputShape, Windows.Overlapping()) { ClassNames = ClassNames, BytesPerToken = BytesPerToken };

    /// <summary>Creates a dataset without labels and targets: for an autoencoder, whose target is its input, or for prediction.</summary>
    /// <param name="name">The name of the dataset.</param>
    /// <param name="inputShape">The shape of one sample; its product is <c>inputs.Size</c>.</param>
    /// <param name="inputs">The samples.</param>
    /// <exception cref="ArgumentException">The shape does not fit the inputs.</exception>
    public static Dataset OfInputs(string name, IReadOnlyList<int> inputShape, Inputs inputs) => new(name, inputShape, inputs);

    /// <summary>The same dataset, which knows how its targets became what is learnt.</summary>
    internal Dataset ScaledBy(TableTarget target) => new(Name, InputShape, Inputs)
    {
        Targets = Targets,
        TargetSize = TargetSize,
        TargetScale = target.Transform == TargetTransform.None ? null : target,
    };

    /// <summary>The same labels or targets with other inputs.</summary>
    internal Dataset WithInputs(Inputs inputs) => new(Name, InputShape, inputs)
    {
        Labels = Labels,
        ClassNames = ClassNames,
        Targets = Targets,
        TargetSize = TargetSize,
        TargetScale = TargetScale,
    };

    /// <summary>Copies some rows, in the given order, to a new dataset.</summary>
    /// <param name="rows">Row numbers, 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    /// <exception cref="GradusException">The result would be longer than an array can be.</exception>
    public Dataset Select(ReadOnlySpan<int> rows) => new(Name, InputShape, Inputs.Select(rows))
    {
        Labels = Labels is null ? null : Inputs.Gather(Labels, 1, rows),
        ClassNames = ClassNames,
        Targets = Targets is null ? null : Inputs.Gather(Targets, TargetSize, rows),
        TargetSize = TargetSize,
        TargetScale = TargetScale,
        BytesPerToken = BytesPerToken,
    };

    /// <summary>The same dataset with each input number replaced by (value − mean) / deviation.</summary>
    /// <param name="mean">The mean to subtract.</param>
    /// <param name="deviation">The standard deviation to divide by, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or the deviation is not above 0.</exception>
    /// <exception cref="InvalidOperationException">The dataset is a text.</exception>
    public Dataset Normalize(double mean, double deviation) => WithInputs(Inputs.Normalize(mean, deviation));

    /// <summary>Copies the labels of some rows; for text, the next token at each position of each window.</summary>
    /// <param name="rows">Row numbers.</param>
    /// <param name="destination">At least rows × <see cref="PredictionsPerSample"/> labels.</param>
    /// <exception cref="InvalidOperationException">The dataset has no classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyLabels(ReadOnlySpan<int> rows, Span<int> destination)
    {
        var count = (long)rows.Length * PredictionsPerSample;
        if (destination.Length < count) throw new ArgumentException($"{count} labels do not fit into {destination.Length}.", nameof(destination));
        if (Inputs is TokenWindows windows)
        {
            windows.CopyTokens(rows, offset: 1, destination);
            return;
        }

        var labels = Labels ?? throw new InvalidOperationException($"{Name} has no classes.");
        for (var i = 0; i < rows.Length; i++) destination[i] = labels[Inputs.CheckRow(rows[i], Count)];
    }

    /// <summary>Copies the tokens of some windows of a text, or of some sentences, one after another.</summary>
    /// <param name="rows">The numbers of the windows or sentences.</param>
    /// <param name="destination">At least rows × <c>Inputs.Size</c> tokens.</param>
    /// <exception cref="InvalidOperationException">The dataset holds neither a text nor sentences.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTokens(ReadOnlySpan<int> rows, Span<int> destination)
    {
        if (destination.Length / Inputs.Size < rows.Length)
        {
            throw new ArgumentException($"{rows.Length} windows of {Inputs.Size} tokens do not fit into {destination.Length}.", nameof(destination));
        }

        if (Inputs is SentenceTokens sentences) sentences.CopyTokens(rows, destination);
        else Windows.CopyTokens(rows, offset: 0, destination);
    }

    /// <summary>Copies the numeric targets of some rows.</summary>
    /// <param name="rows">Row numbers.</param>
    /// <param name="destination">At least rows × <see cref="TargetSize"/> numbers.</param>
    /// <exception cref="InvalidOperationException">The dataset has no numeric targets.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTargets(ReadOnlySpan<int> rows, Span<float> destination)
    {
        var targets = Targets ?? throw new InvalidOperationException($"{Name} has no numeric targets.");
        for (var i = 0; i < rows.Length; i++)
            targets.AsSpan(Inputs.CheckRow(rows[i], Count) * TargetSize, TargetSize).CopyTo(destination[(i * TargetSize)..]);
    }

    /// <summary>
    /// Reads some samples with their targets: labels, i32 [rows]; the next tokens of text, i32 [rows · context]; numeric targets, f32 [rows, targets]; or,
    /// without labels and targets, the inputs, which an autoencoder reconstructs.
    /// </summary>
    /// <param name="rows">Row numbers.</param>
    /// <param name="epoch">Not used: the samples of a dataset in memory are the same in each epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    /// <exception cref="GradusException">They are more numbers than an array holds.</exception>
    public Labeled Read(ReadOnlySpan<int> rows, int epoch = 0)
    {
        var input = this.InputTensor(rows);
        return new(input, ClassNames is not null ? this.LabelTensor(rows) : Targets is not null ? this.TargetTensor(rows) : input);
    }

    private TokenWindows Windows => Inputs as TokenWindows ?? throw new InvalidOperationException($"{Name} is no text.");

    /// <summary>A summary: <c>iris: 120 samples [4], 3 classes</c>.</summary>
    public override string ToString() => IsText ? $"{Name}: {Length} tokens, {ClassNames!.Count} different ones, in windows of {Inputs.Size}" :
        (Inputs is SentenceTokens sentences
            ? $"{Name}: {Count} sentences of at most {Inputs.Size} words, {sentences.Vocabulary - WordVocabulary.FirstWord} different ones"
            : $"{Name}: {Count} samples {Print(InputShape)}") +
        (ClassNames is not null ? $", {ClassNames.Count} classes" : Targets is not null ? $", {TargetSize} target{(TargetSize == 1 ? "" : "s")}" : "");

    private static string Print(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";
}

/// <summary>A dataset in three parts that share no sample.</summary>
/// <param name="Train">The training set, from which a network learns.</param>
/// <param name="Validation">The validation set, by which the best weights and settings are chosen; may be empty.</param>
/// <param name="Test">The test set, on which the final result is reported; may be empty.</param>
public sealed record DataSplit(Dataset Train, Dataset Validation, Dataset Test);
