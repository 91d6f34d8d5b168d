using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gradus.Graphs.Tests.Expressions;

namespace Gradus.Graphs.Tests.Formulas;

public class MathMlTests
{
    private static readonly string[] Core =
        ["mi", "mn", "mo", "mrow", "mfrac", "msup", "msub", "msubsup", "msqrt", "mover", "mtext", "mspace", "mtable", "mtr", "mtd", "math"];

    public static TheoryData<string, string> Formulas => new()
    {
        { "x * y", "x·y" },
        { "v * w", "v⊙w" },
        { "x / y", "<mfrac>xy</mfrac>" },
        { "x ** 2", "<msup>x2</msup>" },
        { "(-2) ** x", "<msup>(−2)x</msup>" },
        { "x * (-2)", "x·(−2)" },
        { "-x", "−x" },
        { "x // y", "⌊<mfrac>xy</mfrac>⌋" },
        { "m @ v", "mv" },
        { "m.T", "<msup>mT</msup>" },
        { "exp(x)", "<msup>ex</msup>" },
        { "sqrt(p)", "<msqrt>p</msqrt>" },
        { "norm(v)", "‖v‖" },
        { "sum(v)", "∑v" },
        { "sum(m, 0)", "<msub>∑0</msub>m" },
        { "log(p)", "log(p)" },
        { "log2(p)", "<msub>log2</msub>(p)" },
        { "sigmoid(x)", "σ(x)" },
        { "v[1:]", "v[1:]" },
        { "reshape(m, 3, 2)", "reshape(m,3,2)" },
        { "softmax(m, 0)", "softmax(m,0)" },
        { "grad(x * y, x)", "<mfrac>∂t1∂x</mfrac>" },
        { "x <= y", "x≤y" },
    };

    public static TheoryData<string, string, string> Rules => new()
    {
        { "m @ a", "m", "g<msup>aT</msup>" },
        { "m @ a", "a", "<msup>mT</msup>g" },
        { "m @ v", "m", "g⊗v" },
        { "x * y", "x", "g·y" },
        { "v * w", "v", "g⊙w" },
        { "m + v", "v", "<msub>∑0</msub>g" },
        { "relu(v)", "v", "g⊙[v>0]" },
        { "tanh(x)", "x", "g·(1−<msup>out2</msup>)" },
        { "exp(v)", "v", "g⊙out" },
        { "sqrt(x)", "x", "g·<mfrac>12out</mfrac>" },
        { "mean(v)", "v", "<mfrac>13</mfrac>g𝟏" },
    };

    public static TheoryData<string, string, string> Words => new()
            {
            { "x * y", "x", "scale" },
            { "v * x", "v", "scale" },
            { "x + y", "x", "pass" },
            { "x - y", "y", "negate" },
            { "v * w", "v", "elementwise" },
            { "tanh(v)", "v", "elementwise" },
            { "v * x", "x", "sum-over" },
            { "m + v", "v", "sum-over" },
            { "m @ a", "m", "matmul-left" },
            { "m @ a", "a", "matmul-right" },
            { "m @ v", "m", "outer" },
            { "m @ v", "v", "matvec" },
            { "w @ a", "w", "matvec" },
            { "sum(v)", "v", "spread" },
            { "mean(m, 0)", "m", "spread" },
            { "max(v)", "v", "choose" },
            { "relu(v)", "v", "choose" },
            { "where(x > 0, x, y)", "y", "choose" },
            { "m.T", "m", "reshape" },
            { "reshape(m, 3, 2)", "m", "reshape" },
            { "concat(v, w)", "w", "part" },
            { "v[0]", "v", "place" },
            { "floor(v)", "v", "zero" },
            { "softmax(v)", "v", "other" },
            { "conv2d(i, k)", "k", "convolve" },
            { "exp(x)", "x", "scale" },
    };

    [Theory]
    [MemberData(nameof(RulesTests.Uses), MemberType = typeof(RulesTests))]
    public void Every_operation_of_expressions_has_formulas_that_mark_its_inputs(string text) => AssertMarked(RulesTests.Evaluate(text));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_operation_of_networks_has_formulas_that_mark_its_inputs(string name)
    {
        var graph = TensorSample.Graph(name);
        AssertMarked(graph);
        AssertMarked(graph.Fold());
    }

    [Fact]
    public void Every_printed_rule_has_formulas_that_can_be_read()
    {
        foreach (var function in PrintedRuleTests.Functions.Values)
        {
            AssertMarked(function(Tensor.Scalar(0.3).RequireGrad(), Tensor.Scalar(0.7).RequireGrad()).Graph());
        }
    }

