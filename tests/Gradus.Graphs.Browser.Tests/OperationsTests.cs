using System.Globalization;
using Gradus.Graphs.Tests;

namespace Gradus.Graphs.Browser.Tests;

/// <summary>The page evaluates and opens operations by itself: what it finds is held against the engine.</summary>
[Collection(nameof(BrowserCollection))]
public class OperationsTests(Browser browser)
{
    private const string Values = "x=.3,y=-.7,p=1.6,v=[.5,-1.2,2.5],w=[1,1,-.4],m=[[.2,-.5,1],[.7,.1,-.3]],n=[[1,2],[.3,-1],[0,.5]]," +
        "i=[[1,2,3,0],[4,-5,6,1],[7,8,.9,2]],k=[[1,-.5],[.25,2]]";

    private const string Moved = "x=.4,y=-.9,p=1.1,v=[.5,-1,2.5],w=[1,1.5,-.4],m=[[.2,-.5,1],[.6,.1,-.3]],n=[[1,2],[.3,-1.1],[0,.5]]," +
        "i=[[1,2,3,0],[4,-5.5,6,1],[7,8,.9,2]],k=[[1,-.5],[.25,2.5]]";

    private static readonly string[] Expressions =
    [
        "x + y", "x - y", "x * y", "x / y", "x // y", "x % y", "-x", "p ** y", "p ** 3", "x ** 2", "pow(p, x)", "v + x", "v * w", "v / p", "m * v", "m - w",
        "v % y",
        "exp(v)", "expm1(v)", "log(p)", "log1p(x)", "log2(p)", "log10(p)", "sqrt(p)", "square(v)", "abs(v)", "sign(v)", "floor(v)", "sin(v)", "cos(v)",
        "tan(v)", "asin(x)", "acos(x)", "atan(v)",
        "sinh(v)", "cosh(v)", "tanh(v)", "sigmoid(v)", "softplus(v)", "softplus(v * 20)", "relu(v)", "erf(v)", "erf(v * 4)", "gelu(v)", "silu(v)",
        "maximum(v, w)", "minimum(v, w)", "max(x, y)", "min(x, y)", "max(w)", "min(m)",
        "sum(m)", "sum(m, 0)", "sum(m, -1)", "mean(m)", "mean(m, 1)", "prod(v)", "prod(m, 0)", "softmax(v)", "softmax(m, 0)", "logsoftmax(m)", "logsumexp(v)",
        "logsumexp(m, 1)",
        "transpose(m)", "m @ v", "w @ v", "m @ n", "v @ n", "matmul(n, m)", "[x, y, p]", "[v, w]", "conv2d(i, k)",
    ];

    // The page steps through these, and shows what the engine computed; it does not compute them again.
    private static readonly string[] OfTheEngine =
    [
        "concat(v, w)", "crossentropy(v, [.2, .3, .5])", "grad(sum(v * w), v)", "layernorm(m)", "norm(v)", "reshape(m, 3, 2)", "var(m, 1)", "where(v, w, x)",
        "v[0]", "m[:, 1:]", "v < w", "v >= x", "v == w",
    ];

    [Fact]
    public void Every_operation_is_tried() => Assert.Empty(
        Operations.Names.Split(", ").Except(Expressions.Concat(OfTheEngine).SelectMany(static text => text.Split('(', ' ')).Append("stack")));

    [Fact]
    public Task What_only_the_engine_computes_is_stepped_through_and_its_inputs_cannot_be_moved() =>
        browser.Open(Evaluate(Values, OfTheEngine, heads: null), async page =>
        {
            // when
            var computed = await page.EvaluateAsync<string[]>("graph.nodes.filter(node => node.isComputable).map(node => node.formula)");
            var told = await page.EvaluateAsync<string>("(show(steps.length), steps.map(step => step.text).join('\\n'))");

            // then
            Assert.Equal((false, true), (await page.EvaluateAsync<bool>("isLive"), await page.EvaluateAsync<bool>("find('nudge').hidden")));
            Assert.Equal(["v * w", "sum(t1)"], computed);
            Assert.Contains("the rule pad(expand_dims(g, 0), (0, 2)) gives", told);
            Assert.Contains("r8 = v[0] = [0.5, −1.2, 2.5][0] = 0.5", told);
        });

