using System.Globalization;

namespace Gradus.Training;

/// <summary>The models that one name stands for, and how their sizes are read.</summary>
/// <param name="Name">What stands before the colon: <c>lstm</c>.</param>
/// <param name="Example">A whole word: <c>lstm:128</c>.</param>
/// <param name="MostSizes">How many sizes there may be; 0 for a name alone.</param>
/// <param name="Make">From the sizes to the spec. Says by a <see cref="FormatException"/> what is wrong with them.</param>
internal sealed record ModelFamily(string Name, string Example, int MostSizes, Func<int[], ModelSpec> Make)
{
    private const int LargestSize = 1 << 20;

    /// <summary>Reads a word that begins with the family's name.</summary>
    /// <exception cref="FormatException">The sizes are wrong.</exception>
    public ModelSpec Parse(string text)
    {
        var sizes = text.Length > Name.Length ? text[(Name.Length + 1)..].Split(',') : [];
        if (sizes.Length > MostSizes) throw Wrong(text, MostSizes == 0 ? "it takes no sizes" : $"more than {MostSizes} {(MostSizes == 1 ? "size" : "sizes")}");
        try
        {
            return Make([.. sizes.Select(ParseSize)]);
        }
        catch (FormatException exception)
        {
            throw Wrong(text, exception.Message);
        }
    }

    /// <summary>A word as an error message repeats it: it may come from a file, and be a megabyte.</summary>
    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    /// <summary>A number within its bound.</summary>
    /// <exception cref="FormatException">It is above.</exception>
    public static int AtMost(int most, int number, string what) => number <= most ? number : throw new FormatException($"{number} {what} are more than {most}");

    private static int ParseSize(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= LargestSize
            ? size
            : throw new FormatException($"'{Short(text)}' is not a size, a whole number from 1 to {LargestSize}");

    private FormatException Wrong(string text, string reason) =>
        new($"model '{Short(text)}': {reason}; expected {(MostSizes == 0 ? "" : "a word such as ")}{Example}.");
}
