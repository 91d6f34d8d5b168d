using Gradus.Nn;

namespace Gradus.Training;

/// <summary>What of a network belongs to one of several shards that are under way: gradients, buffers, and places in random streams.</summary>
internal sealed class ShardView
{
    private readonly Parameter[] _parameters;
    private readonly (Tensor? Gradient, bool IsShown)[] _gradients;
    private readonly ModuleBuffer[] _buffers;
    private readonly Tensor[] _values;
    private readonly Func<long, long>[] _streams;
    private readonly long[] _places;

    /// <param name="network">The network.</param>
    /// <param name="stream">Brings another random stream to a place, and gives the one where it was.</param>
    public ShardView(Module network, Func<long, long> stream)
    {
        _parameters = [.. network.Parameters()];
        _gradients = new (Tensor?, bool)[_parameters.Length];
        _buffers = [.. network.NamedBuffers().Select(static named => named.Buffer).Distinct()];
        using var scope = TensorScope.Suspend();
        using var noGrad = new NoGrad();
        _values = [.. _buffers.Select(static buffer => buffer.Value.Clone())];
        // A module in two places has one stream, which is to be exchanged once.
        var modules = network.NamedModules().Select(static named => named.Module).Distinct();
        _streams = [stream, .. modules.Select(static module => (Func<long, long>)module.PlaceStream)];
        _places = new long[_streams.Length];
    }

    /// <summary>Begins a shard without gradients, the buffers as the network has them now.</summary>
    public void Begin()
    {
        Array.Clear(_gradients);
        using var noGrad = new NoGrad();
        for (var index = 0; index < _buffers.Length; index++) _values[index].CopyFrom(_buffers[index].Value);
    }

    /// <summary>Puts what is kept here in the network's place, and keeps what was there: a second time it is as before.</summary>
    public void Exchange()
    {
        for (var index = 0; index < _parameters.Length; index++) _gradients[index] = _parameters[index].ExchangeGradient(_gradients[index]);
        for (var index = 0; index < _buffers.Length; index++) _values[index] = _buffers[index].Exchange(_values[index]);
        for (var index = 0; index < _streams.Length; index++) _places[index] = _streams[index](_places[index]);
    }

    /// <summary>As <see cref="Exchange"/>, after which the gradients of the shard are no longer wanted.</summary>
    public void End()
    {
        foreach (var parameter in _parameters) parameter.Grad = null;
        Exchange();
    }
}
