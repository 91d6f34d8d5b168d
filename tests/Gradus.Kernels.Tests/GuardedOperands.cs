using System.Numerics;
using Gradus.Testing;

namespace Gradus.Kernels.Tests;

/// <summary>The operands and results of one kernel's run, each in memory of its own that ends (or, on request, begins) at a page no one may touch.</summary>
internal sealed unsafe class GuardedOperands<T>(bool guardBefore = false) : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<GuardedMemory<T>> _operands = [];
    private readonly List<GuardedMemory<T>> _results = [];

    /// <summary>What the results hold.</summary>
    public T[][] Results => [.. _results.Select(static result => result.Span.ToArray())];

    /// <summary>Random numbers from −1 to 1 or, mapped, from elsewhere.</summary>
    public T* Operand(int length, Func<T, T>? map = null)
    {
        var memory = new GuardedMemory<T>(length, guardBefore);
        _operands.Add(memory);
        MatMul.Values.Fill(memory.Span, seed: _operands.Count);
        if (map is null) return memory.Pointer;
        foreach (ref var value in memory.Span) value = map(value);
        return memory.Pointer;
    }

    /// <summary>Room for a result. It holds NaN, so that an element which is not written is seen.</summary>
    public T* Result(int length)
    {
        var memory = new GuardedMemory<T>(length, guardBefore);
        _results.Add(memory);
        memory.Span.Fill(T.NaN);
        return memory.Pointer;
    }

    public void Dispose()
    {
        foreach (var memory in _operands.Concat(_results)) memory.Dispose();
    }
}
