using System.Globalization;
using System.Xml.Linq;

namespace Gradus.Graphs.Tests.Writers;

public class FlowWriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_layer_has_a_bar_for_what_it_gives_and_one_for_its_gradient_as_long_as_their_logarithms()
    {
        // when
        var picture = XDocument.Parse(FlowWriter.Write("a network", [new("first", 1, 1e-4), new("second", 100, 1e-2), new("third", 10, 1)]));

        // then: a decade is as long as every other
        var forward = Lengths(picture, "forward");
        var backward = Lengths(picture, "backward");
        Assert.Equal(3, forward.Length);
        Assert.Equal(2 * (forward[2] - forward[0]), forward[1] - forward[0], 0.3);
        Assert.Equal(forward[1] - forward[0], backward[1] - backward[0], 0.3);
        Assert.Equal(forward[0], backward[2], 0.3);
        Assert.Equal(["first", "second", "third"], Texts(picture, "label"));
    }

    [Fact]
    public void What_is_missing_zero_or_not_finite_has_no_bar_but_what_there_is_has_its_number()
    {
        // when
        var picture = XDocument.Parse(FlowWriter.Write("a network", [
            new("sound", 1, 2), new("dead", 0, 0), new("small", 2.171e-12, 31234), new("lost", double.NaN, double.PositiveInfinity), new("without", null, null),
        ]));

        // then
        Assert.Equal(2, Lengths(picture, "forward").Length);
        Assert.Equal(2, Lengths(picture, "backward").Length);
        Assert.Equal(["1", "0", "2.17·10⁻¹²", "NaN"], Texts(picture, "number forward"));
        Assert.Equal(["2", "0", "3.12·10⁴", "∞"], Texts(picture, "number backward"));
    }

    [Fact]
    public void Names_and_notes_are_text_whatever_is_in_them()
    {
        // when
        var picture = XDocument.Parse(FlowWriter.Write("<b>&\u0007", [new("a<b>", 1, 1, "dead & gone")]));

        // then
        Assert.Equal(["<b>& "], Texts(picture, "title"));
        Assert.Equal(["a<b>"], Texts(picture, "label"));
        Assert.Equal(["dead & gone"], Texts(picture, "note"));
        Assert.DoesNotContain("script", picture.ToString());
    }

    [Fact]
    public void Rows_do_not_overlap_and_nothing_lies_outside_the_page()
    {
        // given
        FlowBar[] bars = [.. Enumerable.Range(0, 40).Select(static row => new FlowBar(
            $"encoder.layers.{row}.self_attn.out_proj Linear", Math.Pow(10, row - 20), Math.Pow(10, 20 - row), row % 7 == 0 ? "vanishing gradient" : null))];

        // when
        var root = XDocument.Parse(FlowWriter.Write("deep", bars)).Root!;

        // then
        var (width, height) = (Number(root, "width"), Number(root, "height"));
        var boxes = root.Descendants(Svg + "rect").Skip(1)
            .Select(static bar => (
                Left: Number(bar, "x"), Top: Number(bar, "y"),
                Right: Number(bar, "x") + Number(bar, "width"), Bottom: Number(bar, "y") + Number(bar, "height")))
            .OrderBy(static box => box.Top).ToArray();
        Assert.All(boxes, box => Assert.True(box.Left > 0 && box.Top > 0 && box.Right < width && box.Bottom < height));
        Assert.All(boxes.Zip(boxes.Skip(1)), static pair => Assert.True(pair.First.Bottom <= pair.Second.Top));
        Assert.InRange(root.Descendants(Svg + "line").Count(), 3, 12);
    }

    [Fact]
    public void A_network_without_layers_is_an_empty_picture() => Assert.Empty(Lengths(XDocument.Parse(FlowWriter.Write("nothing", [])), "forward"));

    private static double[] Lengths(XDocument picture, string kind) =>
        [.. picture.Descendants(Svg + "rect").Where(bar => (string?)bar.Attribute("class") == kind).Select(static bar => Number(bar, "width"))];

    private static string[] Texts(XDocument picture, string kind) =>
        [.. picture.Descendants(Svg + "text").Where(text => (string?)text.Attribute("class") == kind).Select(static text => text.Value)];

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
