namespace Gradus;

/// <summary>
/// An equation of Einstein's notation with its ellipses resolved: a number for each axis. Letters count by their code; the axes of an ellipsis are negative,
/// counted from the last.
/// </summary>
internal sealed record EinsumEquation(int[][] Operands, int[] Output)
{
    private const string Ellipsis = "...";

    /// <summary>Reads an equation for given operands.</summary>
    public static EinsumEquation Parse(string equation, ReadOnlySpan<Tensor> operands)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var terms = sides[0].Split(',');
        if (sides.Length > 2) throw Wrong(equation, "has more than one arrow");
        if (terms.Length != operands.Length) throw Wrong(equation, FormattableString.Invariant($"names {terms.Length} operands, got {operands.Length}"));
        var labels = new int[terms.Length][];
        var hidden = 0;
        for (var index = 0; index < terms.Length; index++)
        {
            var tensor = operands[index];
            var letters = Letters(equation, terms[index]);
            var rest = tensor.Rank - letters.Count(static letter => letter != 0);
            if (rest < 0 || (rest > 0 && !letters.Contains(0)))
            {
                throw Wrong(equation, FormattableString.Invariant(
                    $"gives '{terms[index]}' to operand {index}, which is {tensor.Describe()}; expected as many letters as axes, or '...' for some of them"));
            }

            labels[index] = Expand(letters, rest);
            if (letters.Contains(0)) hidden = Math.Max(hidden, rest);
        }

        return new EinsumEquation(labels, sides.Length == 2 ? Explicit(equation, sides[1], labels, hidden) : Implicit(labels, hidden));
    }

    private static int[] Implicit(int[][] labels, int hidden) =>
    [
        .. Hidden(hidden),
        .. labels.SelectMany(static one => one).Where(static label => label > 0).GroupBy(static label => label)
            .Where(static same => same.Count() == 1).Select(static same => same.Key).Order(),
    ];

    private static int[] Explicit(string equation, string term, int[][] labels, int hidden)
    {
        var letters = Letters(equation, term);
        foreach (var letter in letters.Where(static letter => letter != 0))
        {
            if (!labels.Any(one => one.Contains(letter))) throw Wrong(equation, $"has '{(char)letter}' in its output, which no operand names");
            if (letters.Count(other => other == letter) > 1) throw Wrong(equation, $"has '{(char)letter}' twice in its output");
        }

        return Expand(letters, hidden);
    }

    /// <summary>The letters of a term, 0 standing for the ellipsis.</summary>
    private static List<int> Letters(string equation, string term)
    {
        var letters = new List<int>();
        for (var at = 0; at < term.Length; at++)
        {
            if (char.IsAsciiLetter(term[at]))
            {
                letters.Add(term[at]);
            }
            else if (term.AsSpan(at).StartsWith(Ellipsis, StringComparison.Ordinal) && !letters.Contains(0))
            {
                letters.Add(0);
                at += Ellipsis.Length - 1;
            }
            else
            {
                throw Wrong(equation, $"has '{term[at]}' in '{term}'; expected letters and at most one '...' in each term");
            }
        }

        return letters;
    }

    private static int[] Expand(List<int> letters, int hidden) => [.. letters.SelectMany(letter => letter == 0 ? Hidden(hidden) : [letter])];

    private static IEnumerable<int> Hidden(int count) => Enumerable.Range(-count, count);

    private static GradusException Wrong(string equation, string what) => new($"einsum: '{equation}' {what}.");
}
