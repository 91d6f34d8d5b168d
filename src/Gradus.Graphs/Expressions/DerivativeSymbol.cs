using System.Globalization;

namespace Gradus.Graphs;

/// <summary>
/// A derivative in symbols: <c>{x}</c>, <c>{y}</c> stand for the inputs, <c>{z}</c> for the result. What expressions use can be evaluated as it stands, in the
/// words of NumPy.
/// </summary>
/// <param name="Text">As one would type it.</param>
/// <param name="Latex">As a formula.</param>
internal readonly record struct DerivativeSymbol(string Text, string Latex)
{
    /// <summary>
    /// Whether it is the input's gradient in terms of <c>g</c>, that of the result; else the derivative that <c>g</c> is multiplied by, element by element.
    /// </summary>
    public bool IsRule { get; init; }

    /// <summary>
    /// How it is typed for tensors, where that differs: a choice between numbers is <c>if</c> and <c>else</c>, one between elements <c>where</c>.
    /// </summary>
    public string? OfTensors { get; init; }

    /// <summary>The symbol as it is typed for tensors.</summary>
    public DerivativeSymbol ForTensors => this with { Text = OfTensors ?? Text };

    /// <summary>The input's gradient in terms of <c>g</c>.</summary>
    public static DerivativeSymbol Rule(string text, string latex) => new(text, latex) { IsRule = true };

    /// <summary>The gradient of an input of one shape when the result has another, which broadcasting made of it: what was repeated is added up.</summary>
    public DerivativeSymbol Projected(Shape input, Shape output)
    {
        if (IsRule) return this;
        var text = Text switch { "1" => "g", "-1" => "-g", "0" => "0", _ => Text.Contains(' ') && !IsCall(Text) ? $"g * ({Text})" : $"g * {Text}" };
        var latex = Latex switch { "1" => "g", "-1" => "-g", "0" => "0", _ => $@"g \odot {Latex}" };
        return text == "0" ? Rule(text, latex) : Rule(text, latex).Added(input, output);
    }

    /// <summary>A gradient of one shape brought to another that was broadcast to it.</summary>
    public DerivativeSymbol Added(Shape input, Shape output)
    {
        if (input == output) return this;
        if (input.Rank == 0) return Rule($"sum({Text})", $@"\textstyle\sum {Latex}");
        var added = output.Rank - input.Rank;
        int[] leading = [.. Enumerable.Range(0, added)];
        int[] repeated = [.. Enumerable.Range(0, input.Rank).Where(axis => input[axis] == 1 && output[axis + added] != 1)];
        var text = leading.Length > 0 ? $"sum({Text}, axis={AxesText(leading)})" : Text;
        if (repeated.Length > 0) text = $"sum({text}, axis={AxesText(repeated)}, keepdims=True)";
        var axes = string.Join(", ", leading.Concat(repeated.Select(axis => axis + added)));
        return text == Text ? this : Rule(text, $@"\textstyle\sum_{{\text{{{axes}}}}} {Latex}");
    }

    /// <summary>One axis as a number, several in brackets.</summary>
    public static string AxesText(int[] axes) => axes.Length == 1 ? axes[0].ToString(CultureInfo.InvariantCulture) : $"({string.Join(", ", axes)})";

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
