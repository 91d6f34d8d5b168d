using Gradus.Data;

namespace Gradus.Training;

/// <summary>The kind of samples that a network takes.</summary>
public enum DataForm
{
    /// <summary>A row of numbers: [features].</summary>
    Table,

    /// <summary>A sequence of vectors: [time, features].</summary>
    Sequence,

    /// <summary>A picture: [channels, height, width].</summary>
    Picture,

    /// <summary>
    /// A sequence of token numbers: [time]. The network predicts the next token at each position, by logits: [batch, time] → [batch, time,
    /// vocabulary].
    /// </summary>
    Text,

    /// <summary>A sentence of token numbers, 0 behind its last word: [words]. The network tells what it is.</summary>
    Sentence,
}

/// <summary>The sizes that a network is built for.</summary>
/// <param name="Form">The kind of samples.</param>
/// <param name="InputShape">The shape of one sample.</param>
/// <param name="Outputs">
/// Number of outputs: the classes, the tokens of the vocabulary, the numeric targets, or for an autoencoder the numbers of a sample.
/// </param>
public sealed record ModelData(DataForm Form, IReadOnlyList<int> InputShape, int Outputs)
{
    /// <summary>How many different tokens there are in sentences; for other samples without effect. Default: 0.</summary>
    public int TokenCount { get; init; }

    /// <summary>Of a row of a table the inputs, from 0, that are 0 or 1 for a category; the others are numbers. Default: none.</summary>
    public IReadOnlyList<int> Categories { get; init; } = [];

    /// <summary>Whether the outputs are classes of which one is right. Default: false.</summary>
    public bool AreClasses { get; init; }

    /// <summary>Number of numbers in one sample.</summary>
    public int Inputs => checked((int)InputShape.Aggregate(1L, static (product, size) => product * size));

    /// <summary>Number of features per time step of a sequence; of a picture, whose rows are the steps, channels × width.</summary>
    internal int StepInputs => Form == DataForm.Picture ? checked(InputShape[0] * InputShape[2]) : InputShape[1];

    /// <summary>A sample of zeros, as the network takes it.</summary>
    internal Tensor Zeros() => Tensor.Zeros(Shape.Create([1, .. InputShape]), Form is DataForm.Text or DataForm.Sentence ? DType.Int64 : DType.Float32);

    /// <summary>The sizes for samples of a shape: one dimension is a table, two a sequence, three a picture.</summary>
    public static ModelData Of(IReadOnlyList<int> inputShape, int outputs)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var form = inputShape.Count switch { 2 => DataForm.Sequence, 3 => DataForm.Picture, _ => DataForm.Table };
        return new ModelData(form, inputShape, outputs);
    }

    /// <summary>The sizes for sentences.</summary>
    /// <param name="inputShape">The shape of one: [words].</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="tokens">How many different tokens there are.</param>
    public static ModelData OfSentences(IReadOnlyList<int> inputShape, int outputs, int tokens) =>
        new(DataForm.Sentence, inputShape, outputs) { TokenCount = tokens };

    /// <summary>The sizes for a dataset. One without labels and targets is for an autoencoder.</summary>
    public static ModelData Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.IsText) return new ModelData(DataForm.Text, data.InputShape, data.ClassNames!.Count);
        var outputs = data.ClassNames?.Count ?? (data.Targets is null ? data.Inputs.Size : data.TargetSize);
        var sizes = data.IsSentences ? OfSentences(data.InputShape, outputs, data.TokenCount) : Of(data.InputShape, outputs);
        return sizes with { AreClasses = data.ClassNames is not null };
    }

    /// <summary>The same sizes, which tell the categories of a table.</summary>
    internal ModelData With(TablePreprocessing? table)
    {
        if (table is null || Form != DataForm.Table) return this;
        var categories = new List<int>();
        var first = 0;
        foreach (var column in table.Columns)
        {
            if (column.Kind == ColumnKind.Text) categories.AddRange(Enumerable.Range(first, column.Width));
            first += column.Width;
        }

        return this with { Categories = categories };
    }

    /// <summary>The kind and shape as error messages tell them: <c>pictures [1,28,28]</c>.</summary>
    public override string ToString()
    {
        var form = Form switch
        {
            DataForm.Table => "rows of a table",
            DataForm.Sequence => "sequences",
            DataForm.Picture => "pictures",
            DataForm.Text => "text",
            _ => "sentences",
        };
        return $"{form} [{string.Join(",", InputShape)}]";
    }
}
