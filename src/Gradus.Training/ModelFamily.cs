using System.Globalization;

namespace Gradus.Training;

/// <summary>A family of models, such as <c>lstm</c>, and how its sizes are parsed.</summary>
/// <param name="Name">The name, before the colon: <c>lstm</c>.</param>
/// <param name="Example">An example with sizes: <c>lstm:128</c>.</param>
/// <param name="MostSizes">The maximal number of sizes; 0 where only the name is allowed.</param>
/// <param name="Make">Creates the spec from the sizes. Throws a <see cref="FormatException"/> that says what is wrong with them.</param>
internal sealed record ModelFamily(string Name, string Example, int MostSizes, Func<int[], ModelSpec> Make)
{
    private const int LargestSize = 1 << 20;

    /// <summary>Parses a text that begins with the family's name.</summary>
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

    /// <summary>The beginning of a text, for error messages: it may come from a file and be a megabyte long.</summary>
    public static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    /// <summary>Returns a number that is at most a limit.</summary>
    /// <exception cref="FormatException">The number is above the limit.</exception>
    public static int AtMost(int most, int number, string what) => number <= most ? number : throw new FormatException($"{number} {what} are more than {most}");

    private static int ParseSize(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= LargestSize
            ? size
            : throw new FormatException($"'{Short(text)}' is not a size, a whole number from 1 to {LargestSize}");

    private FormatException Wrong(string text, string reason) =>
        new($"model '{Short(text)}': {reason}; expected {(MostSizes == 0 ? "" : "a word such as ")}{Example}.");
}
