using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// All that a shard of a batch leaves behind, as one vector whose sums over shards are what the whole batch leaves behind: the gradients, what happened to
/// the buffers of the network, the loss, and whether a process wants to stop.
/// </summary>
/// <remarks>
/// The vector: gradients, in the order of the parameters that are not frozen from the last, which back-propagation comes to first; float buffers; changes of
/// counters; for each of these a 1 where there is something; the loss in two parts; a 1 where the process is interrupted, and one where its time is over.
/// </remarks>
internal sealed class ShardVector
{
    private readonly (Parameter Parameter, bool IsFrozen)[] _all;
    private readonly Parameter[] _parameters;
    private readonly string[] _names;
    private readonly ModuleBuffer[] _buffers, _counters;
    private readonly float[][] _bufferValues;
    private readonly long[] _counterValues;
    private readonly int[] _starts; // of each parameter, and their end
    private readonly int _flags;

    /// <exception cref="GradusException">A parameter is not of float32, or the network is too large for one vector.</exception>
    public ShardVector(Module network)
    {
        _all = [.. network.NamedParameters().Reverse().Select(static named => (named.Parameter, named.Parameter.IsFrozen))];
        var named = network.NamedParameters().Where(static named => !named.Parameter.IsFrozen).Reverse().ToArray();
        _parameters = [.. named.Select(static named => named.Parameter)];
        _names = [.. named.Select(static named => named.Name)];
        if (named.FirstOrDefault(static named => named.Parameter.DType != DType.Float32) is { Name: { } name, Parameter: { } other })
            throw new GradusException($"shards: '{name}' is {other.DType.ShortName}; expected f32 for all parameters.");
        ModuleBuffer[] buffers = [.. network.NamedBuffers().Select(static named => named.Buffer).Distinct()];
        _buffers = [.. buffers.Where(static buffer => buffer.Value is { DType: DType.Float32, IsContiguous: true })];
        _counters = [.. buffers.Where(static buffer => buffer.Value is { DType: DType.Int64, Count: 1 })];
        _bufferValues = [.. _buffers.Select(static buffer => new float[buffer.Value.Count])];
        _counterValues = new long[_counters.Length];
        var count = _parameters.Sum(static parameter => parameter.Shape.ElementCount) + _buffers.Sum(static buffer => buffer.Value.Count) + _counters.Length;
        Length = (int)Math.Min(Array.MaxLength, count + _parameters.Length + _buffers.Length + _counters.Length + 4);
        if (count > Array.MaxLength - 1_000_000)
            throw new GradusException(FormattableString.Invariant($"shards: {count} numbers are more than one vector holds."));
        _flags = (int)count;
        _starts = new int[_parameters.Length + 1];
        for (var index = 0; index < _parameters.Length; index++) _starts[index + 1] = _starts[index] + (int)_parameters[index].Shape.ElementCount;
        WasUsed = new bool[_parameters.Length];
        Array.Fill(WasUsed, true);
    }

    /// <summary>Whether the parameters that were frozen when the vector was made still are, and no others: they are no part of it.</summary>
    public bool IsUpToDate => !_all.Any(static one => one.Parameter.IsFrozen != one.IsFrozen);

    /// <summary>Numbers of the vector.</summary>
    public int Length { get; }

    /// <summary>The parameters, in their order in the vector.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Of each parameter, whether a shard of the last step left a gradient; before the first step true. The same in all processes.</summary>
    public bool[] WasUsed { get; }

    /// <summary>The names of the parameters that no shard of the last step left a gradient of, in the order of the network.</summary>
    public IReadOnlyList<string> Unused => [.. _names.Where((_, index) => !WasUsed[index]).Reverse()];

    /// <summary>Where what is no gradient stands in the vector.</summary>
    public Range Rest => _starts[^1]..Length;

    /// <summary>The place of a parameter's gradient in the vector; after the last parameter, where all gradients end.</summary>
    public int StartOf(int parameter) => _starts[parameter];

    /// <summary>Where the gradients of some parameters stand in the vector.</summary>
    public Range RangeOf(Range parameters) => _starts[parameters.Start.Value].._starts[parameters.End.Value];

    /// <summary>Keeps the buffers as the step finds them.</summary>
    public void Begin()
    {
        for (var index = 0; index < _buffers.Length; index++) ValuesOf(_buffers[index].Value).CopyTo(_bufferValues[index]);
        for (var index = 0; index < _counters.Length; index++) _counterValues[index] = _counters[index].Value.Item<long>();
    }

    /// <summary>Brings the buffers back to where the step found them, for the next shard.</summary>
    public void Rewind()
    {
        for (var index = 0; index < _buffers.Length; index++) Write(_buffers[index].Value, _bufferValues[index]);
        for (var index = 0; index < _counters.Length; index++) _counters[index].Value.Fill(_counterValues[index]);
    }

