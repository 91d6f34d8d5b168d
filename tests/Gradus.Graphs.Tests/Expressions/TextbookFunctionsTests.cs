namespace Gradus.Graphs.Tests.Expressions;

public class TextbookFunctionsTests
{
    [Theory]
    [InlineData("concat([1, 2], [3])", new double[] { 1, 2, 3 })]
    [InlineData("concat([[1], [2]], [[3], [4]], 1)", new double[] { 1, 3, 2, 4 })]
    [InlineData("concat([[1], [2]], [[3], [4]], axis=-1)", new double[] { 1, 3, 2, 4 })]
    [InlineData("concat([[1], [2]], [[3], [4]])", new double[] { 1, 2, 3, 4 })]
    [InlineData("reshape([1, 2, 3, 4, 5, 6], 2, 3)[1]", new double[] { 4, 5, 6 })]
    [InlineData("reshape([1, 2, 3, 4, 5, 6], (-1, 2))[2]", new double[] { 5, 6 })]
    [InlineData("var([1, 2, 3, 6])", new[] { 3.5 })]
    [InlineData("var([[1, 2], [3, 6]], 0)", new double[] { 1, 4 })]
    [InlineData("norm([3, -4])", new double[] { 5 })]
    [InlineData("norm([[3, -4], [0, 2]], 1)", new double[] { 5, 2 })]
    [InlineData("exp(-crossentropy(log([1, 2, 5]), 2))", new[] { 0.625 })]
    [InlineData("exp(-crossentropy(log([1, 2, 5]), [0, 0, 1]))", new[] { 0.625 })]
    [InlineData("crossentropy([[0, 0], [0, log(3)]], [0, 1]) * 2 - log(2) - log(4 / 3)", new double[] { 0 })]
    [InlineData("layernorm([[1, 3], [-5, 5]])", new[] { -0.9999950000374997, 0.9999950000374997, -0.9999998, 0.9999998 })]
    [InlineData("layernorm([1, 3], [2, 2], [1, 0])", new[] { -0.9999900000749994, 1.9999900000749994 })]
    public void Values_are_those_of_the_formulas(string text, double[] expected)
    {
        // when
        var value = Sample.Evaluate("r = " + text)["r"].Value!.ToArray<double>();

        // then
        Assert.Equal(expected.Length, value.Length);
        Assert.All(expected.Zip(value), static pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [InlineData("concat(a, b, a)")]
    [InlineData("concat(m, m, 1)")]
    [InlineData("reshape(m, 3, 2)")]
    [InlineData("var(m)")]
    [InlineData("var(m, 1)")]
    [InlineData("norm(a)")]
    [InlineData("norm(m, 0)")]
    [InlineData("crossentropy(a, c)")]
    [InlineData("crossentropy(m, b)")]
    [InlineData("crossentropy(m, m²)")]
    [InlineData("layernorm(m)")]
    [InlineData("layernorm(m, a, b[0] * a)")]
    [InlineData("where(m > b[1] / 2, m, 2 * m)")]
    [InlineData("m[:, 1] * m.T[2]")]
    [InlineData("grad(sum(m³ * a), m)")]
    [InlineData("grad(crossentropy(m, b), m)")]
    [InlineData("grad(norm(a)³, a)")]
    public void Gradients_are_those_of_finite_differences(string text)
    {
        // given: a head whose gradient is no number of the function's own
        var expression = Expression.Parse($"y = {text}; loss = sum(sin(y) * y)");
        var values = Expression.ParseValues("a=[.3,-.7,1.9],b=[0,2],m=[[.2,-.5,1.1],[.7,.1,-.3]],c=1");
        var graph = expression.Evaluate(values.Where(pair => expression.Variables.Contains(pair.Key)).ToDictionary());

        foreach (var name in expression.Variables)
        {
            // when
            var explanation = graph.Explain(name);

            // then
            Assert.All(
                explanation.Gradient.ToArray<double>().Zip(explanation.Difference!.ToArray<double>()),
                pair => Assert.True(Math.Abs(pair.First - pair.Second) < 1e-7 * (1 + Math.Abs(pair.First)), $"{name}: {pair.First} and {pair.Second}"));
            Assert.All(
                explanation.Gradient.ToArray<double>().Zip(explanation.Sum.ToArray<double>()),
                pair => Assert.True(Math.Abs(pair.First - pair.Second) < 1e-12, $"{name}: {pair.First} along the paths {pair.Second}"));
        }
    }

    [Theory]
    [InlineData("crossentropy(v, w)", "g * (sum(w) * softmax(v) - w)")]
    [InlineData("crossentropy(v, [.2, .3, .5])", "g * (softmax(v) - [.2, .3, .5])")]
    [InlineData("crossentropy(v, 1)", "g * (softmax(v) - one_hot(1, 3))")]
    [InlineData("var(v)", "2 / 3 * g * (v - mean(v))")]
    [InlineData("norm(v)", "g / out * v")]
    [InlineData("concat(v, w)", "g[0:3]")]
    [InlineData("reshape(v, 3, 1)", "reshape(g, (3,))")]
    [InlineData("layernorm(v)", "(g - mean(g) - out * mean(g * out)) / sqrt(var(v) + 1e-05)")]
    public void The_rules_are_those_of_textbooks(string text, string rule) => Assert.Equal(rule, Evaluate(text).Nodes[^1].Local[0].Rule);

    [Fact]
    public void Layer_normalization_with_weight_and_bias_is_drawn_as_its_three_steps() =>
        Assert.Equal(["layernorm(x)", "t1 * w", "t2 + b"], Sample.Evaluate("y = layernorm(x, w, b)", "x=[1,2],w=[1,1],b=[0,0]").Nodes
            .Where(static node => node.Kind == GraphNodeKind.Operation).Select(static node => node.Formula));

    [Theory]
    [InlineData("1 + concat(v, x)", 4, "concat: got a single number, expected a vector or matrix")]
    [InlineData("concat(v, m)", 0, "concat")]
    [InlineData("concat(v, v, 1)", 0, "axis 1 is out of range")]
    [InlineData("concat(2)", 0, "concat: got a single number")]
    [InlineData("reshape(v, 2, 2)", 0, "3 elements")]
    [InlineData("reshape(v, 2000000000, 2000000000, 2000000000)", 0, "more elements")]
    [InlineData("reshape(v, -1, -1)", 0, "reshape")]
    [InlineData("reshape(v, -3)", 0, "reshape")]
    [InlineData("reshape(v, 0, -1)", 0, "reshape")]
    [InlineData("reshape(v, 99999999999)", 11, "expected a size, a whole number, got '99999999999'")]
    [InlineData("reshape(v, x)", 11, "expected a size")]
    [InlineData("reshape(v)", 9, "expected ',' and the sizes")]
    [InlineData("var(v, 1)", 0, "axis 1 is out of range")]
    [InlineData("norm(v, w)", 8, "expected an axis")]
    [InlineData("crossentropy(x, 0)", 0, "the logits are a single number")]
    [InlineData("crossentropy(v, 3)", 0, "3 is no class; expected whole numbers from 0 to 2")]
    [InlineData("crossentropy(v, .5)", 0, "0.5 is no class")]
    [InlineData("crossentropy(v, [1, 2])", 0, "expected a class number, or a number for each class, [3]")]
    [InlineData("crossentropy(m, [1, 2, 0])", 0, "expected class numbers of shape [2]")]
    [InlineData("layernorm(x)", 0, "layernorm: got a single number")]
    [InlineData("layernorm(v, v)", 0, "got 2 values, expected 1 or 3")]
    public void What_does_not_fit_is_told_with_its_place(string text, int position, string message)
    {
        // when
        var exception = Assert.Throws<ExpressionException>(() => Evaluate(text));

        // then
        Assert.Equal(position, exception.Position);
        Assert.Contains(message, exception.Message);
    }

    private static GraphModel Evaluate(string text)
    {
        var (expression, values) = (Expression.Parse(text), Expression.ParseValues("v=[1,2,3],w=[4,5,6],m=[[1,2,3],[4,5,6]],x=1"));
        return expression.Evaluate(values.Where(pair => expression.Variables.Contains(pair.Key)).ToDictionary());
    }
}