    [Fact]
    public Task What_the_page_computes_again_is_what_the_engine_computes()
    {
        // given
        var (graph, moved) = (Evaluate(Values), Evaluate(Moved));
        return browser.Open(graph, async page =>
        {
            Assert.True(await page.EvaluateAsync<bool>("isLive"));

            // when: all variables are moved, one after the other
            var inputs = graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Variable)
                .ToDictionary(static node => node.Id.ToString(), node => moved.Nodes[node.Id].Value!.ToArray<double>());
            var values = await page.EvaluateAsync<double[][]>("""
                moved => {
                  for (const [id, data] of Object.entries(moved)) {
                    const { values } = replay(Number(id), { shape: graph.nodes[id].shape, data });
                    graph.nodes.forEach((node, index) => node.value = node.run.value = values[index]);
                  }
                  return graph.nodes.map(node => node.value.data);
                }
                """, inputs);

            // then
            foreach (var node in moved.Nodes) AssertClose(node.Value!.ToArray<double>(), values[node.Id], node.ToString());
        });
    }

    [Fact]
    public Task The_scalars_of_an_operation_have_the_derivatives_of_the_engine()
    {
        // given
        var graph = Evaluate(Values);
        return browser.Open(graph, async page =>
        {
            foreach (var node in graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Operation))
            {
                // when: for each element of the result, a derivative for each element of each input
                var found = await page.EvaluateAsync<double[][][]>("""
                    id => graph.nodes[id].value.data.map((_, index) => {
                      const inputs = inputsOf(graph.nodes[id]);
                      const rows = inputs.map(input => input.data.map(() => 0));
                      const element = elementOf(graph.nodes[id], inputs, index);
                      element.from.forEach((part, place) => rows[part.input][part.index] += element.local[place]);
                      return rows;
                    })
                    """, node.Id);

                // then
                var inputs = node.Inputs.Select(input => graph.Nodes[input].Value!).ToArray();
                for (var element = 0; element < found.Length; element++)
                {
                    var one = new double[found.Length];
                    one[element] = 1;
                    for (var input = 0; input < inputs.Length; input++)
                    {
                        // The exponent of a power is a constant.
                        if (graph.Nodes[node.Inputs[input]].Kind == GraphNodeKind.Constant) continue;
                        AssertClose(
                            node.Definition!.Pull(inputs, node.Axis, input, Tensor.From(one, node.Shape)).ToArray<double>(), found[element][input],
                            $"{node}: element {element} by input {input}");
                    }
                }
            }
        });
    }

    [Fact]
    public Task Numbers_are_written_as_in_the_table_of_the_command() => browser.Open(Sample.Graph("variable alone"), async page =>
    {
        // given: the ends of the fixed form, ties, and what is no number
        double[] numbers =
        [
            0, -0.0, 1, -1.5, 123456, 1234567, 0.1 + 0.2, 1e-4, 1e-5, 1.23456789e-5, 9.9999999e-6, 1e-300, -2.5e17, 999999.5, 100000.5, 100001.5, 0.00001234565,
            1 / 3.0, 715.0000000000001,
            double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        ];

        // when
        var written = await page.EvaluateAsync<string[]>(
            "numbers => numbers.map(number => numberText(Number(number)))",
            numbers.Select(static number => number.ToString("R", CultureInfo.InvariantCulture)).ToArray());

        // then
        Assert.Equal(numbers.Select(static number => NumberText.Of(number)), written);
    });

    // One head is enough.
    private static GraphModel Evaluate(string values) => Evaluate(values, Expressions, heads: "r0=1");

    private static GraphModel Evaluate(string values, string[] expressions, string? heads)
    {
        var expression = Expression.Parse(string.Join("; ", expressions.Select(static (text, index) => $"r{index} = {text}")));
        var used = Expression.ParseValues(values).Where(pair => expression.Variables.Contains(pair.Key)).ToDictionary();
        return expression.Evaluate(used, heads is null ? null : Expression.ParseValues(heads));
    }

    private static void AssertClose(double[] expected, double[] got, string what)
    {
        Assert.Equal(expected.Length, got.Length);
        Assert.All(expected.Zip(got), pair => Assert.True(
            pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= 1e-12 * Math.Max(1, Math.Abs(pair.First)),
            $"{what}: engine {pair.First:R}, page {pair.Second:R}"));
    }
}
