using System.Text.Json;
using System.Xml.Linq;

namespace Gradus.Graphs.Tests;

public class WriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names => Sample.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_json_has_the_agreed_members_and_gives_the_same_numbers_back(string name)
    {
        // given
        var graph = Sample.Graph(name);

        // when
        var json = JsonDocument.Parse(JsonWriter.Write(graph)).RootElement;

        // then
        Assert.Equal(["nodes", "outputs"], json.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(graph.Outputs, json.GetProperty("outputs").EnumerateArray().Select(static id => id.GetInt32()));
        foreach (var (node, written) in graph.Nodes.Zip(json.GetProperty("nodes").EnumerateArray()))
        {
            Assert.Equal(["id", "name", "op", "inputs", "shape", "value", "gradient", "local"], written.EnumerateObject().Select(static member => member.Name));
            Assert.Equal(node.Value!.ToArray<double>(), Flat(written.GetProperty("value")));
            Assert.Equal(node.Gradient?.ToArray<double>() ?? [], Flat(written.GetProperty("gradient")));
            Assert.Equal(node.Shape.ToArray(), written.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32()));
            Assert.Equal(node.Inputs.Length, written.GetProperty("local").GetArrayLength());
        }
    }

    [Fact]
    public void The_json_of_a_tensor_operation_names_the_rule_and_what_is_not_finite_is_null()
    {
        // when
        var product = JsonWriter.Write(Sample.Evaluate("y = w @ x", "w=[[1,2],[3,4]],x=[1,1]"));
        var power = JsonWriter.Write(Sample.Evaluate("y = x ** 2", "x=-3"));

        // then
        Assert.Contains(
            """{"id":2,"name":"y","op":"matmul","inputs":[0,1],"shape":[2],"value":[3,7],"gradient":[1,1],"local":["outer(g, x)","transpose(w) @ g"]}""",
            product);
        Assert.Contains("""{"id":1,"name":"2","op":"constant","inputs":[],"shape":[],"value":2,"gradient":null,"local":[]}""", power);
        Assert.Contains("\"local\":[-6,null]", power);
    }

    [Fact]
    public void The_picture_has_a_circle_for_each_operation_and_the_textbook_numbers()
    {
        // when
        var svg = XDocument.Parse(SvgWriter.Write(Sample.Graph("apples"))).Root!;

        // then
        Assert.Equal(4, svg.Descendants(Svg + "circle").Count());
        Assert.Equal(["100", "2", "200", "150", "3", "450", "650", "1.1", "price = 715"], Texts("label value"));
        Assert.Equal(["2.2", "110", "1.1", "3.3", "165", "1.1", "1.1", "650", "1"], Texts("label gradient"));
        Assert.Equal(8, svg.Descendants(Svg + "path").Count(static path => path.Attribute("class")!.Value == "arrow"));
        Assert.Contains("prefers-color-scheme: dark", svg.Element(Svg + "style")!.Value);

        IEnumerable<string> Texts(string kind) =>
            svg.Descendants(Svg + "text").Where(text => text.Attribute("class")!.Value == kind).Select(static text => text.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_writer_writes_every_node_and_edge(string name)
    {
        // given
        var graph = Sample.Graph(name);

        // when
        var (svg, dot, mermaid) = (XDocument.Parse(SvgWriter.Write(graph)), DotWriter.Write(graph), MermaidWriter.Write(graph));

        // then
        Assert.Equal(graph.Nodes.Length, svg.Descendants(Svg + "g").Count(static group => group.Attribute("class")!.Value.StartsWith("node")));
        Assert.Equal(graph.Edges.Length, svg.Descendants(Svg + "g").Count(static group => group.Attribute("class")!.Value == "edge"));
        Assert.Equal(graph.Edges.Length, dot.Split(" -> ").Length - 1);
        Assert.Equal(graph.Edges.Length, mermaid.Split(" -->").Length - 1);
        Assert.Equal(dot.Count(static character => character == '{'), dot.Count(static character => character == '}'));
    }

    [Theory]
    [MemberData(nameof(TensorSample.Names), MemberType = typeof(TensorSample))]
    public void Open_modules_are_frames_clusters_and_subgraphs_and_folded_ones_nodes(string name)
    {
        // given
        var graph = TensorSample.Graph(name);
        var folded = graph.Fold(static _ => true);

        // when
        var (svg, dot, mermaid) = (XDocument.Parse(SvgWriter.Write(graph)), DotWriter.Write(graph), MermaidWriter.Write(graph));
        var closed = XDocument.Parse(SvgWriter.Write(folded));

        // then
        Assert.Equal(graph.Groups.Length, svg.Descendants(Svg + "rect").Count(static rect => rect.Attribute("class")?.Value == "frame"));
        Assert.Equal(graph.Groups.Length, dot.Split("subgraph cluster_").Length - 1);
        Assert.Equal(graph.Groups.Length, mermaid.Split("subgraph g").Length - 1);
        Assert.Equal(dot.Count(static character => character == '{'), dot.Count(static character => character == '}'));
        Assert.Equal(
            folded.Nodes.Count(static node => node.Folded is not null),
            closed.Descendants(Svg + "rect").Count(static rect => rect.Attribute("class")?.Value == "inset"));
        Assert.DoesNotContain(closed.Descendants(Svg + "rect"), static rect => rect.Attribute("class")?.Value == "frame");
    }

    [Fact]
    public void Names_cannot_break_out_of_a_drawing()
    {
        // given
        var x = Tensor.Scalar(1.0).Named("<b>\"x\"\n&").RequireGrad();

        // when
        var graph = x.Exp().Graph(x);

        // then
        Assert.Contains(
            XDocument.Parse(SvgWriter.Write(graph)).Descendants(Svg + "text"), static text => text.Value.Contains("<b>\"x\"", StringComparison.Ordinal));
        Assert.Contains(@"label=""<b>\""x\""\n&""", DotWriter.Write(graph));
        Assert.Contains("[\"#lt;b#gt;#quot;x#quot;<br/>&\"]", MermaidWriter.Write(graph));
    }

    private static IEnumerable<double> Flat(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Flat),
        _ => [element.GetDouble()],
    };
}
