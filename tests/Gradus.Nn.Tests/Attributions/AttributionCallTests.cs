using Gradus.Nn.Tests.Training;

namespace Gradus.Nn.Tests;

/// <summary>What asking leaves behind, what it depends on, and how it is refused.</summary>
[Collection(nameof(Alone))]
public class AttributionCallTests
{
    private static readonly (string Name, Func<Module<Tensor, Tensor>, Tensor, Tensor> Ask)[] Methods =
    [
        ("gradient", static (network, x) => Attributions.Gradient(network, x)),
        ("gradientTimesInput", static (network, x) => Attributions.GradientTimesInput(network, x)),
        ("integratedGradients", static (network, x) => Attributions.IntegratedGradients(network, x, steps: 7).Values),
        ("smoothGrad", static (network, x) => Attributions.SmoothGrad(network, x, draws: 5)),
        ("gradCam", static (network, x) => Attributions.GradCam(network, x)),
        ("occlusion", static (network, x) => Attributions.Occlusion(network, x, window: 6, stride: 4)),
    ];

    public static TheoryData<string> Names => [.. Methods.Select(static method => method.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_networks_modes_and_gradients_stay_as_they_are(string name)
    {
        // given: dropout and batch norm in training, one part in use, one parameter with a gradient
        var network = SmallNetwork.Of("cnn").Create(seed: 1);
        var x = SmallNetwork.Of("cnn").Draw(2, seed: 2);
        network.NamedModules().Single(static named => named.Module is MaxPool2d).Module.Eval();
        var modes = network.NamedModules().Select(static named => named.Module.IsTraining).ToArray();
        var gradient = Tensor.Ones(network.Parameters().First().Shape);
        network.Parameters().First().Grad = gradient;
        var state = network.State().Select(static entry => entry.Value.ToArray<float>()).ToArray();

        // when: twice, and once where nothing is recorded
        var first = Ask(name, network, x);
        float[] second;
        using (new NoGrad()) second = Ask(name, network, x);

        // then: as in use, so without dropout's chance
        Assert.Equal(first, second);
        Assert.Equal(modes, network.NamedModules().Select(static named => named.Module.IsTraining));
        Assert.Contains(true, modes);
        Assert.Contains(false, modes);
        Assert.Equal(gradient.ToArray<float>(), network.Parameters().First().Grad!.ToArray<float>());
        Assert.All(network.Parameters().Skip(1), static parameter => Assert.Null(parameter.Grad));
        Assert.Equal(state, network.State().Select(static entry => entry.Value.ToArray<float>()));
        Assert.Null(x.Node);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_bits_depend_neither_on_the_threads_nor_on_the_batch(string name)
    {
        // given
        var network = SmallNetwork.Of("cnn").Create(seed: 3);
        var x = SmallNetwork.Of("cnn").Draw(5, seed: 4);
        var before = Compute.Threads;

        // when
        var results = new List<float[]>();
        try
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                Compute.Threads = threads;
                results.Add(Ask(name, network, x));
            }
        }
        finally
        {
            Compute.Threads = before;
        }

        // then
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
        var length = results[0].Length / 5;
        for (var sample = 0; sample < 5; sample++)
        {
            Assert.Equal(results[0][(sample * length)..((sample + 1) * length)], Ask(name, network, x[sample..(sample + 1)]));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_call_that_fails_puts_the_network_back_into_training(string name)
    {
        // given
        var network = SmallNetwork.Of("cnn").Create(seed: 5);

        // when
        var exception = Assert.Throws<GradusException>(() => Ask(name, network, Tensor.Ones([2, 4, 18, 18])));

        // then
        Assert.Equal("0: expected [samples, 3, height, width], got f32[2,4,18,18].", exception.Message);
        Assert.All(network.NamedModules(), static named => Assert.True(named.Module.IsTraining));
        Assert.Equal(2 * 5, network.Forward(SmallNetwork.Of("cnn").Draw(2, seed: 6)).Count);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_what_would()
    {
        // given
        var network = new Sequential(new Flatten(), new Linear(16, 3));
        var x = Tensor.Ones([2, 1, 4, 4]);

        // then
        Refused("gradient: the input is i64[2,16], expected floating-point [samples, …], not empty. A single sample x is x.Unsqueeze(0).", () =>
            Attributions.Gradient(network, Tensor.Zeros([2, 16], DType.Int64)));
        Refused("gradientTimesInput: the input is f32[16], expected floating-point [samples, …], not empty. A single sample x is x.Unsqueeze(0).", () =>
            Attributions.GradientTimesInput(network, Tensor.Ones([16])));
        Refused("gradient: 3 targets for 2 samples, expected one for all, one for each, or none for the greatest output.", () =>
            Attributions.Gradient(network, x, [0, 1, 2]));
        Refused("smoothGrad: target 3 is no output of the network; use 0 … 2.", () => Attributions.SmoothGrad(network, x, [3]));
        Refused("gradient: the network makes f32[2,1,4,4] of f32[2,1,4,4], expected [samples, outputs].", () => Attributions.Gradient(new Identity(), x));
        Refused("integratedGradients: the baseline is f32[3], the input f32[2,1,4,4]; expected a baseline that broadcasts to the input.", () =>
            Attributions.IntegratedGradients(network, x, baseline: Tensor.Ones([3])));
        Refused("integratedGradients: 0 steps, expected 1 … 1000.", () => Attributions.IntegratedGradients(network, x, steps: 0));
        Refused("smoothGrad: a noise of -1 and 50 draws; expected a noise of at least 0 and at least 1 draw.", () =>
            Attributions.SmoothGrad(network, x, noise: -1));
        Refused("occlusion: a window of 5×1 with a stride of 1×1 over f32[2,1,4,4]; expected a window within the input and a stride of at least 1.", () =>
            Attributions.Occlusion(network, x, window: (5, 1)));
        Refused("occlusion: a window of 2×2 with a stride of 0×1 over f32[2,1,4,4]; expected a window within the input and a stride of at least 1.", () =>
            Attributions.Occlusion(network, x, window: 2, stride: (0, 1)));
        Refused("gradCam: Sequential has no Conv2d. Name the layer whose maps are to be read.", () => Attributions.GradCam(network, x));
        Refused("gradCam: Conv2d is not called when the network is evaluated. Name a layer that is part of it.", () =>
            Attributions.GradCam(network, x, layer: new Conv2d(1, 1, 3)));
        Refused("gradCam: Linear gives f32[2,3], expected [samples, channels, height, width]. Name a convolutional layer.", () =>
            Attributions.GradCam(network, x, layer: network[1]));
        Refused("gradCam: the input is f32[2,16], expected [samples, channels, height, width].", () => Attributions.GradCam(network, Tensor.Ones([2, 16])));
    }

    private static float[] Ask(string name, Module<Tensor, Tensor> network, Tensor x) =>
        Methods.Single(method => method.Name == name).Ask(network, x).ToArray<float>();

    private static void Refused(string message, Action ask) => Assert.Equal(message, Assert.Throws<GradusException>(ask).Message);
}
