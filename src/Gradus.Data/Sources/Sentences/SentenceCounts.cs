namespace Gradus.Data;

/// <summary>What became of sentences on their way to tokens.</summary>
internal sealed class SentenceCounts
{
    /// <summary>Sentences whose end was cut.</summary>
    public int Cut { get; set; }

    /// <summary>Sentences none of whose words is known.</summary>
    public int Strange { get; set; }

    /// <summary>Rows without a sentence.</summary>
    public int Missing { get; set; }

    /// <summary>What to report.</summary>
    public IEnumerable<OptionMessage> Notes(TablePreprocessing preprocessing)
    {
        if (preprocessing.Words is null) yield break;
        var column = Cell.Show(preprocessing.Columns[0].Name);
        if (Cut > 0) yield return $"column {column}: {Sentences(Cut)} longer than {preprocessing.Length} words cut at the end";
        if (Strange > 0) yield return $"column {column}: {Sentences(Strange)} without a word that the model knows";
    }

    private static string Sentences(int count) => count == 1 ? "1 sentence" : $"{count} sentences";
}
