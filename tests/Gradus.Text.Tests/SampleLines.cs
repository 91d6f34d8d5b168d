using System.Text;

namespace Gradus.Text.Tests;

/// <summary>Lines of all scripts and signs, the same ones each time.</summary>
internal static class SampleLines
{
    private static readonly (int From, int To)[] Ranges =
    [
        (0x20, 0x7E), (0x20, 0x7E), (0x61, 0x7A), (0x61, 0x7A), (0x30, 0x39), (0xA0, 0xFF), (0x100, 0x17F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF),
        (0x5D0, 0x5EA), (0x620, 0x64A), (0x900, 0x97F), (0xE00, 0xE3A), (0x2000, 0x206F), (0x2190, 0x22FF), (0x3040, 0x30FF), (0x4E00, 0x9FFF),
        (0xAC00, 0xD7A3),
        (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F300, 0x1F6FF), (0x20000, 0x2A6DF), (0x0, 0x1F),
    ];

    private static readonly string[] Words =
        ["don't", "I'll", " we've", "THE", "  ", "\t", "\r\n", "2,000.50", "https://example.org/?q=a&b", "'s", "<|endoftext|>", "naïve"];

    public static IEnumerable<string> Make(int count, int seed)
    {
        var random = new Random(seed);
        for (var line = 0; line < count; line++)
        {
            var text = new StringBuilder();
            for (var run = random.Next(1, 8); run > 0; run--)
            {
                if (random.Next(4) == 0) text.Append(Words[random.Next(Words.Length)]);
                var (from, to) = Ranges[random.Next(Ranges.Length)];
                for (var letters = random.Next(1, 12); letters > 0; letters--) text.Append(new Rune(random.Next(from, to + 1)));
                if (random.Next(2) == 0) text.Append(' ');
            }

            yield return text.ToString();
        }
    }
}
