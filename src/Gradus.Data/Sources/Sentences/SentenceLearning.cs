namespace Gradus.Data;

/// <summary>From a column of sentences to token numbers.</summary>
internal static class SentenceLearning
{
    // Where nothing is said of the length: so many sentences in a hundred are not cut, and none is longer than this.
    private const int Percent = 99;
    private const int LongestByDefault = 256;

    /// <summary>The words and the length of sentences, from the training rows alone.</summary>
    /// <exception cref="InvalidDataException">No word occurs twice.</exception>
    public static (WordVocabulary Words, int Length) Learn(TableOrigin origin, RawColumn column, int[] train, TableOptions options)
    {
        var sentences = Array.ConvertAll(train, row => WordTokenizer.Split(TextOf(column, row)));
        var words = WordVocabulary.Learn(sentences, options.MaxWords);
        if (words.Words.Count == 0)
        {
            throw OptionMessage.InvalidData($"{origin}: column {Cell.Show(column.Plan.Name)}: no word occurs twice in the {train.Length} training rows, " +
                $"so that nothing can be learnt from words. Name a column of sentences with {Advice.Text()}.");
        }

        return (words, options.Length ?? LengthOf(sentences));
    }

    /// <summary>The tokens of some rows. A missing sentence is an empty one.</summary>
    /// <param name="origin">The table.</param>
    /// <param name="column">The column of sentences.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="preprocessing">The words and the length.</param>
    /// <param name="counts">What happened on the way.</param>
    /// <exception cref="InvalidDataException">They do not fit into memory.</exception>
    public static Inputs Encode(TableOrigin origin, RawColumn column, ReadOnlySpan<int> rows, TablePreprocessing preprocessing, SentenceCounts counts)
    {
        var (vocabulary, length) = (preprocessing.Words!, preprocessing.Length);
        if ((long)rows.Length * length > Array.MaxLength)
        {
            throw OptionMessage.InvalidData($"{origin}: {rows.Length} sentences of {length} words do not fit into memory. " +
                $"Cut them to fewer with {new OptionHint(nameof(TableOptions.Length))}.");
        }

        var tokens = new ushort[rows.Length * length];
        for (var index = 0; index < rows.Length; index++)
        {
            var words = WordTokenizer.Split(TextOf(column, rows[index]));
            var count = Math.Min(length, words.Count);
            var known = 0;
            for (var place = 0; place < count; place++)
            {
                var token = vocabulary.NumberOf(words[place]);
                if (token != WordVocabulary.Unknown) known++;
                tokens[(index * length) + place] = (ushort)token;
            }

            if (words.Count > length) counts.Cut++;
            if (count > 0 && known == 0) counts.Strange++;
            if (column.IsMissing(rows[index])) counts.Missing++;
        }

        return new SentenceTokens(tokens, length, vocabulary.Count);
    }

    private static string TextOf(RawColumn column, int row) => column.IsMissing(row) ? "" : column.Texts[column.Codes[row]];

    private static int LengthOf(IReadOnlyList<string>[] sentences)
    {
        var lengths = Array.ConvertAll(sentences, static words => words.Count);
        Array.Sort(lengths);
        var rank = (int)((((long)lengths.Length * Percent) + 99) / 100);
        return Math.Clamp(lengths[rank - 1], 1, LongestByDefault);
    }
}
