using System.Text.RegularExpressions;

namespace Gradus.Graphs.Tests;

public partial class ExplanationTests
{
    public static TheoryData<string> Names => Sample.Explained;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_contributions_of_all_paths_add_up_to_the_gradient_and_to_finite_differences(string name)
    {
        // given
        var graph = Sample.Graph(name);

        foreach (var node in graph.Nodes.Where(static node => node.Gradient is not null))
        {
            // when
            var explanation = graph.Explain(node.Name, 1_000);

            // then
            Assert.True(explanation.IsComplete);
            Assert.Equal(explanation.PathCount, explanation.Paths.Length);
            AssertClose(explanation.Gradient, explanation.Sum, 1e-12);
            AssertClose(explanation.Gradient, explanation.Difference!, 1e-6);
            Assert.Equal(explanation.Paths.Select(static path => path.Size).OrderDescending(), explanation.Paths.Select(static path => path.Size));
        }
    }

    [Fact]
    public void A_path_is_written_with_symbols_and_with_numbers()
    {
        // when
        var text = Sample.Graph("apples").Explain("apple").ToText();

        // then
        Assert.Equal(
            """
            ∂price/∂apple = 2.2

            path 1: price ← t3 ← t1 ← apple
              ∂price/∂t3 · ∂t3/∂t1 · ∂t1/∂apple
              = tax · 1 · apple_num
              = 1.1 · 1 · 2
              = 2.2

            sum of 1 path: 2.2, which differs from back-propagation by 0
            by finite differences: 2.2, which differs by 
            """, Regex.Replace(text.ReplaceLineEndings("\n").TrimEnd(), @"\S+$", ""));
    }

    [Theory]
    [InlineData("y = where(x > 0, log(x), x * x)")]
    [InlineData("y = sqrt(x) * 0")]
    public void A_path_on_which_nothing_comes_back_contributes_nothing_though_a_slope_be_infinite(string text)
    {
        // when
        var explanation = Sample.Evaluate(text, "x=0").Explain("x");

        // then
        Assert.All(explanation.Paths, static path => Assert.Equal(0, path.Contribution.Item()));
        Assert.Equal(explanation.Gradient.Item(), explanation.Sum.Item());
        Assert.Contains("differs from back-propagation by 0", explanation.ToText());
    }

    [Fact]
    public void Two_uses_of_a_value_are_two_paths()
    {
        // when
        var explanation = Sample.Graph("value used twice").Explain("x");

        // then: through each factor of the product, and directly
        Assert.Equal([-1.5, -1.5, 1], explanation.Paths.Select(static path => path.Contribution.Item()));
        Assert.Equal(-2, explanation.Sum.Item());
    }

    [Fact]
    public void The_gradient_that_a_head_is_given_is_a_factor()
    {
        // when
        var explanation = Sample.Evaluate("y = 3*x; z = x**2", "x=5", "y=2,z=1").Explain("x");

        // then
        Assert.Equal([10, 6], explanation.Paths.Select(static path => path.Contribution.Item()));
        Assert.Contains("g(y) · 3", explanation.ToText());
        Assert.Contains("2 · 3", explanation.ToText());
    }

