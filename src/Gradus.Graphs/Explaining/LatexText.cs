using System.Text;
using System.Text.RegularExpressions;

namespace Gradus.Graphs;

/// <summary>Names, numbers and derivatives as formulas of LaTeX.</summary>
internal static partial class LatexText
{
    private static readonly string[] Greek =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "o",
        "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ];

    /// <summary>A text made of formulas and of numbers as they are shown: what only a text may hold becomes a sign of formulas.</summary>
    public static string Of(string text) => Exponent.Replace(text, @" \cdot 10^{$1$2}").Replace("−", "-").Replace("×", @"\times ").Replace("…", @"\ldots ")
        .Replace("‖", @"\Vert ").Replace("·", @"\cdot ").Replace("∞", @"\infty ");

    /// <summary>A name: <c>apple_num</c> is one word, <c>t1</c> has an index.</summary>
    public static string Name(string name)
    {
        var letters = name.TrimEnd([.. "0123456789"]);
        if (letters.Length == 1 && name.Length > 1 && char.IsAsciiLetter(letters[0])) return $"{letters}_{{{name[1..]}}}";
        if (name.Length == 1) return Sign(name[0]);
        if (name is "pi" or "-pi") return name[0] == '-' ? @"(-\pi)" : @"\pi ";
        if (name.All(static character => char.IsAsciiDigit(character) || character is '.' or '-')) return name[0] == '-' ? $"({name})" : name;
        var word = new StringBuilder(@"\mathrm{");
        foreach (var character in name) word.Append(Sign(character));
        return word.Append('}').ToString();
    }

    /// <summary>A factor of a path's product.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="name">How a node is called in the formula.</param>
    public static string Factor(PathFactor factor, Func<GraphNode, string> name)
    {
        var symbol = Operation.Fill(factor.Local.Latex, [.. factor.Inputs.Select(name)], name(factor.Node), factor.Index);
        if (factor.Local.Number is not null) return DerivativeSymbolExtensions.IsSum(symbol) ? $@"\left({symbol}\right)" : symbol;
        if (!factor.IsDiagonal) return $@"\left[g \mapsto {symbol}\right]";
        return symbol switch { "1" => "I", "-1" => "(-I)", _ => $@"\operatorname{{diag}}\left({symbol}\right)" };
    }

    // 1E-05, as numbers are shown and written.
    [GeneratedRegex(@"(?<=\d)E\+?([-−]?)0*(\d+)(?![\w.])")]
    private static partial Regex Exponent { get; }

    private static string Sign(char character) => character switch
    {
        '_' or '{' or '}' or '%' or '#' or '&' or '$' => @"\" + character,
        '\\' => @"\backslash ",
        '^' => @"\hat{}",
        '~' => @"\sim ",
        ' ' => @"\ ",
        >= 'α' and <= 'ω' => $@"\{Greek[character - 'α']} ",
        < ' ' => @"\ ",
        < '\u007F' => character.ToString(),
        _ => @"\ast ",
    };
}
