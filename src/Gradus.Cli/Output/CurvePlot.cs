using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Gradus.Cli.Output;

/// <summary>Curves over the steps of a run: in a terminal of dots (braille characters), elsewhere of plain letters.</summary>
/// <param name="first">The first step at the left.</param>
/// <param name="last">The last step at the right.</param>
/// <param name="width">Characters in a line of the curve; 10 more stand before it. Default: 70.</param>
/// <param name="height">Lines of the curve. Default: 8.</param>
internal sealed class CurvePlot(long first, long last, int width = 70, int height = 8)
{
    private const int LabelWidth = 9;

    // A loss that falls to a hundredth would lie on the floor for most of its steps.
    private const double LargestLinearRatio = 100;

    // Dots of a braille character: two beside each other, four below.
    private const int DotsAcross = 2, DotsDown = 4;

    private static readonly string[] Colors = ["blue", "red"];
    private static readonly char[] Letters = ['*', 'o'];

    private readonly List<double[]> _curves = [];

    /// <summary>The points of a curve as it is drawn: the mean of the steps that fall into each column, NaN where none do.</summary>
    public IReadOnlyList<double> Add(IReadOnlyList<long> steps, IReadOnlyList<double> values)
    {
        var (sums, counts) = (new double[Columns], new int[Columns]);
        for (var index = 0; index < values.Count; index++)
        {
            if (!double.IsFinite(values[index]) || steps[index] < first || steps[index] > last) continue;
            var column = ColumnOf(steps[index]);
            sums[column] += values[index];
            counts[column]++;
        }

        var curve = sums.Zip(counts, static (sum, count) => count == 0 ? double.NaN : sum / count).ToArray();
        _curves.Add(curve);
        return curve;
    }

    /// <summary>The middle step of a column of a curve.</summary>
    public long StepOf(int column) => first + ((((2 * column) + 1) * (last - first)) / (2 * Columns));

    /// <summary>
    /// Prints the curves, with the range of their values at the left and that of the steps below; on a logarithmic scale where the range is wide.
    /// </summary>
    public void Print()
    {
        var isPlain = Console.IsOutputRedirected;
        foreach (var line in Lines(isPlain))
        {
            if (isPlain) Console.Out.WriteLine(line.TrimEnd());
            else AnsiConsole.MarkupLine(line);
        }
    }

    /// <summary>The lines that <see cref="Print"/> prints: plain text, or markup; none where there is no finite value.</summary>
    public IEnumerable<string> Lines(bool isPlain)
    {
        var values = _curves.SelectMany(static curve => curve).Where(double.IsFinite).ToArray();
        if (values.Length == 0) yield break;
        var (low, high) = (values.Min(), values.Max());
        var isLogarithmic = low > 0 && high / low > LargestLinearRatio;
        double[][] curves = [.. _curves.Select(curve => isLogarithmic ? [.. curve.Select(static value => Math.Log(value))] : curve)];
        var range = isLogarithmic ? (Math.Log(low), Math.Log(high)) : (low, high);
        for (var row = 0; row < height; row++)
        {
            var label = row == 0 ? Number(high) : row == height - 1 ? Number(low) : row == height / 2 && isLogarithmic ? "log" : "";
            var line = isPlain ? PlainRow(curves, row, range) : BrailleRow(curves, row, range);
            yield return $"{label,LabelWidth} {line}";
        }

        var (left, right) = ($"step {first}", last.ToString(CultureInfo.InvariantCulture));
        yield return $"{new string(' ', LabelWidth + 1)}{left}{right.PadLeft(Math.Max(0, width - left.Length))}";
    }

    /// <summary>How a curve is told from the others, in words.</summary>
    public static string KeyOf(int curve) => Console.IsOutputRedirected ? Letters[curve].ToString() : $"[{Colors[curve]}]⣀⠤⠒⠉[/]";

    // As many as a terminal shows, so that a pipe and JSON get the same means.
    private int Columns => width * DotsAcross;

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private int ColumnOf(long step) => last == first ? 0 : (int)((step - first) * (Columns - 1.0) / (last - first));

    private string PlainRow(double[][] curves, int row, (double Low, double High) range)
    {
        var line = new string(' ', width).ToCharArray();
        for (var curve = 0; curve < curves.Length; curve++)
        {
            for (var column = 0; column < Columns; column++)
            {
                if (LevelOf(curves[curve][column], range, height) != row) continue;
                ref var place = ref line[column / DotsAcross];
                place = place == ' ' || place == Letters[curve] ? Letters[curve] : '#';
            }
        }

        return new string(line);
    }

    private string BrailleRow(double[][] all, int row, (double Low, double High) range)
    {
        var line = new StringBuilder();
        for (var cell = 0; cell < width; cell++)
        {
            var (dots, curves) = (0, 0);
            for (var curve = 0; curve < all.Length; curve++)
            {
                var own = DotsOf(all[curve], cell, row, range);
                dots |= own;
                if (own != 0) curves |= 1 << curve;
            }

            var text = dots == 0 ? " " : ((char)('\u2800' + dots)).ToString();
            line.Append(curves switch { 0 => text, 1 => $"[{Colors[0]}]{text}[/]", 2 => $"[{Colors[1]}]{text}[/]", _ => $"[magenta]{text}[/]" });
        }

        return line.ToString();
    }

    /// <summary>The dots of a curve in a character, as braille numbers them; a steep curve is drawn without gaps.</summary>
    private int DotsOf(double[] curve, int cell, int row, (double Low, double High) range)
    {
        var dots = 0;
        for (var across = 0; across < DotsAcross; across++)
        {
            var column = (cell * DotsAcross) + across;
            var level = LevelOf(curve[column], range, height * DotsDown);
            if (level < 0) continue;
            var before = column == 0 ? level : LevelOf(curve[column - 1], range, height * DotsDown);
            var (top, bottom) = before < 0 ? (level, level) : before < level ? (before + 1, level) : before > level ? (level, before - 1) : (level, level);
            for (var down = 0; down < DotsDown; down++)
            {
                var dot = (row * DotsDown) + down;
                if (dot >= top && dot <= bottom) dots |= down < 3 ? 1 << (down + (3 * across)) : 1 << (6 + across);
            }
        }

        return dots;
    }

    /// <summary>The row of a value, from 0 at the top; -1 where there is none.</summary>
    private static int LevelOf(double value, (double Low, double High) range, int rows) =>
        double.IsNaN(value) ? -1
        : range.High == range.Low ? rows / 2
        : Math.Clamp((int)Math.Round((range.High - value) / (range.High - range.Low) * (rows - 1)), 0, rows - 1);
}
