using System.Globalization;
using Gradus.Cli.Commands;
using Gradus.Graphs;
using Gradus.Training;
using Spectre.Console;

namespace Gradus.Cli.Output;

/// <summary>Attributions of a sample, for people and for programs.</summary>
internal static class AttributionOutput
{
    /// <summary>One line of JSON; attributions in the shape of the sample.</summary>
    public static string Json(ExplainedSample sample, IReadOnlyList<SampleAttribution> answers) => JsonLine.Of(json =>
    {
        json.WriteNumber(sample.RowName, sample.Number);
        if (sample.Label is { } label) json.WriteString("label", label);
        if (sample.Classes is { } classes)
        {
            json.WriteString("class", classes[sample.Best]);
            JsonLine.Real(json, "probability", sample.Values[sample.Best]);
        }
        else
        {
            JsonLine.Real(json, "value", sample.Values[sample.Best]);
        }

        json.WriteString("explained", sample.Asked);
        JsonLine.Real(json, "score", sample.Score);
        if (answers.FirstOrDefault(static answer => answer.Completeness is not null)?.Completeness is { } completeness)
        {
            JsonLine.Real(json, "baseline_score", completeness.BaselineScore);
            JsonLine.Real(json, "gap", completeness.Gap);
        }

        if (sample is { IsSentence: true, InputNames: { } words })
        {
            json.WriteStartArray("words");
            foreach (var word in words) json.WriteStringValue(word);
            json.WriteEndArray();
        }

        json.WriteStartObject("attributions");
        foreach (var answer in answers)
        {
            json.WritePropertyName(answer.Word);
            EventJson.Numbers(json, answer.Values.ToArray<float>(), answer.Values.Shape.AsSpan());
        }

        json.WriteEndObject();
    });

    /// <summary>What the model says, and a table: of a row, what each column did; of anything larger, the range of each method.</summary>
    public static void Print(ExplainedSample sample, IReadOnlyList<SampleAttribution> answers)
    {
        Console.Out.WriteLine(PlainText.Of(sample.Title));
        AnsiConsole.Write(sample.InputNames is not { } names ? Ranges(answers) : sample.IsSentence ? Words(answers, names) : Columns(sample, answers, names));
        if (answers.FirstOrDefault(static answer => answer.Completeness is not null)?.Completeness is { } completeness)
        {
            Console.Out.WriteLine(FormattableString.Invariant(
                $"integrated gradients add up to {sample.Score:G5} − {completeness.BaselineScore:G5}, the score less that of the baseline, but for ") +
                    FormattableString.Invariant($"{completeness.Gap:G2}"));
        }
    }

    /// <summary>A row for each input of a table, the most important by the last method first.</summary>
    private static Table Columns(ExplainedSample sample, IReadOnlyList<SampleAttribution> answers, IReadOnlyList<string> names)
    {
        var inputs = sample.Input.ToArray<float>();
        var values = answers.Select(static answer => answer.Values.ToArray<float>()).ToArray();
        var table = Headed(["column", "standardized", .. answers.Select(static answer => answer.Title)]);
        foreach (var index in Enumerable.Range(0, names.Count).OrderByDescending(index => Math.Abs(values[^1][index])))
        {
            table.AddRow([Markup.Escape(PlainText.Of(names[index])), Number(inputs[index]), .. values.Select(of => Number(of[index]))]);
        }

        return table;
    }

    /// <summary>A row for each word of a sentence, as they stand in it.</summary>
    private static Table Words(IReadOnlyList<SampleAttribution> answers, IReadOnlyList<string> words)
    {
        var values = answers.Select(static answer => answer.Values.ToArray<float>()).ToArray();
        var table = Headed(["word", .. answers.Select(static answer => answer.Title)]);
        for (var place = 0; place < words.Count; place++)
            table.AddRow([Markup.Escape(PlainText.Of(words[place])), .. values.Select(of => Number(of[place]))]);
        return table;
    }

    private static Table Ranges(IReadOnlyList<SampleAttribution> answers)
    {
        var table = Headed(["method", "least", "greatest", "sum", "strongest at"]);
        foreach (var answer in answers)
        {
            var values = answer.Values.ToArray<float>();
            var strongest = (int)answer.Values.Abs().ArgMax().Item();
            table.AddRow(Markup.Escape(answer.Title), Number(values.Min()), Number(values.Max()), Number(values.Sum(static value => (double)value)),
                Place(strongest, answer.Values.Shape.AsSpan()));
        }

        return table;
    }

    private static Table Headed(IReadOnlyList<string> titles)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(titles[0]).NoWrap());
        foreach (var title in titles.Skip(1)) table.AddColumn(new TableColumn(title).RightAligned());
        return table;
    }

    /// <summary>Position in an array, row by row: <c>12, 9</c>. Axes of one position are left out.</summary>
    private static string Place(int index, ReadOnlySpan<int> sizes)
    {
        var places = new List<int>();
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            if (sizes[axis] > 1) places.Insert(0, index % sizes[axis]);
            index /= sizes[axis];
        }

        return string.Join(", ", places);
    }

    private static string Number(double number) => NumberText.Unsigned(number).ToString("G4", CultureInfo.InvariantCulture);
}
