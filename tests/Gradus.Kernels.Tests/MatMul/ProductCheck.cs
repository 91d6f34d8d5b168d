using System.Numerics;
using System.Runtime.InteropServices;
using Gradus.Testing;

namespace Gradus.Kernels.Tests.MatMul;

/// <summary>Runs a product under guard pages and holds it against the reference, bit for bit.</summary>
internal static unsafe class ProductCheck
{
    public static void Equal<T>(
        int m, int n, int k, Lay a = Lay.Rows, Lay b = Lay.Rows, bool bias = false, bool accumulate = false, int gap = 0, bool guardBefore = false)
        where T : unmanaged, INumber<T>
    {
        using var left = new Operand<T>(m, k, a, seed: 1, guardBefore);
        using var right = new Operand<T>(k, n, b, seed: 2, guardBefore);
        using var added = new GuardedMemory<T>(n, guardBefore);
        using var actual = new GuardedMemory<T>(Math.Max(0, (m * (n + gap)) - gap), guardBefore);
        Values.Fill(added.Span, seed: 3);
        Values.Fill(actual.Span, seed: 4);
        var expected = actual.Span.ToArray();

        Gemm.Run(m, n, k, left.Start, left.Row, left.Column, right.Start, right.Row, right.Column,
            actual.Pointer, n + gap, bias ? added.Pointer : null, accumulate);

        fixed (T* c = expected)
        {
            GemmReference.Run(m, n, k, left.Start, left.Row, left.Column, right.Start, right.Row, right.Column,
                c, n + gap, bias ? added.Pointer : null, accumulate);
        }

        SameBits(expected, actual.Span, $"{typeof(T).Name} [{m},{k}]·[{k},{n}] {a} {b} bias {bias} accumulate {accumulate} gap {gap}");
    }

    public static void SameBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what) where T : unmanaged
    {
        if (MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual))) return;
        for (var i = 0; i < expected.Length; i++)
        {
            if (!expected[i].Equals(actual[i])) Assert.Fail($"{what}: element {i} is {actual[i]}, expected {expected[i]}.");
        }

        Assert.Fail($"{what}: a zero has the wrong sign.");
    }
}
