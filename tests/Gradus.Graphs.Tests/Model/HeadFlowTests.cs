using System.Xml.Linq;

namespace Gradus.Graphs.Tests;

public class HeadFlowTests
{
    [Fact]
    public void Each_head_has_its_own_gradient_everywhere_and_they_add_up()
    {
        // given
        var x = Tensor.Of(0.5, -1.0).Named("x").RequireGrad();
        var hidden = x.Tanh().Named("hidden");
        var heads = new Heads().Loss("price", hidden.Sum()).Loss("risk", hidden.Square().Sum(), weight: 0.5).Value("report", hidden.Max());

        // when
        var graph = heads.Graph();
        heads.Backward(["price"], retainGraph: true);
        var price = x.Grad!.Clone();

        // then
        Assert.Equal(["price", "risk"], graph.Outputs.Select(output => graph.Nodes[output].Name));
        Assert.Equal(price.ToArray<double>(), graph["x"].HeadGradients[0]!.ToArray<double>());
        foreach (var node in graph.Nodes.Where(static node => node.Gradient is not null))
        {
            var sum = node.HeadGradients.OfType<Tensor>().Aggregate(static (sum, share) => sum + share);
            Assert.True(sum.AllClose(node.Gradient!, 1e-14, 0));
        }

        Assert.Null(graph["price"].HeadGradients[1]);
        Assert.Equal(0.5, graph["risk"].Gradient!.Item());
    }

    [Fact]
    public void A_head_is_called_as_it_was_added()
    {
        // given
        var x = Tensor.Scalar(2.0).RequireGrad();

        // then
        Assert.Equal(["h′", "first loss"], Names(new Heads().Loss("h′", x * 2).Loss("first loss", x * 3).Graph()));
        Assert.Equal("named", Names(new Heads().Loss("other", (x * 2).Named("named")).Graph())[0]);

        static string[] Names(GraphModel graph) => [.. graph.Outputs.Select(output => graph.Nodes[output].Name)];
    }

    [Fact]
    public void Expressions_with_several_results_have_a_flow_for_each()
    {
        // when
        var graph = Sample.Evaluate("h = w*x; price = h*2; risk = h**2", "w=3,x=1");

        // then
        Assert.Equal([2, 6], graph["h"].HeadGradients.Select(static share => share!.Item()));
        Assert.Equal([2, 6], graph["w"].HeadGradients.Select(static share => share!.Item()));
        Assert.Equal(8, graph.Gradient("w"));
        Assert.Null(graph["risk"].HeadGradients[0]);
        Assert.Empty(Sample.Graph("apples")["tax"].HeadGradients);
    }

    [Fact]
    public void The_picture_draws_the_flows_side_by_side_in_colors_of_their_own()
    {
        // given
        XNamespace svg = "http://www.w3.org/2000/svg";
        var graph = Sample.Evaluate("h = w*x; price = h*2; risk = h**2", "w=3,x=1");

        // when
        var picture = XDocument.Parse(SvgWriter.Write(graph)).Root!;

        // then: both run through w and x, one through each result
        var edges = picture.Descendants(svg + "g")
            .Where(static group => group.Attribute("class")!.Value == "edge").ToDictionary(static edge => edge.Attribute("id")!.Value, edge => Strands(edge));
        Assert.Equal(["f0", "f1"], edges[$"e{graph["h"].Id}-0"]);
        Assert.Equal(["f0"], edges[$"e{graph["price"].Id}-0"]);
        Assert.Equal(["f1"], edges[$"e{graph["risk"].Id}-0"]);
        Assert.Contains(picture.Descendants(svg + "text"), static text => text.Attribute("class")!.Value == "label shares" && text.Value == "2 + 6");
        Assert.DoesNotContain("flow", SvgWriter.Write(Sample.Graph("apples")));

        string[] Strands(XElement edge) => [.. edge.Elements(svg + "path")
            .Select(static path => path.Attribute("class")!.Value).Where(static kind => kind.StartsWith("flow ")).Select(static kind => kind[5..])];
    }

    [Fact]
    public void Heads_of_which_none_is_a_loss_are_told()
    {
        var heads = new Heads().Value("report", Tensor.Of(1.0).RequireGrad().Sum());

        Assert.Contains("Loss()", Assert.Throws<GradusException>(heads.Graph).Message);
    }

    [Fact]
    public void Hundreds_of_heads_are_one_flow_and_the_page_asks_which_to_follow()
    {
        // given
        var graph = Sample.Evaluate(string.Join(';', Enumerable.Range(1, 300).Select(static number => $"y{number} = x*{number}")), "x=1");

        // when
        var exception = Assert.Throws<GradusException>(() => HtmlWriter.Write(graph));

        // then
        Assert.Equal(300 * 301 / 2, graph["x"].Gradient!.Item());
        Assert.All(graph.Nodes, static node => Assert.Empty(node.HeadGradients));
        Assert.StartsWith("the graph has 300 heads; at most 64 are followed at once.", exception.Message);
    }
}
