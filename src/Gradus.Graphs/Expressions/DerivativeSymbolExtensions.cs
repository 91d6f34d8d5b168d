using System.Globalization;

namespace Gradus.Graphs;

/// <summary>Derivatives in symbols, fitted to the shapes of a use.</summary>
internal static class DerivativeSymbolExtensions
{
    extension(DerivativeSymbol symbol)
    {
        /// <summary>The symbol as it is typed for tensors.</summary>
        public DerivativeSymbol ForTensors => symbol with { Text = symbol.OfTensors ?? symbol.Text };

        /// <summary>The gradient of an input of one shape when the result has another, which broadcasting made of it: what was repeated is added up.</summary>
        public DerivativeSymbol Projected(Shape input, Shape output)
        {
            if (symbol.IsRule) return symbol;
            var text = symbol.Text switch
            {
                "1" => "g",
                "-1" => "-g",
                "0" => "0",
                var factor => factor.Contains(' ') && !IsCall(factor) ? $"g * ({factor})" : $"g * {factor}",
            };
            var times = output.Rank == 0 ? @"\cdot" : @"\odot";
            var latex = symbol.Latex switch
            {
                "1" => "g",
                "-1" => "-g",
                "0" => "0",
                var factor => $"g {times} {(IsSum(factor) ? $@"\left({factor}\right)" : factor)}",
            };
            return text == "0" ? DerivativeSymbol.Rule(text, latex) : DerivativeSymbol.Rule(text, latex).Added(input, output);
        }

        /// <summary>A gradient of one shape brought to another that was broadcast to it.</summary>
        public DerivativeSymbol Added(Shape input, Shape output)
        {
            if (input == output) return symbol;
            if (input.Rank == 0) return DerivativeSymbol.Rule($"sum({symbol.Text})", $@"\textstyle\sum {symbol.Latex}");
            var added = output.Rank - input.Rank;
            int[] leading = [.. Enumerable.Range(0, added)];
            int[] repeated = [.. Enumerable.Range(0, input.Rank).Where(axis => input[axis] == 1 && output[axis + added] != 1)];
            var text = leading.Length > 0 ? $"sum({symbol.Text}, axis={AxesText(leading)})" : symbol.Text;
            if (repeated.Length > 0) text = $"sum({text}, axis={AxesText(repeated)}, keepdims=True)";
            var axes = string.Join(", ", leading.Concat(repeated.Select(axis => axis + added)));
            return text == symbol.Text ? symbol : DerivativeSymbol.Rule(text, $@"\textstyle\sum_{{\text{{{axes}}}}} {symbol.Latex}");
        }
    }

    /// <summary>One axis as a number, several in brackets.</summary>
    public static string AxesText(int[] axes) => axes.Length == 1 ? axes[0].ToString(CultureInfo.InvariantCulture) : $"({string.Join(", ", axes)})";

    /// <summary>Whether a formula begins with a minus, or is a sum, outside of all brackets.</summary>
    public static bool IsSum(string latex)
    {
        var depth = 0;
        for (var index = 0; index < latex.Length; index++)
        {
            depth += latex[index] switch { '(' or '{' or '[' => 1, ')' or '}' or ']' => -1, _ => 0 };
            if (depth == 0 && latex[index] is ('+' or '-')) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether brackets that belong to a function, or to nothing, go around all of it: <c>where(x &gt; 0, 1, 0)</c>, <c>(1 if x &gt; 0 else 0)</c>.
    /// </summary>
    private static bool IsCall(string text)
    {
        var begin = text.IndexOf('(');
        if (begin < 0 || !text.AsSpan(0, begin).ToString().All(char.IsAsciiLetterOrDigit)) return false;
        var depth = 0;
        for (var index = begin; index < text.Length; index++)
        {
            depth += text[index] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0) return index == text.Length - 1;
        }

        return false;
    }
}
