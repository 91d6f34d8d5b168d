using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gradus.Graphs.Tests;

public class HtmlWriterTests
{
    public static TheoryData<string> Names => Sample.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_steps_add_up_to_the_gradients_of_the_engine(string name)
    {
        // given
        var graph = Sample.Graph(name);

        // when
        var walk = GraphWalk.Of(graph);

        // then: what no head depends on gets no gradient
        var gradients = new Tensor?[graph.Nodes.Length];
        foreach (var head in walk.Heads) gradients[head.Node] = head.Seed;
        foreach (var step in walk.Steps)
        {
            foreach (var part in step.Contributions.OfType<Tensor>()) gradients[step.Target] = gradients[step.Target] is { } before ? before + part : part;
        }

        foreach (var node in graph.Nodes)
        {
            if (node.Gradient is null) Assert.Null(gradients[node.Id]);
            else Assert.True((gradients[node.Id] ?? Tensor.Zeros(node.Shape, DType.Float64)).AllClose(node.Gradient, 1e-12, 1e-14), node.ToString());
        }
    }

    [Fact]
    public void Of_several_heads_each_carries_what_it_would_alone()
    {
        // given
        const string Text = "h = tanh(w*x); price = h*2; risk = h**2 - x";

        // when
        var walk = GraphWalk.Of(Sample.Evaluate(Text, "w=.5,x=1", "price=3,risk=-1"));

        // then
        string[] heads = ["price=3", "risk=-1"];
        for (var head = 0; head < heads.Length; head++)
        {
            var alone = Sample.Evaluate(Text, "w=.5,x=1", heads[head]);
            Assert.Equal(alone.Gradient("w"), walk.Steps.Where(step => step.Target == alone["w"].Id).Sum(step => step.Contributions[head]?.Item() ?? 0), 1e-12);
        }
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
        Assert.DoesNotMatch(@"https?://(?!www\.w3\.org/(2000/svg|1998/Math/MathML))|<link|src=|url\((?!#)|@import|fetch\(|XMLHttp", page);
        Assert.DoesNotMatch(@"\{(title|style|picture|templates|data|script)\}", page);
        var view = JsonDocument.Parse(Regex.Match(page, "id=\"data\">(.*)</script>").Groups[1].Value).RootElement.GetProperty("views")[0];
        Assert.Equal(graph.Nodes.Length, view.GetProperty("nodes").GetArrayLength());
        Assert.Equal(GraphWalk.Of(graph).Steps.Count, view.GetProperty("steps").GetArrayLength());
        foreach (var step in view.GetProperty("steps").EnumerateArray())
        {
            Assert.Contains($"id=\"n{step.GetProperty("target")}\"", page);
            Assert.Contains($"id=\"e{step.GetProperty("node")}-{step.GetProperty("input")}\"", page);
        }
    }

    [Theory]
    [InlineData(GraphLayout.LeftToRight)]
    [InlineData(GraphLayout.TopDown)]
    [InlineData(GraphLayout.Wrapped)]
    public void A_page_is_made_of_pictures_of_one_layout_and_data_that_another_page_can_show(GraphLayout layout)
    {
        // given
        var graph = TensorSample.Graph("modules within modules");

        // when
        var parts = HtmlParts.Of(graph, layout, 900);
        var page = HtmlWriter.Write(graph, layout, 900);

        // then
        Assert.Equal(parts.ToPage(), page);
        Assert.Equal(SvgWriter.Write(graph.Fold(), layout, 900), parts.Pictures[0]);
        Assert.Equal(SvgWriter.Write(graph, layout, 900), parts.Pictures[1]);
        var views = JsonDocument.Parse(parts.Data).RootElement.GetProperty("views");
        Assert.Equal(parts.Pictures.Count, views.GetArrayLength());
        Assert.All(parts.Pictures, picture => Assert.Contains(picture, page));
    }

    [Theory]
    [InlineData(PageLanguage.English, "en")]
    [InlineData(PageLanguage.Chinese, "zh")]
    public void What_is_around_pictures_and_numbers_is_small(PageLanguage language, string code)
    {
        // given
        var graph = Sample.Graph("apples");
        var parts = HtmlParts.Of(graph);

        // when
        var page = HtmlWriter.Write(graph, GraphLayout.LeftToRight, language: language);

        // then
        Assert.InRange(page.Length - parts.Data.Length - parts.Pictures[0].Length, 50_000, 100_000);
        Assert.Contains($"<html lang=\"{code}\">", page);
        Assert.Throws<ArgumentOutOfRangeException>(() => HtmlWriter.Write(graph, GraphLayout.LeftToRight, language: (PageLanguage)7));
    }

    [Fact]
    public void A_page_of_two_hundred_nodes_is_below_a_megabyte()
    {
        // given
        var graph = Sample.Evaluate(
            "v0 = x; " + string.Join("; ", Enumerable.Range(1, 50).Select(static n => $"v{n} = tanh(w*v{n - 1} + b{n})")),
            "x=1,w=.9," + string.Join(",", Enumerable.Range(1, 50).Select(static n => $"b{n}=.1")));
        Assert.InRange(graph.Nodes.Length, 190, 260);

        // then
        Assert.InRange(HtmlWriter.Write(graph).Length, 1, 1_000_000);
    }
}
