namespace Gradus.Data;

/// <summary>Sentences as token numbers, all of one length; what is shorter ends with zeros.</summary>
/// <param name="tokens">sentences × length numbers, sentence by sentence.</param>
/// <param name="length">Number of tokens in a sentence.</param>
/// <param name="vocabulary">How many different tokens there are.</param>
internal sealed class SentenceTokens(ushort[] tokens, int length, int vocabulary) : Inputs(length, CountOf(tokens.Length, length))
{
    public int Vocabulary => vocabulary;

    /// <summary>Copies the tokens of some sentences, one sentence after another.</summary>
    public void CopyTokens(ReadOnlySpan<int> rows, Span<int> destination)
    {
        for (var index = 0; index < rows.Length; index++)
        {
            var sentence = Of(CheckRow(rows[index], Count));
            for (var place = 0; place < Size; place++) destination[(index * Size) + place] = sentence[place];
        }
    }

    public override Inputs Select(ReadOnlySpan<int> rows) => new SentenceTokens(Gather(tokens, Size, rows), Size, vocabulary);

    /// <summary>(0, 1), since token numbers are not to be normalized.</summary>
    public override (double Mean, double Deviation) Measure() => (0, 1);

    private protected override void CopyRow(int row, Span<float> destination)
    {
        var sentence = Of(row);
        for (var place = 0; place < Size; place++) destination[place] = sentence[place];
    }

    private protected override Inputs Scale(double mean, double deviation) =>
        throw new InvalidOperationException("Words are names, not quantities: they cannot be normalized.");

    private ReadOnlySpan<ushort> Of(int row) => tokens.AsSpan(row * Size, Size);
}
