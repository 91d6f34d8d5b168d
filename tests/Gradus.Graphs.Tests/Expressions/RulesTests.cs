namespace Gradus.Graphs.Tests.Expressions;

public class RulesTests
{
    private const string Values = "x=.3,y=-.7,p=1.6,n=3,v=[.5,-1.2,2.5],w=[1,1,-.4],m=[[.2,-.5,1],[.7,.1,-.3]],c=[[1],[-2]],r=[[1,2,-1]]," +
        "a=[[1,2],[.3,-1],[0,.5]],i=[[1,2,3,0],[4,-5,6,1],[7,8,.9,2]],k=[[1,-.5,2],[.25,2,-1]],"
        + "b=[[[1,2,.5],[3,-1,2]],[[.1,.2,.3],[1,1,-2]]],d=[[[1,2],[0,1],[3,-1]],[[.5,.5],[-1,2],[1,1]]],z0=0,o=[0,2,-3]," +
        "f=1,s=[1,0],q=[.2,.5,.3],u=[[.2,.5,.3],[.1,.6,.3]]";

    /// <summary>
    /// Every operation, on numbers, vectors, matrices and batches, with and without broadcasting; at ties, at kinks, and where a factor is 0.
    /// </summary>
    public static TheoryData<string> Uses =>
    [
        "x + y", "x - y", "x * y", "x / y", "x // y", "x % y", "-x", "p ** y", "p ** 3", "x ** 2", "x ** 1", "x ** 0", "x ** .5", "x ** -1", "pow(p, x)",
        "(-2) ** n", "2 ** x", "v ** 2", "[1, 2, 3] ** v",
        "v + x", "x - v", "v * x", "x / v", "v ** x - 0 * v", "p ** v", "m + v", "v - m", "m * v", "v / m", "m % v", "m + c", "c * m", "c - r", "r / c",
        "r * c", "b * m", "m - b", "b + v", "x * b", "c + b", "v + w", "m - m",
        "exp(v)", "expm1(v)", "log(p)", "log(-p)", "log1p(x)", "log2(p)", "log10(p)", "sqrt(p)", "square(v)", "abs(v)", "sign(v)", "floor(v)", "sin(v)",
        "cos(v)", "tan(v)", "asin(x)", "acos(x)", "atan(v)",
        "sinh(v)", "cosh(v)", "tanh(v)", "sigmoid(v)", "softplus(v)", "relu(v)", "relu(x)", "erf(v)", "gelu(v)", "gelu(x)", "silu(v)", "silu(y)", "log(v * v)",
        "abs(z0)", "relu(z0)", "relu(o)", "abs(o)", "sqrt(z0)", "log(z0)",
        "maximum(v, w)", "minimum(v, w)", "max(x, y)", "min(x, y)", "max(x, x + 0)", "min(z0, 0)", "max(v, x)", "min(m, v)", "max(v, v + 0)", "max(o, 0)",
        "max(v)", "min(m)", "max(x)", "max(w)", "max(w * 0)",
        "z0 ** 2", "z0 ** 0", "z0 ** p", "p ** z0", "o ** 2", "o ** n", "v ** o", "z0 ** z0", "abs(o) ** p", "0 ** p", "z0 * x", "z0 / x",
        "sum(v)", "sum(m)", "sum(m, 0)", "sum(m, -1)", "sum(b, 1)", "sum(x)", "mean(v)", "mean(m)", "mean(m, 1)", "mean(b, 0)", "mean(x)", "prod(v)",
        "prod(m, 0)", "prod(m, 1)", "prod(o)", "prod(x)", "prod([x, 0, p])",
        "softmax(v)", "softmax(m)", "softmax(m, 0)", "softmax(b, 1)", "logsoftmax(v)", "logsoftmax(m)", "logsoftmax(m, 0)", "logsumexp(v)", "logsumexp(m)",
        "logsumexp(m, 1)", "logsumexp(m, 0)", "logsumexp(x)",
        "transpose(m)", "transpose(b)", "m @ v", "v @ a", "w @ v", "m @ a", "b @ d", "b @ a", "m @ d", "b @ v", "v @ d", "matmul(a, m)", "[x, y, p]", "[v, w]",
        "[x, x]", "conv2d(i, k)", "[[x, y], [y, p]]",
        "x²", "v³", "p⁻²", "σ(v)", "x·y − pi × p ÷ n", "-pi * v",
        "v[0]", "v[-1]", "v[1:]", "v[:-1]", "v[:]", "m[1]", "m[1, 2]", "m[:, 0]", "m[:, 1:3]", "m[0:1, -2:]", "b[1, :, 0]", "b[:, 1]", "[x, y][1]", "[x][0]",
        "m.T", "b.T", "(m @ a).T[0]",
        "v < w", "v <= w", "v > x", "x >= y", "x == x", "m != 1", "(v > 0) * v",
        "where(x > 0, x, y)", "where(v > 0, v, w)", "where(v > 0, x, 2)", "where(m > v, m, v)", "where(x, v, y)", "where(c > 0, m, r)", "where(z0, x, y)",
        "concat(v, w)", "concat(v, [x], w)", "concat(m, r)", "concat(m, c, 1)", "concat(b, b, axis=-1)", "concat(v)", "concat(m, m, m, 0)",
        "reshape(m, 3, 2)", "reshape(m, -1)", "reshape(v, (3, 1))", "reshape(v, 3)", "reshape(x, 1, 1)", "reshape([x, y], [2, 1])",
        "var(v)", "var(m)", "var(m, 0)", "var(m, 1)", "var(b, axis=1)", "var(x)", "norm(v)", "norm(m)", "norm(m, 0)", "norm(m, -1)", "norm(x)", "norm(z0)",
        "norm(v * 0)", "norm(o * [[0], [1]], 1)",
        "crossentropy(v, f)", "crossentropy(v, q)", "crossentropy(v, w)", "crossentropy(m, s)", "crossentropy(m, u)", "crossentropy(m, m)",
        "crossentropy(b, [[0, 1], [2, 0]])", "crossentropy(v, [0, 0, 1])",
        "layernorm(v)", "layernorm(m)", "layernorm(b)", "layernorm(m, v, w)",
    ];

