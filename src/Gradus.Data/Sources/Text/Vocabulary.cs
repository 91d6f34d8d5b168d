using System.Collections.Frozen;
using System.Text;

namespace Gradus.Data;

/// <summary>The characters that a text is made of, and their numbers. A character is a Unicode code point.</summary>
public sealed class Vocabulary
{
    // An error message shows this many of the characters that are known.
    private const int Shown = 200;

    private readonly FrozenDictionary<Rune, int> _numbers;

    /// <summary>A vocabulary of these characters, numbered from 0 in this order.</summary>
    /// <exception cref="ArgumentException">There is none, one is not a single character, or one comes twice.</exception>
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

            if (!numbers.TryAdd(rune, numbers.Count)) throw new ArgumentException($"{Show(rune)} is there twice.", nameof(characters));
        }

        if (numbers.Count == 0) throw new ArgumentException("A vocabulary has at least one character.", nameof(characters));
        _numbers = numbers.ToFrozenDictionary();
    }

    /// <summary>The characters in the order of their numbers.</summary>
    public IReadOnlyList<string> Characters { get; }

    /// <summary>The number of characters.</summary>
    public int Count => Characters.Count;

    /// <summary>The numbers of a text's characters.</summary>
    /// <exception cref="FormatException">Some are not known; the message names them and those that are.</exception>
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

    /// <summary>The text of some numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no character of a number.</exception>
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

    /// <summary>The characters, those that cannot be seen written as <c>\n</c> or <c>\u{7}</c>.</summary>
    public override string ToString()
    {
        var shown = string.Concat(Characters.Take(Shown).Select(static character => Escape(Rune.GetRuneAt(character, 0))));
        return Count <= Shown ? shown : $"{shown}… ({Count} in all)";
    }

    /// <summary>Whether a character is known, and its number.</summary>
    internal bool TryGetNumber(Rune character, out int number) => _numbers.TryGetValue(character, out number);

    /// <summary>What an error says of characters that are not known.</summary>
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
