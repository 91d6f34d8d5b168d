namespace Gradus.Graphs.Tests.Expressions;

/// <summary>Expressions as textbooks print them.</summary>
public class NotationTests
{
    [Theory]
    [InlineData("2 · 3 × 4 ⋅ 5", 120)]
    [InlineData("6 ÷ 3 − −1", 3)]
    [InlineData("1e−3 * 1000", 1)]
    [InlineData("-3²", -9)]
    [InlineData("2³²", 4294967296)]
    [InlineData("4⁻¹", 0.25)]
    [InlineData("3² ** 2", 81)]
    [InlineData("2 ** 3²", 512)]
    [InlineData("(1 + 2)²", 9)]
    [InlineData("σ(0)", 0.5)]
    [InlineData("cos(pi)", -1)]
    [InlineData("sin(-π / 2)", -1)]
    [InlineData("pi = 3; 2 * pi", 6)]
    [InlineData("σ = 2; σ(0) + σ", 2.5)]
    [InlineData("2 # the first; 9\n", 2)]
    [InlineData("# nothing\nx = 2 # two\n\n# then\ny = x * 3 # six", 6)]
    [InlineData("sum([1, # one\n2, 3]) # 6", 6)]
    [InlineData("(2 > 1) + (2 ≥ 2) + (1 ≤ 0) + (1 ≠ 2)", 3)]
    [InlineData("1 + 1 < 3", 1)]
    [InlineData("1 + 1 == 3", 0)]
    [InlineData("sum([1, 2, 3] >= 2)", 2)]
    [InlineData("where(1 > 2, 10, 20)", 20)]
    public void Printed_signs_are_read(string text, double expected) => Assert.Equal(expected, Last(Sample.Evaluate(text)).Item(), 1e-12);

    [Fact]
    public void A_raised_number_is_a_power_whose_derivative_is_written_with_it()
    {
        // when
        var graph = Sample.Evaluate("y = x³", "x=2");

        // then
        Assert.Equal(("x ** 3", "x³", 12), (graph["y"].Formula, graph["y"].Symbol, graph.Gradient("x")));
        Assert.Equal("3 * x**2", graph["y"].Local[0].Symbol);
    }

    [Fact]
    public void Pi_is_a_constant_that_keeps_its_name()
    {
        // when
        var graph = Sample.Evaluate("y = pi * x - pi", "x=2");

        // then
        Assert.Equal("t1 - pi", graph["y"].Formula);
        Assert.Equal(Math.PI, graph.Gradient("x"));
        Assert.Contains(@"\cdot \pi ", graph.Explain("x").ToLatex());
    }

    [Theory]
    [InlineData("x ² ³ * ⁻", 8, "'⁻' is not a number")]
    [InlineData("² x", 0, "expected a value, got '²'")]
    [InlineData("x · ÷", 4, "expected a value, got '÷'")]
    [InlineData("x – 1", 2, "Minus is written -")]
    [InlineData("1 < x < 3", 6, "(a < b) * (b < c)")]
    [InlineData("x == ", 5, "expected a value, got the end")]
    [InlineData("x ! 1", 2, "Unequal is written !=")]
    [InlineData("# only a comment", 16, "expected an expression")]
    [InlineData("where(x, 1)", 0, "got 2 values, expected 3")]
    public void What_is_wrong_is_told_with_its_place(string text, int position, string message)
    {
        // when
        var exception = Assert.Throws<ExpressionException>(() => Sample.Evaluate(text, "x=1"));

        // then
        Assert.Equal(position, exception.Position);
        Assert.Contains(message, exception.Message);
    }

    [Fact]
    public void A_comparison_has_no_gradient_and_chooses_where_it_flows()
    {
        // when
        var graph = Sample.Evaluate("c = x > 0; y = where(c, 3*x, x²)", "x=[2,-1]");

        // then
        Assert.Equal([1, 0], graph["c"].Value!.ToArray<double>());
        Assert.Null(graph["c"].Gradient);
        Assert.Equal([3, -2], graph["x"].Gradient!.ToArray<double>());
        Assert.Contains("differs by", graph.Explain("x").ToText());
        Assert.Throws<GradusException>(() => graph.Explain("c"));
    }

    [Fact]
    public void A_step_depends_on_nothing_but_has_zero_as_gradient() => Assert.Equal(0, Sample.Evaluate("x > 1", "x=2").Gradient("x"));

    [Fact]
    public void Pictures_show_the_signs()
    {
        // when
        var graph = Sample.Evaluate("c = x < 2; y = where(c != 1, x[0], x[1:]) · pi", "x=[1,3]");

        // then
        Assert.Contains("&lt;", SvgWriter.Write(graph));
        Assert.Contains("\"≠\"", DotWriter.Write(graph));
        Assert.Contains("#lt;", MermaidWriter.Write(graph));
        Assert.Contains("\"op\":\"notequal\"", JsonWriter.Write(graph));
        Assert.Contains("x[1:]", HtmlWriter.Write(graph));
        Assert.Contains(@"\operatorname{pad}(g)", graph.Explain("x").ToLatex());
    }

    private static Tensor Last(GraphModel graph) => graph.Nodes[graph.Outputs[^1]].Value!;
}
