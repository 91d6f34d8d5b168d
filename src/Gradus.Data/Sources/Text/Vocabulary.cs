using System.Collections.Frozen;
using System.Text;

namespace Gradus.Data;

/// <summary>The characters of a text and their token numbers. A character is a Unicode code point.</summary>
public sealed class Vocabulary
{
    // An error message shows this many of the characters that are known.
    private const int Shown = 200;

    private readonly FrozenDictionary<Rune, int> _numbers;

    /// <summary>Creates a vocabulary of these characters, numbered from 0 in this order.</summary>
    /// <exception cref="ArgumentException">There is no character, a text is not a single character, or a character is repeated.</exception>
    public Vocabulary(IEnumerable<string> characters)
    {
        ArgumentNullException.ThrowIfNull(characters);
        Characters = [.. characters];
        var numbers = new Dictionary<Rune, int>();
        foreach (var text in Characters)
        {
            if (text?.EnumerateRunes().ToArray() is not [var rune] || rune.ToString() != text)
            {
                throw new ArgumentException($"'{text}' is not one character.", nameof(characters));
            }

            if (!numbers.TryAdd(rune, numbers.Count)) throw new ArgumentException($"{Show(rune)} is repeated.", nameof(characters));
        }

        if (numbers.Count == 0) throw new ArgumentException("A vocabulary has at least one character.", nameof(characters));
        _numbers = numbers.ToFrozenDictionary();
    }

    /// <summary>The characters in the order of their numbers.</summary>
    public IReadOnlyList<string> Characters { get; }

    /// <summary>The number of characters.</summary>
    public int Count => Characters.Count;

    /// <summary>The token numbers of a text.</summary>
    /// <exception cref="FormatException">A character is not in the vocabulary. The message lists such characters and the vocabulary.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<int>(text.Length);
        var unknown = new List<Rune>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (_numbers.TryGetValue(rune, out var number)) tokens.Add(number);
            else if (!unknown.Contains(rune)) unknown.Add(rune);
        }

        return unknown.Count == 0 ? [.. tokens] : throw new FormatException(Unknown([.. unknown]));
    }

    /// <summary>The text of token numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is not in the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder(tokens.Length);
        foreach (var token in tokens)
        {
            text.Append((uint)token < (uint)Count
                ? Characters[token]
                : throw new ArgumentOutOfRangeException(nameof(tokens), token, $"There are {Count} characters, numbered from 0."));
        }

        return text.ToString();
    }

    /// <summary>All characters. Invisible ones are written as <c>\n</c> or <c>\u{7}</c>.</summary>
    public override string ToString()
    {
        var shown = string.Concat(Characters.Take(Shown).Select(static character => Escape(Rune.GetRuneAt(character, 0))));
        return Count <= Shown ? shown : $"{shown}… ({Count} in all)";
    }

    /// <summary>Finds the number of a character. Returns false if it is not in the vocabulary.</summary>
    internal bool TryGetNumber(Rune character, out int number) => _numbers.TryGetValue(character, out number);

    /// <summary>The error message for characters that are not in the vocabulary.</summary>
    internal string Unknown(params ReadOnlySpan<Rune> characters)
    {
        var names = new List<string>();
        foreach (var character in characters) names.Add(Show(character));
        return $"{string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", …" : "")} " +
            $"{(names.Count == 1 ? "is" : "are")} not among the characters that are known: {this}";
    }

    private static string Show(Rune character) => $"'{Escape(character)}'";

    private static string Escape(Rune character) => character.Value switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ => Rune.IsControl(character) ? $@"\u{{{character.Value:X}}}" : character.ToString(),
    };
}
