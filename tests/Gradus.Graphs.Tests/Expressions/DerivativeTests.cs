namespace Gradus.Graphs.Tests.Expressions;

/// <summary><c>grad(f, x)</c>: a derivative as a value.</summary>
public class DerivativeTests
{
    private const string Values = "x=2,y=3,v=[1,-2,3],w=[.5,1,2],m=[[1,2],[3,4]],t=1";

    [Theory]
    [InlineData("grad(x**3, x)", new double[] { 12 })]
    [InlineData("grad(grad(x**3, x), x)", new double[] { 12 })]
    [InlineData("grad(grad(grad(x**3, x), x), x)", new double[] { 6 })]
    [InlineData("grad(grad(grad(grad(x**3, x), x), x), x)", new double[] { 0 })]
    [InlineData("grad(x² · y, y)", new double[] { 4 })]
    [InlineData("grad(grad(x² · y, x), y)", new double[] { 4 })]
    [InlineData("grad(x, x)", new double[] { 1 })]
    [InlineData("grad(x > 1, x)", new double[] { 0 })]
    [InlineData("grad(sum(v²), v)", new double[] { 2, -4, 6 })]
    [InlineData("grad(v @ w, v) * 2", new double[] { 1, 2, 4 })]
    [InlineData("h = x²; f = h³ + x; grad(f, h)", new double[] { 48 })]
    [InlineData("h = x²; f = h³ + x; grad(f, x)", new double[] { 193 })]
    [InlineData("f = sum(exp(m @ m)[0, 1] * 0 + m.T[0] * m[1]); grad(f, m)", new double[] { 3, 0, 5, 3 })]
    [InlineData("a = 5; grad(a * x, a) + a", new double[] { 7 })]
    [InlineData("u = grad(x**4, x); grad(u² / x, x)", new double[] { 1280 })]
    public void The_value_is_the_derivative(string text, double[] expected) => Assert.Equal(expected, Last(text).Value!.ToArray<double>());

    [Fact]
    public void Gradients_flow_through_it_to_everything_it_is_made_of()
    {
        // when: Newton's step, and a penalty on a gradient
        var newton = Sample.Evaluate("f = x**3 - a; y = x - f / grad(f, x)", "x=2,a=7");
        var penalty = Sample.Evaluate("loss = sum(tanh(w * x)); p = norm(grad(loss, x))²", "w=[.5,-1],x=[1,2]");

        // then
        Assert.Equal((23 / 12.0, 1 / 12.0), (newton.Value("y"), newton.Gradient("a")));
        Assert.Equal(2 / 3.0 - 14 / 24.0, newton.Gradient("x"), 1e-12);
        foreach (var (graph, name) in new[] { (newton, "x"), (newton, "a"), (newton, "f"), (penalty, "w"), (penalty, "x") })
        {
            var explanation = graph.Explain(name);
            Assert.All(
                explanation.Gradient.ToArray<double>().Zip(explanation.Difference!.ToArray<double>(), explanation.Sum.ToArray<double>()),
                triple => Assert.True(Math.Abs(triple.First - triple.Second) < 1e-8 && Math.Abs(triple.First - triple.Third) < 1e-12, $"{name}: {triple}"));
        }
    }

    [Theory]
    [InlineData("y = grad(x**3, x)", "x=2", "grad(y, x)")]
    [InlineData("y = grad(sin(w * x), w)", "x=2,w=3", "grad(y, w)")]
    [InlineData("y = grad(sum(tanh(v)²), v)", "v=[1,2]", "grad(sum(g * y), v)")]
    public void Its_rule_is_an_expression_that_holds(string text, string values, string rule)
    {
        // when
        var graph = Sample.Evaluate(text, values);
        var again = Sample.Evaluate($"{text}; r = {rule.Replace("g * ", "3 * ")}", values, "r=1");

        // then
        var (node, g) = (graph["y"], Tensor.Full(graph["y"].Shape, rule.Contains("g * ") ? 3.0 : 1));
        Assert.Equal(("0", rule), (node.Local[0].Symbol, node.Local[1].Symbol));
        Assert.All(
            node.Definition!.Pull([.. node.Inputs.Select(id => graph.Nodes[id].Value!)], null, 1, g).ToArray<double>().Zip(again["r"].Value!.ToArray<double>()),
            static pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void It_is_drawn_with_what_it_depends_on()
    {
        // when
        var graph = Sample.Evaluate("y = grad(w * x², x)", "x=2,w=3");
        var node = graph["y"];

        // then
        Assert.Equal(("grad(t2, x)", "∂/∂x"), (node.Formula, node.Symbol));
        Assert.Equal(["t2", "x", "w"], node.Inputs.Select(input => graph.Nodes[input].Name));
        Assert.Equal((6.0, 4.0), (graph.Gradient("x"), graph.Gradient("w")));
        Assert.Contains(@"\frac{\partial y}{\partial w}", graph.Explain("w").ToLatex());
        Assert.Contains("∂/∂x", SvgWriter.Write(graph));
    }

    [Theory]
    [InlineData("1 + grad(v, v)", 4, "the value has the shape [3], expected a single number, such as its sum")]
    [InlineData("grad(x², y)", 9, "the value does not depend on 'y'")]
    [InlineData("grad(x², z)", 9, "the value does not depend on 'z'")]
    [InlineData("grad(x², pi)", 9, "the value does not depend on 'pi'")]
    [InlineData("grad(x², 2)", 9, "expected the name of a variable, got '2'")]
    [InlineData("grad(x², x * x)", 11, "expected ')', got '*'")]
    [InlineData("grad(x)", 6, "expected ',', got ')'")]
    [InlineData("grad(grad(grad(grad(grad(x, x), x), x), x), x)", 0, "5 deep; each takes a few times as long, expected at most 4")]
    public void What_cannot_be_is_told_with_its_place(string text, int position, string message)
    {
        // when
        var exception = Assert.Throws<ExpressionException>(() => Last(text));

        // then
        Assert.Equal(position, exception.Position);
        Assert.Contains(message, exception.Message);
    }

    [Fact]
    public void The_highest_order_takes_no_long_time()
    {
        // given
        var text = "x**9 * sin(x) * exp(x)";
        for (var order = 0; order < 4; order++) text = $"grad({text}, x)";

        // then
        Assert.True(double.IsFinite(Sample.Evaluate(text, "x=1.5").Gradient("x")));
    }

    private static GraphNode Last(string text)
    {
        var (expression, values) = (Expression.Parse(text), Expression.ParseValues(Values));
        var graph = expression.Evaluate(values.Where(pair => expression.Variables.Contains(pair.Key)).ToDictionary());
        return graph.Nodes[^1];
    }
}
