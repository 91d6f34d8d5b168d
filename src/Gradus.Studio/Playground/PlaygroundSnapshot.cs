using Gradus.Nn;

namespace Gradus.Studio;

/// <summary>The parameters and the optimizer's memory after a step.</summary>
internal sealed class PlaygroundSnapshot
{
    private readonly Tensor[] _values;
    private readonly Dictionary<string, Tensor> _optimizer;

    public PlaygroundSnapshot(int step, PlaygroundNetwork network, Optimizer optimizer)
    {
        Step = step;
        _values = [.. network.Parameters.Select(static parameter => parameter.Value.Detach().Clone())];
        _optimizer = optimizer.State().ToDictionary(static entry => entry.Key, static entry => entry.Value.Clone());
    }

    public int Step { get; }

    public void Restore(PlaygroundNetwork network, Optimizer optimizer)
    {
        using var noGrad = new NoGrad();
        foreach (var (parameter, value) in network.Parameters.Zip(_values)) parameter.Value.CopyFrom(value);
        optimizer.LoadState(_optimizer);
    }
}