    public static TheoryData<string> Names => TensorSample.Names;

    [Theory]
    [MemberData(nameof(Formulas))]
    public void A_formula_is_written_as_textbooks_print_it(string text, string printed)
    {
        // given
        var graph = RulesTests.Evaluate(text);

        // when
        var math = Formula(graph, graph.Nodes[graph.Outputs[0]]);

        // then
        Assert.Equal(printed, Printed(math));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_written_in_signs_of_its_own(string text, string input, string printed)
    {
        // given
        var (graph, node, index) = Use(text, input);

        // when
        var math = MathMlText.Marked(graph, FormulaLatex.Fill(graph, node, index, node.Local[index].RuleLatex));

        // then
        Assert.Equal(printed, Printed(math));
        Assert.Contains("data-g=\"\">g</mi>", math);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void A_word_says_what_a_rule_does(string text, string input, string word)
    {
        var (_, node, index) = Use(text, input);
        Assert.Equal(word, node.Local[index].Words);
    }

    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("h1", "<msub><mi>h</mi><mn>1</mn></msub>")]
    [InlineData("w00", "<msub><mi>w</mi><mn>00</mn></msub>")]
    [InlineData("h_t", "<msub><mi>h</mi><mi>t</mi></msub>")]
    [InlineData("theta1", "<msub><mi>θ</mi><mn>1</mn></msub>")]
    [InlineData("alpha", "<mi>α</mi>")]
    [InlineData("apple_num", "<mi>apple_num</mi>")]
    [InlineData("0.weight", "<mi>0.weight</mi>")]
    [InlineData("-2.5", "<mn>−2.5</mn>")]
    [InlineData("1e-5", "<mn>1e−5</mn>")]
    [InlineData("-pi", "<mrow><mo>−</mo><mi>π</mi></mrow>")]
    [InlineData("[1, -2]", "<mrow><mo>[</mo><mn>1</mn><mo>,</mo><mn>−2</mn><mo>]</mo></mrow>")]
    [InlineData("[[1], [pi]]", "<mrow><mo>[</mo><mtable><mtr><mtd><mn>1</mn></mtd></mtr><mtr><mtd><mi>π</mi></mtd></mtr></mtable><mo>]</mo></mrow>")]
    [InlineData("[[", "<mi>[[</mi>")]
    [InlineData("价格", "<mi>价格</mi>")]
    [InlineData("<b>&\"", "<mi>&lt;b&gt;&amp;&quot;</mi>")]
    [InlineData("_", "<mi>_</mi>")]
    public void A_name_has_its_index_below_and_Greek_names_are_letters(string name, string math) => Assert.Equal(math, MathMlText.Name(name));

    [Fact]
    public void An_explanation_says_the_same_as_its_LaTeX()
    {
        // given
        var explanations = Sample.Explained.Select(static row => Sample.Graph(row.Data)).Append(TensorSample.Graph("modules within modules").Fold())
            .SelectMany(static graph => graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Variable).Select(node => graph.Explain(node.Name, 3)));

        foreach (var explanation in explanations)
        {
            // when
            var (latex, math) = (explanation.ToLatex(), XDocument.Parse(explanation.ToMathMl()).Root!);

            // then
            AssertCore(math);
            Assert.Equal(Regex.Count(latex, "&"), math.Descendants().Count(static element => element.Name.LocalName == "mtr"));
            Assert.Equal(Regex.Count(latex, @"\\t?frac"), math.Descendants().Count(static element => element.Name.LocalName == "mfrac"));
            Assert.EndsWith(Regex.Match(latex, @"= (-?[\d.]*)[^=]*\n\\end").Groups[1].Value.Replace("-", "−"), Last(math));
        }

        static string Last(XElement math)
        {
            var value = Regex.Match(math.Value, @"=([^=\d]*[\d.]*)[^=]*$").Groups[1].Value;
            return value.Contains('[') ? "" : value;
        }
    }

    [Fact]
    public void Two_paths_are_two_lines()
    {
        // when
        var math = Sample.Evaluate("y = 3*x + x**2", "x=5").Explain("x").ToMathMl();

        // then
        Assert.StartsWith("<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\">", math);
        Assert.Contains("<mfrac><mrow><mi>∂</mi><mi>y</mi></mrow><mrow><mi>∂</mi><mi>x</mi></mrow></mfrac>", math);
        Assert.Contains("<msub><mi>t</mi><mn>1</mn></msub>", math);
        Assert.Contains("<mo>=</mo><mn>13</mn></mtd></mtr>", math);
    }

