using System.Globalization;
using System.Text.RegularExpressions;

namespace Gradus.Graphs.Tests;

/// <summary>The page's colors, by the contrast of WCAG 2: 4.5 for text, 3 for lines and controls.</summary>
public partial class PaletteTests
{
    private const double Text = 4.5;
    private const double Lines = 3;

    private static readonly string[] Papers = ["page", "card"];

    [Theory]
    [InlineData(0, "light")]
    [InlineData(1, "dark")]
    [InlineData(2, "print")]
    public void Every_pair_of_colors_that_meets_has_contrast(int block, string name)
    {
        // given: what a later block leaves out is as in the first
        var blocks = Blocks.Matches(HtmlPage.Read("tokens.css"))
            .Select(static match => Colors.Matches(match.Value).ToDictionary(static color => color.Groups[1].Value, static color => color.Groups[2].Value))
            .ToArray();
        Assert.Equal(3, blocks.Length);
        string Color(string key) => blocks[block].GetValueOrDefault(key) ?? blocks[0][key];
        string[] heads = [.. blocks[0].Keys.Where(static key => key.StartsWith("head-", StringComparison.Ordinal))];
        Assert.Equal(6, heads.Length);

        // when
        (string Ink, string Paper, double Least)[] pairs =
        [
            .. ((string[])["ink", "muted", "forward", "backward", .. heads]).SelectMany(static ink => Papers.Select(paper => (ink, paper, Text))),
            ("ink", "soft", Text), ("muted", "soft", Text), ("muted", "forward-soft", Text), ("muted", "backward-soft", Text), ("ink", "forward-soft", Text),
            ("ink", "backward-soft", Text),
            ("forward", "forward-soft", Text), ("backward", "backward-soft", Text), ("forward", "soft", Text), ("backward", "soft", Text),
            .. ((string[])["wire", "control"]).SelectMany(static line => Papers.Select(paper => (line, paper, Lines))),
        ];

        // then
        Assert.All(pairs, pair => Assert.True(
            Contrast(Color(pair.Ink), Color(pair.Paper)) >= pair.Least,
            $"{name}: {pair.Ink} on {pair.Paper} has {Contrast(Color(pair.Ink), Color(pair.Paper)):F2}"));
    }

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string color)
    {
        var parts = Enumerable.Range(0, 3)
            .Select(part => int.Parse(color.AsSpan(1 + (2 * part), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(static part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex(@":root \{.*?\}", RegexOptions.Singleline)]
    private static partial Regex Blocks { get; }

    [GeneratedRegex("--([a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex Colors { get; }
}
