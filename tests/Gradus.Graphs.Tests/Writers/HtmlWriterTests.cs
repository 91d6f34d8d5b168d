using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gradus.Graphs.Tests;

public class HtmlWriterTests
{
    public static TheoryData<string> Names => Sample.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_steps_end_with_the_values_and_gradients_of_the_engine(string name)
    {
        // given
        var graph = Sample.Graph(name);

        // when
        var steps = GraphWalk.Of(graph);

        // then: what no head depends on gets no gradient
        var gradients = steps.Where(static step => step.IsBackward).GroupBy(static step => step.Target).ToDictionary(static group => group.Key, static group => group.Last().Result);
        foreach (var node in graph.Nodes)
        {
            Assert.Same(node.Value, Assert.Single(steps, step => !step.IsBackward && step.Target == node.Id).Result);
            if (node.Gradient is null) Assert.False(gradients.ContainsKey(node.Id));
            else Assert.True(gradients.GetValueOrDefault(node.Id, Tensor.Zeros(node.Shape, DType.Float64)).AllClose(node.Gradient, 1e-12, 1e-14), node.ToString());
        }
    }

    [Fact]
    public void A_step_says_the_product_with_its_numbers_and_the_running_sum()
    {
        // when
        var steps = GraphWalk.Of(Sample.Evaluate("y = x*x + 3*x", "x=-2"));

        // then
        string[] expected =
        [
            "x = −2 is given.", "t1 = x * x = (−2) * (−2) = 4", "The constant 3.", "t2 = 3 * x = 3 * (−2) = −6", "y = t1 + t2 = 4 + (−6) = −2",
            "Back-propagation starts at y with the gradient 1.",
            "From y to t1: upstream × local = 1 × 1 = 1, for ∂y/∂t1 = 1.",
            "From y to t2: upstream × local = 1 × 1 = 1, for ∂y/∂t2 = 1.",
            "From t2 to x: upstream × local = 1 × 3 = 3, for ∂t2/∂x = 3.",
            "From t1 to x: upstream × local = 1 × (−2) = −2, for ∂t1/∂x = x. x is used more than once, and contributions add: 3 + (−2) = 1.",
            "From t1 to x: upstream × local = 1 × (−2) = −2, for ∂t1/∂x = x. x is used more than once, and contributions add: 1 + (−2) = −1.",
        ];
        Assert.Equal(expected, steps.Select(static step => step.Text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_stands_alone_and_its_steps_name_what_is_in_its_picture(string name)
    {
        // given
        var graph = Sample.Graph(name);

        // when
        var page = HtmlWriter.Write(graph);

        // then
        Assert.DoesNotMatch(@"https?://(?!www\.w3\.org/2000/svg)|<link|src=|url\(|@import|fetch\(|XMLHttp", page);
        Assert.DoesNotMatch(@"\{(title|last|steps|list|picture)\}", page);
        var steps = JsonDocument.Parse(Regex.Match(page, "const steps = (.*);\n").Groups[1].Value).RootElement;
        Assert.Equal(GraphWalk.Of(graph).Count, steps.GetArrayLength());
        foreach (var step in steps.EnumerateArray())
        {
            Assert.Contains($"id=\"n{step.GetProperty("node")}\"", page);
            if (step.TryGetProperty("input", out var input)) Assert.Contains($"id=\"e{step.GetProperty("node")}-{input}\"", page);
        }
    }

    [Fact]
    public void A_page_of_two_hundred_nodes_is_below_a_megabyte()
    {
        // given
        var graph = Sample.Evaluate("v0 = x; " + string.Join("; ", Enumerable.Range(1, 50).Select(static n => $"v{n} = tanh(w*v{n - 1} + b{n})")), "x=1,w=.9," + string.Join(",", Enumerable.Range(1, 50).Select(static n => $"b{n}=.1")));
        Assert.InRange(graph.Nodes.Length, 190, 260);

        // then
        Assert.InRange(HtmlWriter.Write(graph).Length, 1, 1_000_000);
    }
}
