using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gradus.Benchmarks;

/// <summary>Pinned memory on a 64-byte boundary, as the engine's is, full of numbers from −1 to 1. Each operand has numbers of its own.</summary>
internal sealed unsafe class Operand<T> where T : unmanaged, System.Numerics.INumber<T>
{
    private static int s_seed;

    // Held so that the memory lives as long as this.
    private readonly T[] _memory;

    public Operand(long length)
    {
        _memory = GC.AllocateArray<T>(checked((int)length) + (64 / sizeof(T)), pinned: true);
        var random = new Random(s_seed++);
        foreach (ref var value in _memory.AsSpan()) value = T.CreateTruncating((random.NextDouble() * 2) - 1);
        Pointer = (T*)(((nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory)) + 63) & -64);
    }

    public T* Pointer { get; }
}
