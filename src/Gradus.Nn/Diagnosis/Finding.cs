using System.Text;

namespace Gradus.Nn;

/// <summary>Something that is wrong with a network, where, how much, and what to do about it.</summary>
/// <param name="Illness">What it is.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Path">The layer's or the parameter's path; empty for the network as a whole.</param>
/// <param name="Type">The layer's type; empty for a parameter and for the network as a whole.</param>
/// <param name="Figure">What was measured, and what would do.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Finding(Illness Illness, Severity Severity, string Path, string Type, string Figure, string Meaning, string Remedy)
{
    /// <summary>The illness in words: <c>vanishing gradient</c>. Set it for <see cref="Illness.Other"/>.</summary>
    /// <exception cref="ArgumentException">It is set to nothing.</exception>
    public string Name
    {
        get => field ?? InWords(Illness);
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Name));
            field = value;
        }
    }

    /// <summary>Where: <c>2 (Linear)</c>, <c>2.bias</c>; empty for the network as a whole.</summary>
    public string Place => PlaceOf(Path, Type);

    /// <summary>Three lines: what and where with the figure, the meaning, the remedy.</summary>
    public override string ToString() =>
        $"{(Severity == Severity.Advice ? "advice, " : "")}{Name}{(Place.Length > 0 ? $" at {Place}" : "")}: {Figure}\n  {Meaning}\n  Remedy: {Remedy}";

    private static string InWords(Illness illness)
    {
        var words = new StringBuilder();
        foreach (var letter in illness.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    internal static string PlaceOf(string path, string type) => path.Length == 0 ? type : type.Length == 0 ? path : $"{path} ({type})";
}
