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
    public void Another_rate_counts_from_its_step_also_where_a_snapshot_stands()
    {
        // given
        var playground = new Playground(new PlaygroundOptions { TestShare = 0 });
        playground.Advance(50);
        playground.SetRate(0.001);
        playground.Advance(75);
        playground.Reshape([7], [PlaygroundFeature.X1, PlaygroundFeature.X2]);
        playground.Advance(40);
        var bits = BitsOf(playground);

        foreach (var (step, rate) in new[] { (49, 0.03), (50, 0.001), (100, 0.001), (0, 0.03), (130, 0.001) })
        {
            // when
            playground.GoTo(step);

            // then
            Assert.Equal(rate, playground.Options.Rate);
            playground.GoTo(165);
            Assert.Equal(bits, BitsOf(playground));
        }

        // then: where nothing is held out there are no figures of it, and no rate that is none is taken
        Assert.True(double.IsNaN(PlaygroundView.Of(playground).TestLoss));
        Assert.All(new[] { 0, -1, double.NaN, double.PositiveInfinity, 101 }, wrong => Assert.Throws<ArgumentException>(() => playground.SetRate(wrong)));
        Assert.Equal(0.001, playground.Options.Rate);
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
        string[] names = ["W1", "b1", "W2", "b2", "W3", "b3"];
        for (var index = 0; index < names.Length; index++) Agree(graph, names[index], view.Gradients[index]);

        // when: one neuron is looked at by itself, in either layer
        foreach (var (layer, neuron) in new[] { (0, 2), (1, 3) })
        {
            var written = Microscope.Of(playground, point: 17, (layer, neuron));

            // then
            var inputs = playground.Network.Sizes[layer];
            for (var input = 0; input < inputs; input++)
                Agree(written, $"w{input + 1}", [view.Gradients[2 * layer][(neuron * inputs) + input]]);
            Agree(written, "b", [view.Gradients[2 * layer + 1][neuron]]);
        }

        static void Agree(GraphModel graph, string name, float[] gradients)
        {
            var shown = graph.Nodes.Single(node => node.Name == name).Gradient!.ToArray<double>();
            Assert.Equal(gradients.Length, shown.Length);
            Assert.All(gradients.Zip(shown), static pair => Assert.Equal(pair.First, pair.Second, 1e-5 * (1 + Math.Abs(pair.First))));
        }
    }

    [Theory]
    [InlineData(PlaygroundData.Waves, PlaygroundLoss.Huber)]
    [InlineData(PlaygroundData.Bump, PlaygroundLoss.Absolute)]
    [InlineData(PlaygroundData.Gaussians, PlaygroundLoss.Squared)]
    public void The_microscope_has_the_loss_that_is_chosen(PlaygroundData data, PlaygroundLoss loss)
    {
        var playground = new Playground(new PlaygroundOptions { Data = data, Loss = loss });
        playground.Advance(10);
        var (features, targets) = playground.Select([3]);
        var shown = Microscope.Of(playground, point: 3).Nodes.Single(static node => node.Name == "L").Value!;
        Assert.Equal(playground.LossOf(features, targets).Item(), shown.Item(), 1e-5);
    }

    [Fact]
    public void A_network_of_another_shape_keeps_the_weights_of_what_stays_and_goes_back_and_on()
    {
        // given
        var playground = new Playground(new PlaygroundOptions { Layers = [3, 2] });
        playground.Advance(60);
        playground.Switch(0, 1, isOn: false);
        var before = PlaygroundView.Of(playground);

        // when: a neuron more, a layer more, and another feature before
        playground.Reshape([4, 2, 3], [PlaygroundFeature.X2, PlaygroundFeature.SinX1]);

        // then
        var view = PlaygroundView.Of(playground);
        Assert.Equal([2, 4, 2, 3, 1], playground.Network.Sizes);
        Assert.Equal([true, false, true, true], playground.Network.AreOn(0));
        for (var neuron = 0; neuron < 3; neuron++)
        {
            Assert.Equal(before.Weights[0][(2 * neuron) + 1], view.Weights[0][2 * neuron]);
            Assert.Equal(before.Weights[1][neuron], view.Weights[1][neuron]);
        }

        for (var neuron = 0; neuron < 2; neuron++)
            Assert.Equal(before.Weights[2][(3 * neuron)..((3 * neuron) + 3)], view.Weights[2][(4 * neuron)..((4 * neuron) + 3)]);
        Assert.Equal(before.Weights[4], view.Weights[6][..2]);

        // when
        playground.Advance(70);
        playground.Reshape([2], [PlaygroundFeature.X2]);
        playground.Advance(70);
        var (bits, losses) = (BitsOf(playground), playground.Losses.ToArray());

        foreach (var step in new[] { 100, 0, 60, 130, 199 })
        {
            playground.GoTo(step);
            Assert.Equal(step <= 59 ? 3 : step <= 129 ? 5 : 3, playground.Network.Sizes.Count - (step <= 59 ? 1 : 0));
            playground.GoTo(200);

            // then
            Assert.Equal(bits, BitsOf(playground));
            Assert.Equal(losses, playground.Losses);
        }
    }

    [Theory]
    [InlineData(PlaygroundOptimizer.Adam)]
    [InlineData(PlaygroundOptimizer.Momentum)]
    [InlineData(PlaygroundOptimizer.Sgd)]
    public void An_edit_of_the_shape_that_changes_nothing_changes_no_bit(PlaygroundOptimizer optimizer)
    {
        // given
        var options = new PlaygroundOptions { Optimizer = optimizer };
        var (playground, other) = (new Playground(options), new Playground(options));
        playground.Advance(30);
        other.Advance(30);

        // when
        playground.Reshape([6, 4], [PlaygroundFeature.X1, PlaygroundFeature.X2]);
        playground.Advance(30);
        other.Advance(30);

        // then
        Assert.Equal(BitsOf(other), BitsOf(playground));
    }

    [Fact]
    public void An_absolute_penalty_brings_weights_to_zero()
    {
        double SmallOf(PlaygroundPenalty penalty)
        {
            var playground = new Playground(new PlaygroundOptions { Data = PlaygroundData.Gaussians, Penalty = penalty, Decay = 0.02, Rate = 0.003 });
            playground.Advance(1500);
            var weights = PlaygroundView.Of(playground).Weights.Where(static (_, index) => index % 2 == 0).SelectMany(static layer => layer);
            return weights.Count(static weight => Math.Abs(weight) < 0.01);
        }

        Assert.True(SmallOf(PlaygroundPenalty.L1) > SmallOf(PlaygroundPenalty.L2) + 10, $"{SmallOf(PlaygroundPenalty.L1)} {SmallOf(PlaygroundPenalty.L2)}");
    }

    [Fact]
    public void Points_that_are_added_leave_the_others_where_they_are()
    {
        PlaygroundPoints Of(int count) => PlaygroundPoints.Of(new PlaygroundOptions
        {
            Data = PlaygroundData.Own,
            Own = new OwnPoints([.. Enumerable.Range(0, 2 * count).Select(static at => at / 1024f)], [.. Enumerable.Repeat(1f, count)], AreClasses: true),
        });
        var (few, more) = (Of(40), Of(60));
        Assert.InRange(few.Count - few.Trained, 5, 15);
        Assert.Equal(few.X[..(2 * few.Trained)], more.X[..(2 * few.Trained)]);
    }

    [Fact]
    public void Without_a_point_a_network_stands_and_makes_no_step()
    {
        var engine = new StudioEngine();
        engine.Answer("{\"do\":\"play\",\"data\":\"own\"}");
        Assert.Contains("\"step\":0", engine.Answer("{\"do\":\"advance\",\"steps\":5}"));
        Assert.Contains("\"loss\":null", engine.Answer("{\"do\":\"view\",\"maps\":10}"));
        Assert.Contains("\"findings\":[]", engine.Answer("{\"do\":\"doctor\"}"));
        Assert.Contains("\"mean\":null", engine.Answer("{\"do\":\"neuron\",\"layer\":0,\"neuron\":1}"));
    }

    [Fact]
    public void A_neuron_tells_how_often_it_gives_what()
    {
        // given: a neuron that gives 0 whatever comes
        var playground = new Playground(new PlaygroundOptions { Activation = PlaygroundActivation.Relu });
        for (var input = 0; input < 2; input++) playground.SetWeight(0, 3, input, 0);
        playground.SetWeight(0, 3, 2, -1);

        // then
        var (dead, alive) = (PlaygroundNeuron.Of(playground, 0, 3), PlaygroundNeuron.Of(playground, 0, 0));
        Assert.Equal(1, dead.Flat);
        Assert.InRange(alive.Flat!.Value, 0.1, 0.9);
        Assert.Equal(180, alive.Counts.Sum());
        Assert.Null(PlaygroundNeuron.Of(playground, 2, 0).Flat);
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
