namespace Gradus.Graphs.Tests.Expressions;

public class ElementsTests
{
    private const string Values = "v=[10,20,30,40],m=[[1,2,3],[4,5,6]],x=7";

    [Theory]
    [InlineData("v[0]", new double[] { 10 })]
    [InlineData("v[-1]", new double[] { 40 })]
    [InlineData("v[1:3]", new double[] { 20, 30 })]
    [InlineData("v[:-1]", new double[] { 10, 20, 30 })]
    [InlineData("v[-2:]", new double[] { 30, 40 })]
    [InlineData("v[2:99]", new double[] { 30, 40 })]
    [InlineData("v[:]", new double[] { 10, 20, 30, 40 })]
    [InlineData("m[1]", new double[] { 4, 5, 6 })]
    [InlineData("m[1, 2]", new double[] { 6 })]
    [InlineData("m[1][2]", new double[] { 6 })]
    [InlineData("m[:, 0]", new double[] { 1, 4 })]
    [InlineData("m[:, 1:]", new double[] { 2, 3, 5, 6 })]
    [InlineData("m.T", new double[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData("m.T[0]²", new double[] { 1, 16 })]
    [InlineData("(m @ m.T)[0, 1]", new double[] { 32 })]
    [InlineData("[1, 2, 3][1]", new double[] { 2 })]
    [InlineData("exp(v - v)[0] + [v[0], x][1]", new double[] { 8 })]
    [InlineData("-v[0]", new double[] { -10 })]
    public void Elements_are_those_of_python(string text, double[] expected)
    {
        // when
        var graph = Evaluate(text);

        // then
        Assert.Equal(expected, graph.Nodes[graph.Outputs[0]].Value!.ToArray<double>());
    }

    [Fact]
    public void The_gradient_comes_to_the_elements_that_were_taken()
    {
        // when
        var graph = Sample.Evaluate("y = v[0] * v[1:3]; z = v[:] * v", "v=[2,3,4]");

        // then
        Assert.Equal([2 * 2 + 7, 2 * 3 + 2, 2 * 4 + 2], graph["v"].Gradient!.ToArray<double>());
        Assert.Equal([2, 3, 4], graph["t3"].Gradient!.ToArray<double>());
        Assert.Equal("pad(expand_dims(g, 0), (0, 2))", graph["t1"].Local[0].Rule);
        Assert.Equal(("t1", "v[0]", "[0]"), (graph["t1"].Name, graph["t1"].Formula, graph["t1"].Symbol));
    }

    [Theory]
    [InlineData("1 + v[4]", 5, "the index 4 is out of range: axis 0 has the size 4. Expected 0 to 3, or -1 to -4")]
    [InlineData("v[-5]", 1, "out of range")]
    [InlineData("m[1, 3]", 1, "axis 1 has the size 3")]
    [InlineData("v[2147483647]", 1, "out of range")]
    [InlineData("v[-2147483647]", 1, "out of range")]
    [InlineData("v[99999999999]", 2, "expected an index: a whole number, or a slice such as 1:3, got '99999999999'")]
    [InlineData("v[3:1]", 1, "3:1 is empty")]
    [InlineData("v[4:]", 1, "4: is empty")]
    [InlineData("v[0, 0]", 1, "places for 2 axes between the brackets, but the value has 1 axis")]
    [InlineData("x[0]", 1, "it is a single number")]
    [InlineData("v[x]", 2, "expected an index")]
    [InlineData("v[1.5]", 2, "expected an index")]
    [InlineData("v[]", 2, "expected an index")]
    [InlineData("v[1:x]", 4, "the end of a slice")]
    [InlineData("v[::2]", 3, "the end of a slice")]
    [InlineData("v[0", 3, "expected ']'")]
    [InlineData("v.T", 1, "a vector of 4 has no rows and columns")]
    [InlineData("m.H", 2, "expected T after the dot")]
    public void What_is_not_there_is_told_with_its_place(string text, int position, string message)
    {
        // when
        var exception = Assert.Throws<ExpressionException>(() => Evaluate(text));

        // then
        Assert.Equal(position, exception.Position);
        Assert.Contains(message, exception.Message);
    }

    [Theory]
    [InlineData("a * a.T", true)]
    [InlineData("a @ a.T", true)]
    [InlineData("where(a > 0, a.T, 0)", true)]
    [InlineData("a.T @ a", false)]
    [InlineData("concat(a, a)", false)]
    [InlineData("crossentropy(a * [[1, 2]], a[:, 0])", false)]
    [InlineData("grad(sum(a) + sum(a.T), v)", false)]
    public void A_short_text_cannot_fill_the_memory(string text, bool isLarge)
    {
        // given
        var expression = Expression.Parse($"r = reshape(v, 1, 100); a = reshape(r.T @ r, -1, 1); {text}");
        var values = new Dictionary<string, Tensor> { ["v"] = Tensor.Ones([100], DType.Float64) };

        // then
        if (!isLarge) Assert.NotNull(expression.Evaluate(values));
        else Assert.Contains("the result would have 100,000,000 elements, expected at most 67,108,864", Refused(() => expression.Evaluate(values)));
    }

    [Fact]
    public void What_is_joined_again_and_again_is_refused_before_it_fills_the_memory()
    {
        // given: a value of 64 times its elements, three times over
        var many = string.Join(", ", Enumerable.Repeat("a", 64));
        var text = $"a = reshape(v, -1); b = concat({many}); c = concat({many.Replace('a', 'b')}); concat({many.Replace('a', 'c')}, {many.Replace('a', 'c')})";

        // then
        var values = new Dictionary<string, Tensor> { ["v"] = Tensor.Ones([200], DType.Float64) };
        Assert.Contains("would have 104,857,600 elements", Refused(() => Expression.Parse(text).Evaluate(values)));
    }

    private static string Refused(Func<object> evaluate) => Assert.Throws<ExpressionException>(evaluate).Message;

    private static GraphModel Evaluate(string text)
    {
        var expression = Expression.Parse(text);
        return expression.Evaluate(Expression.ParseValues(Values).Where(pair => expression.Variables.Contains(pair.Key)).ToDictionary());
    }
}
