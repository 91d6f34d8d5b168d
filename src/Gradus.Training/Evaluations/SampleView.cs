using System.Globalization;
using Gradus.Data;
using Gradus.Formats;

namespace Gradus.Training;

/// <summary>Samples as a person looks at them: a picture, the cells of a row, a text; and what the model says of each.</summary>
/// <param name="model">The model.</param>
/// <param name="data">A few samples.</param>
internal sealed class SampleView(TrainedModel model, Dataset data)
{
    private const int MostCells = 12;
    private const int MostTargets = 8;
    private const int LongestText = 300;
    private const int LargestPicture = 96;

    private readonly float[] _inputs = data.IsText ? [] : data.InputTensor([.. Enumerable.Range(0, data.Count)]).ToArray<float>();

    // Of a text the window itself is looked at, not what is said of each of its tokens.
    private readonly float[] _outputs = data.IsText ? [] : [.. Evaluation.Predict(model.Network, data).SelectMany(batch => model.ToPredictions(batch.Outputs))];

    public SampleResult Of(int row)
    {
        if (data.IsText) return new SampleResult { Row = row, Text = TextOf(row) };
        var outputs = Part(_outputs, row);
        var inputs = Part(_inputs, row);
        var result = new SampleResult { Row = row, Picture = PictureOf(inputs), Cells = CellsOf(inputs), Text = SentenceOf(inputs) };
        if (data.Labels is { } labels)
        {
            var isDecided = !outputs.Any(float.IsNaN);
            var best = Array.IndexOf(outputs, outputs.Max());
            return result with
            {
                Actual = data.ClassNames![labels[row]],
                Predicted = isDecided ? data.ClassNames[best] : null,
                Probability = isDecided ? outputs[best] : null,
            };
        }

        if (data.Targets is null) return result with { Reconstruction = PictureOf(outputs) };
        var targets = model.ToTargets(data, [row]);
        return result with
        {
            Targets = [.. targets.Zip(outputs).Take(MostTargets)
                .Select(static pair => new TargetPoint(pair.First, float.IsFinite(pair.Second) ? pair.Second : null))],
        };
    }

    private float[] Part(float[] numbers, int row)
    {
        var size = numbers.Length / data.Count;
        return numbers[(row * size)..((row + 1) * size)];
    }

    private double Pixel(float value) => (value * model.Record.InputDeviation) + model.Record.InputMean;

    /// <summary>A picture of one or three channels, of a large one every so many pixels; null of other samples.</summary>
    private string? PictureOf(float[] numbers)
    {
        if (data.InputShape is not [1 or 3, var height, var width] || numbers.Length != data.Inputs.Size) return null;
        var channels = data.InputShape[0];
        var every = (Math.Max(height, width) + LargestPicture - 1) / LargestPicture;
        var (rows, columns) = ((height + every - 1) / every, (width + every - 1) / every);
        var values = Array.ConvertAll(numbers, Pixel);
        // Pixels lie between 0 and 1. Arrays may hold anything; what an autoencoder gives back is to be compared with its input.
        var (low, high) = model.Reconstructs ? (0, 1) : (Math.Min(0, values.Min()), Math.Max(1, values.Max()));
        var pixels = new byte[rows * columns * channels];
        for (var index = 0; index < pixels.Length; index++)
        {
            var (y, x, channel) = (index / channels / columns * every, index / channels % columns * every, index % channels);
            var value = (values[(((channel * height) + y) * width) + x] - low) / (high - low);
            pixels[index] = double.IsNaN(value) ? (byte)0 : (byte)Math.Round(255 * Math.Clamp(value, 0, 1));
        }

        return Convert.ToBase64String(PngFile.Bytes(pixels, columns, channels));
    }

    private SampleCell[]? CellsOf(float[] inputs)
    {
        if (data.InputShape.Count != 1 || model.Table?.Words is not null) return null;
        if (model.Table is not { } table)
        {
            return [.. inputs.Take(MostCells).Select((value, index) => new SampleCell(FormattableString.Invariant($"x{index}"), Number(Pixel(value))))];
        }

        var cells = new List<SampleCell>();
        var start = 0;
        foreach (var column in table.Columns.Take(MostCells))
        {
            cells.Add(new SampleCell(column.Title, column.Kind == ColumnKind.Number
                ? column.Word((inputs[start] * column.Deviation) + column.Mean)
                : CategoryOf(column, inputs.AsSpan(start, column.Width))));
            start += column.Width;
        }

        return [.. cells];
    }

    private static string CategoryOf(TableColumn column, ReadOnlySpan<float> marks)
    {
        var best = marks.IndexOfAnyExceptInRange(float.NegativeInfinity, 0.5f);
        if (best < 0) return "(other)";
        return column.Categories[best].Length == 0 ? "(missing)" : PlainText.Quote(column.Categories[best]);
    }

    private string TextOf(int row)
    {
        var tokens = new int[data.PredictionsPerSample];
        data.CopyTokens([row], tokens);
        return Shortened(model.Tokenizer?.Decode(tokens) ?? string.Concat(tokens.Select(token => data.ClassNames![token])));
    }

    /// <summary>The words of a sentence; null of other samples.</summary>
    private string? SentenceOf(float[] tokens) => model.Table?.Words is not { } words ? null
        : Shortened(string.Join(' ', tokens.Where(static token => token != WordVocabulary.Padding).Select(token => words.WordOf((int)token))));

    private static string Shortened(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
