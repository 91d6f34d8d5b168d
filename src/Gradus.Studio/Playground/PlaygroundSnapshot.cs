using Gradus.Nn;

namespace Gradus.Studio;

/// <summary>The shape, the parameters, the switches and the optimizer's memory after a step, before what is edited there.</summary>
internal sealed class PlaygroundSnapshot
{
    private readonly Tensor[] _values, _masks;
    private readonly Dictionary<string, Tensor> _optimizer;

    public PlaygroundSnapshot(int step, PlaygroundOptions options, PlaygroundNetwork network, Optimizer optimizer)
    {
        (Step, Options) = (step, options);
        _values = [.. network.Parameters.Select(static parameter => parameter.Value.Detach().Clone())];
        _masks = [.. network.Masks];
        _optimizer = optimizer.State().ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());
    }

    public int Step { get; }

    /// <summary>The options with the layers, the features and the learning rate of then.</summary>
    public PlaygroundOptions Options { get; }

    /// <param name="network">A network of the options.</param>
    /// <param name="optimizer">Its optimizer.</param>
    public void Restore(PlaygroundNetwork network, Optimizer optimizer)
    {
        using var noGrad = new NoGrad();
        foreach (var (parameter, value) in network.Parameters.Zip(_values)) parameter.Value.CopyFrom(value);
        network.Masks = _masks;
        optimizer.LoadState(_optimizer);
    }
}
