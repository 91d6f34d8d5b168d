using System.Globalization;
using System.Xml.Linq;

namespace Gradus.Graphs.Tests;

public class HeatMapWriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    // An L of ink.
    private static readonly Tensor Picture = Tensor.Of([[0f, 8f, 0f, 0f], [0f, 8f, 0f, 0f], [0f, 8f, 8f, 2f]]);

    [Fact]
    public void A_map_has_its_cells_in_the_color_and_strength_of_its_numbers()
    {
        // given
        var map = new HeatMap("effect", Tensor.Of([[0.0, 0.5, -2.0, -2.0], [0.0, 0.0, 0.01, 0.0], [1.0, 0.0, 0.0, 2.0]]));

        // when
        var panel = Panels(HeatMapWriter.Write("a map", Picture, [map]))[1];

        // then: what rounds to zero is not drawn
        var cells = panel.Descendants(Svg + "path")
            .Select(static path => $"{path.Attribute("class")!.Value} {path.Attribute("fill-opacity")!.Value} {path.Attribute("d")!.Value}");
        Assert.Equal(["lowers 1 M2 0h2v1h-2z", "raises 0.25 M1 0h1v1h-1z", "raises 0.5 M0 2h1v1h-1z", "raises 1 M3 2h1v1h-1z"], cells);
        Assert.Equal(["effect", "−2", "0", "2"], Texts(panel));
    }

    [Fact]
    public void The_picture_stands_first_as_ink_and_its_outline_over_each_map()
    {
        // when
        var svg = XDocument.Parse(HeatMapWriter.Write("two maps", Picture, [new("one", Picture), new("two", -Picture)])).Root!;
        var panels = svg.Elements(Svg + "g").ToArray();

        // then
        Assert.Equal(4, panels.Length);
        Assert.Equal(["input"], Texts(panels[0]));
        Assert.Equal(
            ["M3 2h1v1h-1z", "M1 0h1v1h-1zM1 1h1v1h-1zM1 2h2v1h-2z"], panels[0].Descendants(Svg + "path").Select(static path => path.Attribute("d")!.Value));
        Assert.Equal(
            "M2 2h1M1 0v3M2 0v2M3 2v1", svg.Descendants(Svg + "path").Single(static path => path.Attribute("id")?.Value == "outline").Attribute("d")!.Value);
        Assert.Equal(
            [0, 1, 1, 0], panels.Select(static panel => panel.Descendants(Svg + "use").Count(static use => use.Attribute("href")!.Value == "#outline")));
        Assert.Equal(["raises", "raises"], panels[1].Descendants(Svg + "path").Select(static path => path.Attribute("class")!.Value));
        Assert.Equal(["lowers", "lowers"], panels[2].Descendants(Svg + "path").Select(static path => path.Attribute("class")!.Value));
        Assert.Equal("how to read it", Texts(panels[3])[0]);
        Assert.Contains("prefers-color-scheme: dark", svg.Element(Svg + "style")!.Value);
    }

    [Fact]
    public void Channels_of_a_map_are_added_up_and_a_picture_of_three_is_drawn_in_its_colors()
    {
        // given
        var red = Tensor.Of([[[1f, 0f]], [[0f, 0f]], [[0f, 0.2f]]]);
        var map = new HeatMap("sum", Tensor.Of([[[1.0, 3.0]], [[2.0, -3.0]], [[-4.0, 5.0]]]));

        // when
        var panels = Panels(HeatMapWriter.Write("colors", red, [map]));

        // then
        Assert.Equal(
            ["#003 M1 0h1v1h-1z", "#f00 M0 0h1v1h-1z"],
            panels[0].Descendants(Svg + "path").Select(static path => $"{path.Attribute("fill")!.Value} {path.Attribute("d")!.Value}"));
        Assert.Equal(["sum", "−5", "0", "5"], Texts(panels[1]));
    }

    [Fact]
    public void Panels_and_their_texts_lie_apart_and_inside_the_picture()
    {
        // given
        var maps = Enumerable.Range(1, 6).Select(static index => new HeatMap($"map {index}", Tensor.Full([28, 20], index)) { Note = "a note below" }).ToArray();

        // when
        var svg = XDocument.Parse(HeatMapWriter.Write("six maps", Tensor.Ones([1, 28, 20]), maps)).Root!;

        // then: 168 wide and high, with what stands above and below
        var boxes = svg.Elements(Svg + "g").Select(static panel =>
        {
            var place = panel.Attribute("transform")!.Value["translate(".Length..^1]
                .Split(' ').Select(static number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            return (Left: place[0], Top: place[1] - 18, Right: place[0] + 168, Bottom: place[1] + 168 + 44);
        }).ToArray();
        Assert.Equal(8, boxes.Length);
        var (width, height) = ((double)svg.Attribute("width")!, (double)svg.Attribute("height")!);
        Assert.All(boxes, box => Assert.True(box is { Left: > 0, Top: > 30 } && box.Right < width && box.Bottom < height));
        for (var one = 0; one < boxes.Length; one++)
        {
            for (var two = 0; two < one; two++)
            {
                Assert.True(boxes[one].Left > boxes[two].Right || boxes[two].Left > boxes[one].Right || boxes[one].Top > boxes[two].Bottom);
            }
        }
    }

    [Fact]
    public void A_map_of_zeros_is_empty_and_names_cannot_break_out()
    {
        // when
        var svg = HeatMapWriter.Write("<b>\n&", Picture, [new("\"x\"<", Tensor.Zeros([3, 4])) { Note = "</svg>" }]);

        // then
        var panels = Panels(svg);
        Assert.Empty(panels[1].Descendants(Svg + "path"));
        Assert.Equal(["\"x\"<", "0", "0", "0", "</svg>"], Texts(panels[1]));
        Assert.Equal("<b> &", XDocument.Parse(svg).Root!.Element(Svg + "title")!.Value);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        // given
        var map = new HeatMap("heat", Tensor.Ones([3, 4]));

        // then
        Refused("heatMap: there is no map to draw, expected one or more.", Picture);
        Refused("heatMap: the picture is [2,3,4], expected [height, width] or [channels, height, width] with 1 or 3 channels.", Tensor.Ones([2, 3, 4]), map);
        Refused("heatMap: the picture is [5], expected [height, width] or [channels, height, width] with 1 or 3 channels.", Tensor.Ones([5]), map);
        Refused("heatMap: the map 'heat' is [3,4], expected [4,4] or [channels,4,4], as the picture.", Tensor.Ones([4, 4]), map);
        Refused("heatMap: the map 'bad' has numbers that are not finite, which have no color.", Picture, new HeatMap("bad", Tensor.Full([3, 4], double.NaN)));
        Refused("heatMap: the picture has numbers that are not finite, which have no color.", Tensor.Full([3, 4], double.PositiveInfinity), map);
    }

    private static XElement[] Panels(string svg) => [.. XDocument.Parse(svg).Root!.Elements(Svg + "g")];

    private static string[] Texts(XElement panel) => [.. panel.Elements(Svg + "text").Select(static text => text.Value)];

    private static void Refused(string message, Tensor picture, params HeatMap[] maps) =>
        Assert.Equal(message, Assert.Throws<GradusException>(() => HeatMapWriter.Write("refused", picture, maps)).Message);
}
