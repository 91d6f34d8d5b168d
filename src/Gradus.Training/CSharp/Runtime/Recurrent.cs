using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gradus.Exported;

/// <summary>The number by number part of a step of a recurrent layer. Each gate is <c>state.Length</c> numbers, a multiple of 16.</summary>
internal static class Recurrent
{
    /// <summary>
    /// A step of an LSTM: i, f, o = σ(…), g = tanh(…) of the inputs' and the state's parts; cell ← f·cell + i·g; state ← o·tanh(cell).
    /// </summary>
    public static void Lstm(ReadOnlySpan<float> inputs, ReadOnlySpan<float> parts, Span<float> cell, Span<float> state)
    {
        if (Vector512.IsHardwareAccelerated) Lstm<Lanes512, Vector512<float>>(inputs, parts, cell, state);
        else if (Vector256.IsHardwareAccelerated) Lstm<Lanes256, Vector256<float>>(inputs, parts, cell, state);
        else Lstm<Lanes128, Vector128<float>>(inputs, parts, cell, state);
    }

    /// <summary>A step of a GRU: r, z = σ(…), n = tanh(inputs' part + r·state's part); state ← (1 − z)·n + z·state.</summary>
    public static void Gru(ReadOnlySpan<float> inputs, ReadOnlySpan<float> parts, Span<float> state)
    {
        if (Vector512.IsHardwareAccelerated) Gru<Lanes512, Vector512<float>>(inputs, parts, state);
        else if (Vector256.IsHardwareAccelerated) Gru<Lanes256, Vector256<float>>(inputs, parts, state);
        else Gru<Lanes128, Vector128<float>>(inputs, parts, state);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lstm<S, V>(ReadOnlySpan<float> inputs, ReadOnlySpan<float> parts, Span<float> cell, Span<float> state)
        where S : ILanes<V> where V : struct
    {
        nint n = state.Length;
        ref var x = ref MemoryMarshal.GetReference(inputs);
        ref var h = ref MemoryMarshal.GetReference(parts);
        ref var c = ref MemoryMarshal.GetReference(cell);
        ref var z = ref MemoryMarshal.GetReference(state);
        for (nint j = 0; j < n; j += S.Width)
        {
            var i = Sigmoid.Of<S, V>(S.Add(S.Load(ref x, j), S.Load(ref h, j)));
            var f = Sigmoid.Of<S, V>(S.Add(S.Load(ref x, n + j), S.Load(ref h, n + j)));
            var g = Tanh.Of<S, V>(S.Add(S.Load(ref x, (2 * n) + j), S.Load(ref h, (2 * n) + j)));
            var o = Sigmoid.Of<S, V>(S.Add(S.Load(ref x, (3 * n) + j), S.Load(ref h, (3 * n) + j)));
            var kept = S.MultiplyAdd(f, S.Load(ref c, j), S.Multiply(i, g));
            S.Store(kept, ref c, j);
            S.Store(S.Multiply(o, Tanh.Of<S, V>(kept)), ref z, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gru<S, V>(ReadOnlySpan<float> inputs, ReadOnlySpan<float> parts, Span<float> state)
        where S : ILanes<V> where V : struct
    {
        nint n = state.Length;
        ref var x = ref MemoryMarshal.GetReference(inputs);
        ref var h = ref MemoryMarshal.GetReference(parts);
        ref var s = ref MemoryMarshal.GetReference(state);
        for (nint j = 0; j < n; j += S.Width)
        {
            var r = Sigmoid.Of<S, V>(S.Add(S.Load(ref x, j), S.Load(ref h, j)));
            var z = Sigmoid.Of<S, V>(S.Add(S.Load(ref x, n + j), S.Load(ref h, n + j)));
            var candidate = Tanh.Of<S, V>(S.MultiplyAdd(r, S.Load(ref h, (2 * n) + j), S.Load(ref x, (2 * n) + j)));
            S.Store(S.MultiplyAdd(z, S.Subtract(S.Load(ref s, j), candidate), candidate), ref s, j);
        }
    }
}
