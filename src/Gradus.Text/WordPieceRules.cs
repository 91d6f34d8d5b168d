namespace Gradus.Text;

/// <summary>What happens to a text before its words are cut into pieces.</summary>
internal sealed record WordPieceRules
{
    /// <summary>Whether letters are made small.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Whether accents are taken off letters.</summary>
    public bool StripAccents { get; init; } = true;

    /// <summary>Whether each Chinese character is a word.</summary>
    public bool SplitChinese { get; init; } = true;

    /// <summary>The longest word that is cut into pieces; a longer one is unknown.</summary>
    public int LongestWord { get; init; } = 100;

    /// <summary>The token for a word that the pieces do not make up.</summary>
    public string Unknown { get; init; } = "[UNK]";
}
