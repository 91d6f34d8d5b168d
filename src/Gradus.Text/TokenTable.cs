using System.Collections.Frozen;

namespace Gradus.Text;

/// <summary>The tokens of a tokenizer, by their numbers from 0 to the last.</summary>
internal sealed class TokenTable
{
    /// <summary>More than any tokenizer has: so many that a damaged number does not become an allocation.</summary>
    public const int MostTokens = 1 << 20;

    private readonly FrozenSet<int> _special;

    private TokenTable(string[] tokens, Dictionary<string, int> vocabulary, Dictionary<string, int> special)
    {
        (Tokens, Vocabulary, Special) = (tokens, vocabulary, special);
        _special = special.Values.ToFrozenSet();
    }

    /// <summary>All tokens in the order of their numbers.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>The numbers of the tokens of the model itself; special ones may be beside it.</summary>
    public IReadOnlyDictionary<string, int> Vocabulary { get; }

    /// <summary>The numbers of the special tokens.</summary>
    public IReadOnlyDictionary<string, int> Special { get; }

    public bool IsSpecial(int token) => _special.Contains(token);

    /// <summary>Finds the number of a token, special or not.</summary>
    public bool TryGetNumber(string token, out int number) => Special.TryGetValue(token, out number) || Vocabulary.TryGetValue(token, out number);

    /// <summary>The table of a vocabulary and its special tokens.</summary>
    /// <exception cref="InvalidDataException">The numbers are not those from 0 to the last, each once.</exception>
    public static TokenTable Of(Dictionary<string, int> vocabulary, Dictionary<string, int> special, string file)
    {
        var tokens = new string?[vocabulary.Count + special.Keys.Count(token => !vocabulary.ContainsKey(token))];
        if (tokens.Length == 0) throw new InvalidDataException($"{file}: the vocabulary is empty.");
        foreach (var (token, number) in vocabulary.Concat(special))
        {
            if ((uint)number >= (uint)tokens.Length)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{file}: token '{PlainText.Quote(token)}' has the number {number}; {tokens.Length} tokens have those from 0 to {tokens.Length - 1}."));
            }

            if (tokens[number] is { } other && other != token)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{file}: the tokens '{PlainText.Quote(other)}' and '{PlainText.Quote(token)}' both have the number {number}."));
            }

            tokens[number] = token;
        }

        // As many numbers as tokens, each in range and no two alike: none is left out.
        return new TokenTable(tokens!, vocabulary, special);
    }
}
