using System.Numerics;
using System.Runtime.InteropServices;

namespace Gradus.Kernels;

/// <summary>
/// The sequences of a batch that no gradient asks for. What is not finite in one of them must not reach the gradients: 0 · ∞ would spoil the whole batch's.
/// </summary>
/// <remarks>
/// Found out only where a gradient has come out NaN: the gradients are then computed once more, with those sequences and their states as zeros.
/// </remarks>
internal sealed unsafe class UnaskedSequences<T> where T : unmanaged, INumber<T>
{
    private readonly RecurrentSize _size;
    private readonly int[] _samples;

    /// <summary>The samples to which no result's gradient, null where none arrived, gives anything but 0.</summary>
    public UnaskedSequences(RecurrentSize size, T* output, params ReadOnlySpan<nint> states)
    {
        _size = size;
        var samples = new List<int>();
        for (var sample = 0; sample < size.Batch; sample++)
        {
            var isAsked = false;
            foreach (var state in states) isAsked |= state != 0 && IsNonZero((T*)state + ((nint)sample * size.Hidden));
            for (var step = 0; !isAsked && output != null && step < size.Time; step++) isAsked = IsNonZero(output + (size.Row(sample, step) * size.Hidden));
            if (!isAsked) samples.Add(sample);
        }

        _samples = [.. samples];
    }

    public bool Any => _samples.Length > 0;

    /// <summary>Whether there is NaN among the gradients, null where one is not wanted.</summary>
    public static bool HasNaN(T* gradient, nint count) => gradient != null && count > 0 && T.IsNaN(Fold.Run<T, MaxReduction>(gradient, count));

    /// <summary>All steps, with zeros for the unasked sequences; <paramref name="memory"/> moves past the copy.</summary>
    public T* Steps(T* source, int width, ref T* memory)
    {
        var copy = Take(source, (nint)_size.Rows * width, ref memory);
        foreach (var sample in _samples)
        {
            for (var step = 0; step < _size.Time; step++) Clear(copy + (_size.Row(sample, step) * width), width);
        }

        return copy;
    }

    /// <summary>The first states, with zeros for the unasked sequences.</summary>
    public T* States(T* source, ref T* memory)
    {
        var copy = Take(source, (nint)_size.Batch * _size.Hidden, ref memory);
        foreach (var sample in _samples) Clear(copy + ((nint)sample * _size.Hidden), _size.Hidden);
        return copy;
    }

    private static T* Take(T* source, nint count, ref T* memory)
    {
        var copy = memory;
        memory += count;
        Elementwise.Copy(count, source, copy);
        return copy;
    }

    private static void Clear(T* row, int width) => NativeMemory.Clear(row, (nuint)width * (nuint)sizeof(T));

    private bool IsNonZero(T* row) => new ReadOnlySpan<T>(row, _size.Hidden).ContainsAnyExcept(T.Zero);
}