    [Theory]
    [MemberData(nameof(Uses))]
    public void The_rule_that_is_printed_gives_the_gradient_of_the_engine(string text)
    {
        // given: a gradient that is no number of the operation's own
        var graph = Evaluate(text);
        var head = graph.Nodes[graph.Outputs[0]];
        var g = Tensor.From([.. Enumerable.Range(1, (int)head.Shape.ElementCount).Select(static index => Math.Cos(index))], head.Shape);

        foreach (var node in graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Operation))
        {
            // when
            var gradient = node == head
                ? g
                : Tensor.From([.. Enumerable.Range(1, (int)node.Shape.ElementCount).Select(static index => Math.Sin(index))], node.Shape);
            var names = graph.Nodes.Where(static other => other.Kind != GraphNodeKind.Constant)
                .Select(static other => (other.Name, other.Value!)).Append(("g", gradient)).ToDictionary(static pair => pair.Item1, static pair => pair.Item2);
            for (var input = 0; input < node.Inputs.Length; input++)
            {
                var target = graph.Nodes[node.Inputs[input]];
                if (target.Kind == GraphNodeKind.Constant) continue;
                var printed = RuleText.Evaluate(WithConstants(graph, node.Local[input].Rule, names), names);
                var symbol = RuleText.Evaluate(WithConstants(graph, node.Local[input].Symbol, names), names);

                // then
                var pulled = node.Definition!.Pull([.. node.Inputs.Select(id => graph.Nodes[id].Value!)], node.Axis, input, gradient);
                AssertEqual(pulled, printed, $"{node}, to {target.Name}: {node.Local[input].Rule}");
                if (node.Local[input] is { Number: { } number })
                {
                    AssertEqual(Tensor.Scalar(number), symbol, $"{node}, to {target.Name}: {node.Local[input].Symbol}");
                }
            }
        }
    }

    [Theory]
    [InlineData("relu(x)", "g * (1 if x > 0 else 0)")]
    [InlineData("relu(v)", "g * where(v > 0, 1, 0)")]
    [InlineData("tanh(x)", "g * (1 - out**2)")]
    [InlineData("x * -2", "g * (-2)")]
    [InlineData("v * -2", "g * (-2)")]
    [InlineData("x - 3", "g")]
    public void A_rule_has_the_brackets_that_it_needs(string text, string rule) => Assert.Equal(rule, Evaluate(text).Nodes[^1].Local[0].Rule);

    [Fact]
    public void Every_operation_is_tried() =>
        Assert.Empty(Operations.Names.Split(", ").Except(Uses.SelectMany(static row => row.Data.Split('(', ' ')).Concat(["stack", "grad"])));

    internal static GraphModel Evaluate(string text)
    {
        var expression = Expression.Parse(text);
        return expression.Evaluate(Expression.ParseValues(Values).Where(pair => expression.Variables.Contains(pair.Key)).ToDictionary());
    }

    /// <summary>A list of numbers is written as it is; here it gets a name.</summary>
    private static string WithConstants(GraphModel graph, string rule, Dictionary<string, Tensor> names)
    {
        foreach (var constant in graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Constant && node.Shape.Rank > 0))
        {
            names[$"constant{constant.Id}"] = constant.Value!;
            rule = rule.Replace(constant.Name, $"constant{constant.Id}", StringComparison.Ordinal);
        }

        return rule;
    }

    private static void AssertEqual(Tensor expected, Tensor actual, string what)
    {
        var (one, other) = (expected.ToArray<double>(), actual.BroadcastTo(expected.Shape).ToArray<double>());
        for (var index = 0; index < one.Length; index++)
        {
            var isEqual = one[index].Equals(other[index]) || Math.Abs(one[index] - other[index]) <= 1e-12 * (1 + Math.Abs(one[index]));
            Assert.True(isEqual, $"{what} gives {other[index]} at {index}, the engine {one[index]}");
        }
    }
}