    /// <summary>Writes the gradients of some parameters, or adds them.</summary>
    /// <param name="vector">Takes them.</param>
    /// <param name="adds">Whether they are added to what is in the vector.</param>
    /// <param name="parameters">Which.</param>
    public void TakeGradients(Span<float> vector, bool adds, Range parameters)
    {
        var (first, count) = parameters.GetOffsetAndLength(_parameters.Length);
        var (at, flag) = (_starts[first], _flags + first);
        foreach (var parameter in _parameters.AsSpan(first, count))
        {
            var size = (int)parameter.Shape.ElementCount;
            var gradient = parameter.UsedGradient;
            Put(vector, adds, ref at, ref flag, size, gradient is null ? [] : ValuesOf(gradient.IsContiguous ? gradient : gradient.Contiguous()));
            GC.KeepAlive(gradient);
        }
    }

    /// <summary>Writes what the shard left behind besides gradients, or adds it.</summary>
    /// <param name="vector">Takes it.</param>
    /// <param name="adds">Whether it is added to what is in the vector.</param>
    /// <param name="loss">The loss of the shard.</param>
    /// <param name="wish">Whether this process wants to stop.</param>
    public void TakeRest(Span<float> vector, bool adds, double loss, StopWish wish)
    {
        var (at, flag) = (_starts[^1], _flags + _parameters.Length);
        for (var index = 0; index < _buffers.Length; index++)
        {
            var values = ValuesOf(_buffers[index].Value);
            Put(vector, adds, ref at, ref flag, values.Length, values.SequenceEqual(_bufferValues[index]) ? [] : values);
        }

        for (var index = 0; index < _counters.Length; index++)
        {
            var change = (float)(_counters[index].Value.Item<long>() - _counterValues[index]);
            Put(vector, adds, ref at, ref flag, 1, change == 0 ? [] : [change]);
        }

        Put(vector, adds, ref flag, (float)loss);
        Put(vector, adds, ref flag, (float)(loss - (float)loss));
        Put(vector, adds, ref flag, wish == StopWish.Interrupted ? 1 : 0);
        Put(vector, adds, ref flag, wish == StopWish.TimeIsOver ? 1 : 0);
    }

    /// <summary>Makes the sum over all shards that of the network: its gradients, and the means of its buffers.</summary>
    /// <param name="vector">The sum.</param>
    /// <returns>The loss, and whether a process wants to stop.</returns>
    public (double Loss, StopWish Wish) Give(ReadOnlySpan<float> vector)
    {
        var (at, flag) = (0, _flags);
        for (var index = 0; index < _parameters.Length; index++)
        {
            var parameter = _parameters[index];
            var sum = vector.Slice(at, (int)parameter.Shape.ElementCount);
            at += sum.Length;
            WasUsed[index] = vector[flag++] != 0;
            if (!WasUsed[index]) parameter.Grad = null;
            else if (parameter.UsedGradient is { IsContiguous: true } gradient) Write(gradient, sum);
            else parameter.Grad = Tensor.From(sum.ToArray(), parameter.Shape);
        }

        foreach (var buffer in _buffers)
        {
            var sum = vector.Slice(at, (int)buffer.Value.Count);
            at += sum.Length;
            var shards = vector[flag++];
            if (shards == 0) continue;
            var values = buffer.Value.Writable<float>();
            for (var index = 0; index < sum.Length; index++) values[index] = sum[index] / shards;
            buffer.Value.Storage.Touch("shards");
        }

        for (var index = 0; index < _counters.Length; index++)
        {
            var (sum, shards) = (vector[at++], vector[flag++]);
            _counters[index].Value.Fill(_counterValues[index] + (shards == 0 ? 0 : (long)Math.Round(sum / shards)));
        }

        var wish = vector[^2] > 0 ? StopWish.Interrupted : vector[^1] > 0 ? StopWish.TimeIsOver : StopWish.None;
        return ((double)vector[^4] + vector[^3], wish);
    }

    private static void Put(Span<float> vector, bool adds, ref int at, ref int flag, int size, ReadOnlySpan<float> values)
    {
        var place = vector.Slice(at, size);
        at += size;
        Put(vector, adds, ref flag, values.IsEmpty ? 0 : 1);
        if (!adds && values.IsEmpty) place.Clear();
        else if (!adds) values.CopyTo(place);
        // Zeros are added too: −0 + 0 is +0, as where another process has them.
        else if (values.IsEmpty) TensorPrimitives.Add(place, 0f, place);
        else TensorPrimitives.Add(place, values, place);
    }

    private static void Put(Span<float> vector, bool adds, ref int at, float value)
    {
        vector[at] = adds ? vector[at] + value : value;
        at++;
    }

    private static ReadOnlySpan<float> ValuesOf(Tensor values) => MemoryMarshal.Cast<byte, float>(values.Bytes());

    private static void Write(Tensor target, ReadOnlySpan<float> values)
    {
        values.CopyTo(target.Writable<float>());
        target.Storage.Touch("shards");
    }
}