    [Fact]
    public void The_page_reads_formulas_with_its_data()
    {
        // given
        var graph = Sample.Evaluate("y = w1 * x", "w1=2,x=3");

        // when
        var nodes = JsonDocument.Parse(HtmlParts.Of(graph).Data).RootElement.GetProperty("views")[0].GetProperty("nodes");

        // then
        var product = nodes.EnumerateArray().First(static node => node.GetProperty("op").GetString() == "mul");
        var (w, x) = (graph["w1"].Id, graph["x"].Id);
        Assert.Equal(
            $"<msub data-node=\"{w}\"><mi>w</mi><mn>1</mn></msub><mo>·</mo><mi data-node=\"{x}\">x</mi>", product.GetProperty("math").GetString());
        Assert.Equal("<mi>y</mi>", product.GetProperty("nameMath").GetString());
        var local = product.GetProperty("local")[0];
        Assert.Equal($"<mi data-g=\"\">g</mi><mo>·</mo><mi data-node=\"{x}\">x</mi>", local.GetProperty("math").GetString());
        Assert.Equal($"<mi data-node=\"{x}\">x</mi>", local.GetProperty("symbolMath").GetString());
        Assert.Equal("scale", local.GetProperty("words").GetString());
        Assert.False(nodes[w].TryGetProperty("math", out _));
    }

    private static (GraphModel Graph, GraphNode Node, int Index) Use(string text, string input)
    {
        var graph = RulesTests.Evaluate(text);
        var node = graph.Nodes[graph.Outputs[0]];
        return (graph, node, node.Inputs.IndexOf(graph[input].Id));
    }

    private static string Formula(GraphModel graph, GraphNode node) => MathMlText.Marked(graph, FormulaLatex.Of(graph, node)!);

    private static void AssertMarked(GraphModel graph)
    {
        foreach (var node in graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Operation))
        {
            AssertKnown(FormulaLatex.Of(graph, node)!);
            var marks = Marks(Formula(graph, node));
            var shown = node.Definition?.Name == Derivative.Name ? node.Inputs[..2] : node.Inputs;
            Assert.All(shown, input => Assert.Contains(input, marks));
            for (var input = 0; input < node.Inputs.Length; input++)
            {
                var local = node.Local[input];
                foreach (var (template, printed) in new[] { (local.Latex, local.Symbol), (local.RuleLatex, local.Rule) })
                {
                    var latex = FormulaLatex.Fill(graph, node, input, template);
                    AssertKnown(latex);
                    var math = MathMlText.Marked(graph, latex);
                    Assert.All(Marks(math), mark => Assert.True(mark == node.Id || node.Inputs.Contains(mark), math));
                    if (Regex.IsMatch(printed, @"\bg\b")) Assert.Contains("data-g", math);
                }
            }
        }
    }

    private static HashSet<int> Marks(string math)
    {
        var row = XElement.Parse($"<mrow>{math}</mrow>");
        AssertCore(row);
        return [.. row.DescendantsAndSelf().Select(static element => (int?)element.Attribute("data-node")).OfType<int>()];
    }

    private static void AssertCore(XElement math)
    {
        Assert.All(math.DescendantsAndSelf(), static element => Assert.Contains(element.Name.LocalName, Core));
        Assert.All(math.DescendantsAndSelf().Where(static element => element.Name.LocalName is "msup" or "msub" or "mfrac" or "mover"),
            static element => Assert.Equal(2, element.Elements().Count()));
        Assert.All(math.DescendantsAndSelf().Where(static element => element.Name.LocalName is "mi" or "mn" or "mo" or "mtext"),
            static element => Assert.Empty(element.Elements()));
    }

    /// <summary>Every command of a formula is one that the reader has a sign for.</summary>
    private static void AssertKnown(string latex)
    {
        foreach (Match command in Regex.Matches(latex, @"\\[A-Za-z]+"))
        {
            if (command.Value is @"\node" or @"\left" or @"\right") continue;
            var math = new LatexReader(command.Value + "{a}{b}", static _ => "", "").Read();
            Assert.False(math.StartsWith($"<mtext>{command.Value[1..]}<", StringComparison.Ordinal), $"{command.Value} in {latex}");
        }
    }

    /// <summary>The text of a formula, with the tags of those elements that are no row.</summary>
    private static string Printed(string math) =>
        Regex.Replace(Regex.Replace(math, @"<mspace[^>]*>|</?m(i|n|o|row|text)\b[^>]*>", ""), @" data-\w+=""\w*""", "")
            .Replace("<msub>t1</msub>", "t1").Replace('\u00A0', ' ').Replace("&gt;", ">");
}
