using System.Text.Json;

namespace Gradus.Studio.Tests;

public class PlaygroundTests
{
    [Fact]
    public void Spirals_are_solved_in_three_hundred_steps()
    {
        var playground = new Playground(new PlaygroundOptions());
        playground.Advance(300);
        var view = PlaygroundView.Of(playground);
        Assert.InRange(view.Accuracy, 0.97, 1);
        Assert.InRange(view.TestAccuracy, 0.9, 1);
    }

    [Theory]
    [InlineData(PlaygroundOptimizer.Adam, 0)]
    [InlineData(PlaygroundOptimizer.Momentum, 32)]
    public void Back_and_on_again_gives_the_same_bits(PlaygroundOptimizer optimizer, int batch)
    {
        // given: edits on the way, one where a snapshot stands
        var playground = new Playground(new PlaygroundOptions { Optimizer = optimizer, Batch = batch, Layers = [5, 3] });
        playground.Advance(50);
        playground.SetWeight(0, 2, 1, 2.5f);
        playground.Advance(73);
        playground.Switch(1, 0, isOn: false);
        playground.Advance(150);
        var (bits, losses) = (BitsOf(playground), playground.Losses.ToArray());

        foreach (var step in new[] { 100, 0, 123, 272, 50, 122 })
        {
            // when
            playground.GoTo(step);
            playground.GoTo(273);

            // then
            Assert.Equal(bits, BitsOf(playground));
            Assert.Equal(losses, playground.Losses);
        }
    }

    [Fact]
    public void An_edit_in_the_past_begins_another_future()
    {
        // given
        var playground = new Playground(new PlaygroundOptions());
        playground.Advance(120);
        var before = playground.Losses[110];

        // when
        playground.GoTo(100);
        playground.SetWeight(0, 0, 0, -3);
        Assert.Equal(100, playground.Losses.Count);
        playground.Advance(20);

        // then
        Assert.NotEqual(before, playground.Losses[110]);
    }

    [Theory]
    [InlineData(PlaygroundData.Spirals, PlaygroundActivation.Tanh)]
    [InlineData(PlaygroundData.Moons, PlaygroundActivation.Relu)]
    [InlineData(PlaygroundData.Saddle, PlaygroundActivation.Sigmoid)]
    public void The_microscope_has_the_gradients_of_the_lines(PlaygroundData data, PlaygroundActivation activation)
    {
        // given: all features, and a neuron that is off
        var playground = new Playground(new PlaygroundOptions { Data = data, Activation = activation, Features = Enum.GetValues<PlaygroundFeature>() });
        playground.Advance(40);
        playground.Switch(0, 1, isOn: false);

        // when
        var graph = Microscope.Of(playground, point: 17);
        var view = PlaygroundView.Of(playground, point: 17);

        // then
        var network = playground.Network;
        for (var layer = 0; layer < network.Layers.Count; layer++)
        {
            for (var (neuron, inputs) = (0, network.Sizes[layer]); neuron < network.Sizes[layer + 1]; neuron++)
            {
                for (var input = 0; input < inputs; input++)
                {
                    var node = graph.Nodes.Single(node => node.Name == $"w{layer + 1}_{neuron + 1}{input + 1}");
                    var gradient = view.Gradients[2 * layer][(neuron * inputs) + input];
                    Assert.Equal(gradient, node.Gradient!.Item(), 1e-5 * (1 + Math.Abs(gradient)));
                }
            }
        }
    }

    [Fact]
    public void Each_neuron_has_a_map()
    {
        var playground = new Playground(new PlaygroundOptions { Layers = [3, 2] });
        Assert.Equal((2 + 3 + 2 + 1) * 100, PlaygroundView.MapsOf(playground, size: 10, reach: 1.2).Length);
    }

    [Fact]
    public void Words_are_there_in_both_languages()
    {
        Dictionary<string, string> WordsOf(string language) =>
            JsonSerializer.Deserialize<Dictionary<string, string>>(StudioPage.Read($"strings.{language}.json"))!;
        var (english, chinese) = (WordsOf("en"), WordsOf("zh"));
        Assert.Equal(english.Keys, chinese.Keys);
        Assert.All(english, pair => Assert.Equal(PlacesOf(pair.Value), PlacesOf(chinese[pair.Key])));
    }

    private static IEnumerable<string> PlacesOf(string text) =>
        System.Text.RegularExpressions.Regex.Matches(text, @"\{\w+\}").Select(static match => match.Value).Order(StringComparer.Ordinal);

    private static string BitsOf(Playground playground)
    {
        var values = playground.Network.Parameters.SelectMany(static parameter => parameter.Value.ToArray<float>());
        return string.Join(' ', values.Select(BitConverter.SingleToUInt32Bits));
    }
}
