namespace Gradus.Data;

/// <summary>Samples in memory, all of one shape, with class labels, with real targets, or with neither.</summary>
/// <remarks>Immutable as long as nobody writes to the arrays it was made from. Safe to read from several threads.</remarks>
public sealed class Dataset
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

    /// <summary>What the data is called in messages and reports.</summary>
    public string Name { get; }

    /// <summary>Number of samples.</summary>
    public int Count => Inputs.Count;

    /// <summary>The shape of one sample: <c>[1, 28, 28]</c> (channels, height, width) for a picture, <c>[4]</c> for a row of a table.</summary>
    public IReadOnlyList<int> InputShape { get; }

    /// <summary>The samples' numbers.</summary>
    public Inputs Inputs { get; }

    /// <summary>The class of each sample, 0 to <see cref="ClassNames"/>.Count − 1; null where the data has no classes, and for text.</summary>
    public int[]? Labels { get; private init; }

    /// <summary>The classes by name, in the order of their numbers; of text, what may come next; null where the data has no classes.</summary>
    public IReadOnlyList<string>? ClassNames { get; private init; }

    /// <summary><see cref="Count"/> × <see cref="TargetSize"/> real targets, row by row; null where the data has none.</summary>
    public float[]? Targets { get; private init; }

    /// <summary>Real targets per sample; 0 where the data has none.</summary>
    public int TargetSize { get; private init; }

    /// <summary>Whether the samples are windows of a text, and what is told is the token that comes next at each place.</summary>
    public bool IsText => Inputs is TokenWindows;

    /// <summary>What is told of a sample: one thing, or of text a token at each place.</summary>
    public int PredictionsPerSample => IsText ? Inputs.Size : 1;

    /// <summary>What is told in all: <see cref="Count"/>, or of text its tokens, those outside of whole windows included.</summary>
    public int Length => Inputs is TokenWindows windows ? windows.Length : Count;

    /// <summary>Data for telling classes apart.</summary>
    /// <param name="name">What the data is called.</param>
    /// <param name="inputShape">The shape of one sample; its product is <c>inputs.Size</c>.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="labels">The class of each sample. Kept, not copied.</param>
    /// <param name="classNames">The classes by name.</param>
    /// <exception cref="ArgumentException">Shapes or counts disagree, or a label is no class.</exception>
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

    /// <summary>Data for predicting numbers.</summary>
    /// <param name="name">What the data is called.</param>
    /// <param name="inputShape">The shape of one sample; its product is <c>inputs.Size</c>.</param>
    /// <param name="inputs">The samples.</param>
    /// <param name="targets">samples × <paramref name="targetSize"/> numbers, row by row. Kept, not copied.</param>
    /// <param name="targetSize">Targets per sample. Default: 1.</param>
    /// <exception cref="ArgumentException">Shapes or counts disagree.</exception>
    public static Dataset OfTargets(string name, IReadOnlyList<int> inputShape, Inputs inputs, float[] targets, int targetSize = 1)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        var dataset = new Dataset(name, inputShape, inputs) { Targets = targets, TargetSize = targetSize };
        if (targets.Length != (long)inputs.Count * targetSize)
            throw new ArgumentException($"{name}: {inputs.Count} samples of {targetSize} targets each have {targets.Length} targets.", nameof(targets));
        return dataset;
    }

    /// <summary>A text, for telling at each place which token comes next, in windows that lie one after another.</summary>
    /// <param name="name">What the text is called.</param>
    /// <param name="tokens">The text: numbers of tokens. Kept, not copied.</param>
    /// <param name="context">Tokens in a window.</param>
    /// <param name="vocabulary">The tokens by name.</param>
    /// <exception cref="ArgumentException">There is no token of a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The context is below 1.</exception>
    public static Dataset OfTokens(string name, ReadOnlyMemory<ushort> tokens, int context, IReadOnlyList<string> vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(context, 1);
        foreach (var token in tokens.Span)
        {
            if (token >= vocabulary.Count)
            {
                throw new ArgumentException($"{name}: there is no token {token}; they go from 0 to {vocabulary.Count - 1}.", nameof(tokens));
            }
        }

        return new(name, [context], new TokenWindows(tokens, context, stride: context)) { ClassNames = [.. vocabulary] };
    }

    /// <summary>The same text in windows that begin at every token, to draw from at random.</summary>
    /// <exception cref="InvalidOperationException">The data is no text.</exception>
    public Dataset OverlappingWindows() => new(Name, InputShape, Windows.Overlapping()) { ClassNames = ClassNames };

    /// <summary>Samples alone: for an autoencoder, whose target is its input, or for predicting.</summary>
    /// <param name="name">What the data is called.</param>
    /// <param name="inputShape">The shape of one sample; its product is <c>inputs.Size</c>.</param>
    /// <param name="inputs">The samples.</param>
    /// <exception cref="ArgumentException">The shape does not fit the inputs.</exception>
    public static Dataset OfInputs(string name, IReadOnlyList<int> inputShape, Inputs inputs) => new(name, inputShape, inputs);

    /// <summary>The given rows as a dataset of their own (a copy), in the given order.</summary>
    /// <param name="rows">Row numbers, 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    /// <exception cref="GradusException">They are more numbers than an array holds.</exception>
    public Dataset Select(ReadOnlySpan<int> rows) => new(Name, InputShape, Inputs.Select(rows))
    {
        Labels = Labels is null ? null : Inputs.Gather(Labels, 1, rows),
        ClassNames = ClassNames,
        Targets = Targets is null ? null : Inputs.Gather(Targets, TargetSize, rows),
        TargetSize = TargetSize,
    };

    /// <summary>The same data with each input number reading as (value − mean) / deviation.</summary>
    /// <param name="mean">What becomes 0.</param>
    /// <param name="deviation">The distance from the mean that becomes 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or the deviation is not above 0.</exception>
    /// <exception cref="InvalidOperationException">The data is text.</exception>
    public Dataset Normalize(double mean, double deviation) => new(Name, InputShape, Inputs.Normalize(mean, deviation))
    {
        Labels = Labels,
        ClassNames = ClassNames,
        Targets = Targets,
        TargetSize = TargetSize,
    };

    /// <summary>Writes the labels of the given rows; of text, for each window the tokens that come next.</summary>
    /// <param name="rows">Row numbers.</param>
    /// <param name="destination">At least rows × <see cref="PredictionsPerSample"/> labels.</param>
    /// <exception cref="InvalidOperationException">The data has no classes.</exception>
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

    /// <summary>Writes the tokens of the given windows of text one after another.</summary>
    /// <param name="rows">Numbers of windows.</param>
    /// <param name="destination">At least rows × <see cref="PredictionsPerSample"/> tokens.</param>
    /// <exception cref="InvalidOperationException">The data is no text.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A window does not exist.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTokens(ReadOnlySpan<int> rows, Span<int> destination)
    {
        if (destination.Length / Inputs.Size < rows.Length)
        {
            throw new ArgumentException($"{rows.Length} windows of {Inputs.Size} tokens do not fit into {destination.Length}.", nameof(destination));
        }

        Windows.CopyTokens(rows, offset: 0, destination);
    }

    /// <summary>Writes the targets of the given rows one after another.</summary>
    /// <param name="rows">Row numbers.</param>
    /// <param name="destination">At least rows × <see cref="TargetSize"/> numbers.</param>
    /// <exception cref="InvalidOperationException">The data has no real targets.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row does not exist.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTargets(ReadOnlySpan<int> rows, Span<float> destination)
    {
        var targets = Targets ?? throw new InvalidOperationException($"{Name} has no real targets.");
        for (var i = 0; i < rows.Length; i++)
            targets.AsSpan(Inputs.CheckRow(rows[i], Count) * TargetSize, TargetSize).CopyTo(destination[(i * TargetSize)..]);
    }

    private TokenWindows Windows => Inputs as TokenWindows ?? throw new InvalidOperationException($"{Name} is no text.");

    /// <summary>For example <c>iris: 120 samples [4], 3 classes</c>.</summary>
    public override string ToString() => IsText ? $"{Name}: {Length} tokens, {ClassNames!.Count} different ones, in windows of {Inputs.Size}" :
        $"{Name}: {Count} samples {Print(InputShape)}" +
        (ClassNames is not null ? $", {ClassNames.Count} classes" : Targets is not null ? $", {TargetSize} target{(TargetSize == 1 ? "" : "s")}" : "");

    private static string Print(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";
}

/// <summary>Three datasets that share no sample: one to train on, one to choose by, one to report.</summary>
/// <param name="Train">What a network learns from.</param>
/// <param name="Valid">What decides when to stop and which settings are best; may be empty.</param>
/// <param name="Test">What is looked at once, at the end; may be empty.</param>
public sealed record DataSplit(Dataset Train, Dataset Valid, Dataset Test);
