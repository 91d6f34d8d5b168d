using Gradus.Nn;

namespace Gradus.Graphs.Browser.Tests;

/// <summary>Recorded networks, with modules to fold.</summary>
internal static class NetworkSample
{
    /// <summary>Two layers of which the first lies in a module of its own.</summary>
    public static GraphModel Perceptron() =>
        Record(new Sequential(new Sequential(new Linear(3, 4), new Tanh()), new Linear(4, 2)), static (network, x) => network.Forward(x), 2, 3);

    /// <summary>Thirty layers in a row.</summary>
    public static GraphModel Deep() => Record(
        new Sequential([.. Enumerable.Range(0, 30).Select(static index => index % 2 == 0 ? (Module<Tensor, Tensor>)new Linear(3, 3) : new Tanh())]),
        static (network, x) => network.Forward(x), 2, 3);

    /// <summary>A block of a transformer.</summary>
    public static GraphModel Transformer() =>
        Record(new TransformerEncoderLayer(4, 2, new() { FeedForward = 6, Dropout = 0 }), static (network, x) => network.Forward(x), 1, 3, 4);

    private static GraphModel Record<T>(T network, Func<T, Tensor, Tensor> forward, params ReadOnlySpan<int> shape) where T : Module
    {
        network.Initialize(3);
        network.To(DType.Float64);
        var x = Tensor.Randn([.. shape], DType.Float64, new Generator(7, "x")).Named("x").RequireGrad();
        using var recording = new GraphRecording();
        return forward(network, x).Square().Mean().Named("loss").Graph();
    }
}
