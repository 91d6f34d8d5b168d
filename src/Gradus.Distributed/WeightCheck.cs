using System.Globalization;
using System.Security.Cryptography;
using Gradus.Nn;

namespace Gradus.Distributed;

/// <summary>Compares the weights of all ranks after every so many steps: they have the same bits, unless a memory or a program is at fault.</summary>
public sealed class WeightCheck
{
    private readonly ICommunicator _communicator;
    private readonly (string Name, Parameter Parameter)[] _parameters;
    private readonly ulong[] _own, _all;

    /// <summary>A comparison that all ranks make together.</summary>
    /// <param name="communicator">This rank.</param>
    /// <param name="network">The network that all train.</param>
    /// <param name="every">After how many steps. Default: 100.</param>
    public WeightCheck(ICommunicator communicator, Module network, int every = 100)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        (_communicator, Every, _parameters) = (communicator, every, [.. network.NamedParameters()]);
        _own = new ulong[_parameters.Length];
        _all = new ulong[_parameters.Length * communicator.Size];
    }

    /// <summary>After how many steps the weights are compared.</summary>
    public int Every { get; }

    /// <summary>Compares where it is time to.</summary>
    /// <param name="step">The step that was made, from 1.</param>
    /// <exception cref="GradusException">The weights differ: the message names the first parameter, and the ranks that are unlike most.</exception>
    public void AfterStep(long step)
    {
        if (step % Every == 0) Compare(step);
    }

    /// <summary>Compares the weights of all ranks.</summary>
    /// <param name="step">The step that was made, for the message.</param>
    /// <exception cref="GradusException">The weights differ: the message names the first parameter, and the ranks that are unlike most.</exception>
    public void Compare(long step)
    {
        if (_communicator.Size == 1) return;
        for (var index = 0; index < _own.Length; index++) _own[index] = HashOf(_parameters[index].Parameter.Value);
        _communicator.AllGather<ulong>(_own, _all);
        for (var index = 0; index < _own.Length; index++)
        {
            var hashes = Enumerable.Range(0, _communicator.Size).Select(rank => (Rank: rank, Hash: _all[(rank * _own.Length) + index])).ToArray();
            if (hashes.All(entry => entry.Hash == hashes[0].Hash)) continue;
            var groups = hashes.GroupBy(static entry => entry.Hash).OrderByDescending(static group => group.Count()).ToArray();
            var isTold = groups[0].Count() > groups[1].Count();
            var unlike = string.Join(", ", groups.Skip(isTold ? 1 : 0).SelectMany(static group => group).Select(static entry => entry.Rank).Order());
            throw new GradusException(string.Create(CultureInfo.InvariantCulture,
                $"after step {step} the weights differ, first those of '{_parameters[index].Name}', of rank {unlike}{(isTold ? " from all others" : "")}. ") +
                "Each rank computes the same bits: suspect a memory or a processor, or programs of different versions. Resume from a checkpoint.");
        }
    }

    private static ulong HashOf(Tensor weights)
    {
        using var noGrad = new NoGrad();
        var hash = SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(weights.ToArray<float>()));
        return BitConverter.ToUInt64(hash);
    }
}
