namespace Gradus.Data;

/// <summary>
/// A text as windows of tokens. Window i holds the tokens i·stride … i·stride + size − 1. One more token follows each window, so that the last token
/// has a next one too.
/// </summary>
internal sealed class TokenWindows : Inputs
{
    private readonly ReadOnlyMemory<ushort> _tokens;
    private readonly int _stride;

    public TokenWindows(ReadOnlyMemory<ushort> tokens, int size, int stride)
        : base(size, count: tokens.Length > size ? ((tokens.Length - size - 1) / stride) + 1 : 0) =>
        (_tokens, _stride) = (tokens, stride);

    /// <summary>Number of tokens in the text.</summary>
    public int Length => _tokens.Length;

    /// <summary>The same text with a window that begins at every token.</summary>
    public TokenWindows Overlapping() => new(_tokens, Size, stride: 1);

    /// <summary>Copies the tokens of some windows, one window after another. With an offset of 1, it copies the next tokens.</summary>
    public void CopyTokens(ReadOnlySpan<int> windows, int offset, Span<int> destination)
    {
        for (var index = 0; index < windows.Length; index++)
        {
            var tokens = _tokens.Span.Slice((CheckRow(windows[index], Count) * _stride) + offset, Size);
            for (var place = 0; place < Size; place++) destination[(index * Size) + place] = tokens[place];
        }
    }

    public override Inputs Select(ReadOnlySpan<int> rows)
    {
        // Each window takes the token behind it along.
        var tokens = new ushort[RowArray.Length(rows.Length, Size + 1)];
        for (var index = 0; index < rows.Length; index++)
        {
            _tokens.Span.Slice(CheckRow(rows[index], Count) * _stride, Size + 1).CopyTo(tokens.AsSpan(index * (Size + 1)));
        }

        return new TokenWindows(tokens, Size, stride: Size + 1);
    }

    /// <summary>(0, 1), since token numbers are not to be normalized.</summary>
    public override (double Mean, double Deviation) Measure() => (0, 1);

    private protected override void CopyRow(int row, Span<float> destination)
    {
        var tokens = _tokens.Span.Slice(row * _stride, Size);
        for (var place = 0; place < Size; place++) destination[place] = tokens[place];
    }

    private protected override Inputs Scale(double mean, double deviation) =>
        throw new InvalidOperationException("Tokens are names, not quantities: they cannot be normalized.");
}