    [Fact]
    public void Of_many_paths_the_largest_are_listed_and_the_rest_is_one_line()
    {
        // given: 2¹⁰ and 2⁴⁰ paths
        var some = Sample.Evaluate(Doubling(10), "x=1,w=.25");
        var many = Sample.Evaluate(Doubling(40), "x=1,w=.25");

        // when
        var all = some.Explain("x", 3);
        var largest = many.Explain("x", 3);

        // then
        Assert.True(all.IsComplete);
        Assert.Equal(1024, all.PathCount);
        AssertClose(all.Gradient, all.Sum, 1e-12);
        Assert.Contains("1,021 paths more", all.ToText());
        Assert.False(largest.IsComplete);
        Assert.Equal(1L << 40, largest.PathCount);
        Assert.Equal([1, 0.25, 0.25], largest.Paths.Select(static path => path.Contribution.Item()));
        Assert.Contains("too many to walk", largest.ToText());

        static string Doubling(int times) =>
            string.Join(";", Enumerable.Range(0, times).Select(static n => $"v{n + 1} = {(n == 0 ? "x" : $"v{n}")} + w*{(n == 0 ? "x" : $"v{n}")}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_latex_is_balanced_and_the_markdown_a_table(string name)
    {
        // given
        var graph = Sample.Graph(name);

        foreach (var node in graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Variable))
        {
            // when
            var explanation = graph.Explain(node.Name);
            var latex = explanation.ToLatex();
            var table = explanation.ToMarkdown().Split('\n').Where(static line => line.StartsWith('|')).ToArray();

            // then
            Assert.StartsWith(@"\begin{align*}", latex);
            Assert.Equal(latex.Count(static character => character == '{'), latex.Count(static character => character == '}'));
            Assert.Equal(Regex.Count(latex, @"\\left\b"), Regex.Count(latex, @"\\right\b"));
            Assert.DoesNotMatch(@"(?<!\\)_(?!\{)|\{[xyz]\}\{\}|[−×…·∂]", latex);
            Assert.All(table, static line => Assert.Equal(5, Regex.Count(line, @"(?<!\\)\|")));
        }
    }

    [Fact]
    public void What_cannot_be_explained_is_told()
    {
        // given
        var graph = Sample.Graph("apples");

        // then
        Assert.Contains(
            "There is no 'pear' in the graph. There are: apple, apple_num, t1,", Assert.Throws<GradusException>(() => graph.Explain("pear")).Message);
        Assert.Contains("'2' is constant", Assert.Throws<GradusException>(static () => Sample.Evaluate("y = x*2", "x=1").Explain("2")).Message);
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        var scale = Math.Max(1, expected.Abs().Max().Item());
        Assert.InRange((expected - actual).Abs().Max().Item(), 0, tolerance * scale);
    }

    [Theory]
    [InlineData("y = relu(x)", "x=0", "a kink, with the slope 0 below and 1 above; 0 is one of those between")]
    [InlineData("y = abs(x)", "x=0", "a kink, with the slope −1 below and 1 above; 0 is one of those between")]
    [InlineData("y = 3 * max(x, 2) ** 2", "x=2", "a kink, with the slope 0 below and 12 above; 6 is one of those between")]
    [InlineData("y = min(x, 0)", "x=0", "a kink, with the slope 1 below and 0 above; 0.5 is one of those between")]
    [InlineData("y = floor(x)", "x=2", "a jump of the value, where there is no slope")]
    [InlineData("y = sign(x)", "x=0", "a jump of the value, where there is no slope")]
    [InlineData("y = x % 2", "x=4", "a jump of the value, where there is no slope")]
    [InlineData("y = sqrt(x)", "x=0", "an edge, beyond which it is not defined")]
    [InlineData("y = log(x)", "x=0", "an edge, beyond which it is not defined")]
    [InlineData(
        "y = sum(relu(x))", "x=[1,0,-1]", "which differs by 0 elsewhere than at x[1] a kink, with the slope 0 below and 1 above; 0 is one of those between")]
    public void At_a_kink_finite_differences_are_no_disagreement(string text, string at, string words)
    {
        // when
        var explanation = Sample.Evaluate(text, at).Explain("x");

        // then
        Assert.Contains(words, System.Text.RegularExpressions.Regex.Replace(explanation.ToText(), @"differs by \d\.\de-1\d", "differs by 0"));
    }

    [Theory]
    [InlineData("y = relu(x)", "x=1e-6")]
    [InlineData("y = log(x)", "x=1e-9")]
    [InlineData("y = 1 / x", "x=.01")]
    [InlineData("y = exp(x) - x**3", "x=12")]
    [InlineData("y = (x + 1e6) ** 2", "x=.5")]
    public void Beside_a_kink_and_where_it_is_steep_the_slope_is_found(string text, string at)
    {
        // when
        var explanation = Sample.Evaluate(text, at).Explain("x");

        // then
        Assert.Matches("by finite differences: .*, which differs by ", explanation.ToText());
        Assert.Equal(explanation.Gradient.Item(), explanation.Difference!.Item(), Math.Abs(explanation.Gradient.Item()) * 1e-5);
    }

    [Fact]
    public void Zero_has_no_sign_and_powers_of_ten_are_written_out()
    {
        // given
        var graph = Sample.Evaluate("y = -x * 0.00001 + z", "x=0,z=0");

        // then
        Assert.DoesNotMatch(@"−0(?![.\d])", graph.Explain("z").ToText() + graph.Explain("x").ToText() + SvgWriter.Write(graph));
        Assert.Contains(@"\cdot 10^{-5}", graph.Explain("x").ToLatex());
    }
}
