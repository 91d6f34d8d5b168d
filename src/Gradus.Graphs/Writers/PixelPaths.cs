using System.Globalization;
using System.Text;

namespace Gradus.Graphs;

/// <summary>
/// Pixels as SVG paths, one for all pixels of a color, with runs in a row as one stroke: a digit takes some kilobytes, and the page's style colors it.
/// </summary>
internal static class PixelPaths
{
    /// <summary>Steps from nothing to the full color.</summary>
    public const int LevelCount = 16;

    // Of a photograph, colors of four bits for each of red, green and blue.
    private const int ColorSteps = 15;

    /// <summary>How opaque a level is.</summary>
    public static string Opacity(int level) => ((double)level / LevelCount).ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>The pixels by level, in the class of what is above zero or below it. What rounds to zero is left to the page.</summary>
    public static string Levels(PixelGrid grid, string above, string below)
    {
        var paths = new StringBuilder();
        foreach (var (level, path) in Runs(grid, (row, column) => (int)Math.Round(grid[row, column] * LevelCount)))
        {
            if (level != 0) paths.Append($"<path class=\"{(level > 0 ? above : below)}\" fill-opacity=\"{Opacity(Math.Abs(level))}\" d=\"{path}\"/>");
        }

        return paths.ToString();
    }

    /// <summary>The pixels in their own colors.</summary>
    public static string Colors(PixelGrid grid)
    {
        var (colors, size) = (grid.Colors!, grid.Height * grid.Width);
        var paths = new StringBuilder();
        foreach (var (color, path) in Runs(grid, (row, column) => (Step(row, column, 0) << 8) | (Step(row, column, 1) << 4) | Step(row, column, 2)))
        {
            paths.Append($"<path fill=\"#{color.ToString("x3", CultureInfo.InvariantCulture)}\" d=\"{path}\"/>");
        }

        return paths.ToString();

        int Step(int row, int column, int channel) => (int)Math.Round(colors[(channel * size) + (row * grid.Width) + column] * ColorSteps);
    }

    /// <summary>The lines between pixels below one half and those above.</summary>
    public static string Outline(PixelGrid grid)
    {
        var path = new StringBuilder();
        for (var row = 0; row <= grid.Height; row++)
        {
            Lines(grid.Width, column => IsInk(row, column) != IsInk(row - 1, column), (from, length) => path.Append($"M{from} {row}h{length}"));
        }

        for (var column = 0; column <= grid.Width; column++)
        {
            Lines(grid.Height, row => IsInk(row, column) != IsInk(row, column - 1), (from, length) => path.Append($"M{column} {from}v{length}"));
        }

        return path.ToString();

        // Ink that reaches the border has no outline there.
        bool IsInk(int row, int column) => grid[Math.Clamp(row, 0, grid.Height - 1), Math.Clamp(column, 0, grid.Width - 1)] >= 0.5;
    }

    /// <summary>A path for each key, of rectangles one pixel high over neighbors in a row with that key; keys in ascending order.</summary>
    private static SortedDictionary<int, StringBuilder> Runs(PixelGrid grid, Func<int, int, int> keyOf)
    {
        var paths = new SortedDictionary<int, StringBuilder>();
        for (var row = 0; row < grid.Height; row++)
        {
            for (int from = 0, to; from < grid.Width; from = to)
            {
                var key = keyOf(row, from);
                for (to = from + 1; to < grid.Width && keyOf(row, to) == key; to++)
                {
                }

                if (!paths.TryGetValue(key, out var path)) paths.Add(key, path = new StringBuilder());
                path.Append(CultureInfo.InvariantCulture, $"M{from} {row}h{to - from}v1h-{to - from}z");
            }
        }

        return paths;
    }

    private static void Lines(int length, Func<int, bool> isLine, Action<int, int> draw)
    {
        for (var from = 0; from < length; from++)
        {
            if (!isLine(from)) continue;
            var to = from + 1;
            while (to < length && isLine(to)) to++;
            draw(from, to - from);
            from = to;
        }
    }
}
