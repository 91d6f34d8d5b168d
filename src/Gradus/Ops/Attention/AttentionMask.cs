using Gradus.Kernels;

namespace Gradus;

/// <summary>The mask of an attention as it lies under the scores, […, queries, keys]; nothing where there is none.</summary>
internal readonly unsafe ref struct AttentionMask<T> where T : unmanaged
{
    private readonly Shape _scores;
    private readonly Buffers.Scratch _offsets;

    public AttentionMask(Operand mask, Shape scores)
    {
        _scores = scores;
        var heads = scores[-1] == 0 || scores[-2] == 0 ? 0 : scores.ElementCount / scores[-1] / scores[-2];
        _offsets = Buffers.Rent(Math.Max(1, (nint)heads * sizeof(nint)));
        if (mask.Data == null) return;
        Span<nint> strides = stackalloc nint[scores.Rank];
        mask.Layout.BroadcastStrides(scores, strides);
        WriteOffsets(strides, (nint)heads);
        Numbers = new ScoreMask<T>(mask.As<T>(), (nint*)_offsets.Pointer, strides[^2], strides[^1]);
    }

    /// <summary>What is added to the scores.</summary>
    public ScoreMask<T> Numbers { get; }

    /// <summary>The bytes that the gradient of the scores takes, if that of the mask is wanted.</summary>
    public nint BytesFor(Operand wanted) => wanted.Data == null ? 1 : (nint)_scores.ElementCount * sizeof(T);

    /// <summary>Sums the gradient of the scores over the axes along which the mask was repeated.</summary>
    public void Sum(T* scoreGradient, Operand mask)
    {
        if (scoreGradient == null) return;
        var reduced = new bool[_scores.Rank];
        for (var axis = 0; axis < reduced.Length; axis++)
        {
            var own = axis - (_scores.Rank - mask.Shape.Rank);
            reduced[axis] = own < 0 || (mask.Shape[own] == 1 && _scores[axis] != 1);
        }

        var strides = Layout.Dense(_scores).Strides;
        if (typeof(T) == typeof(float)) Reduce.Sum(_scores.AsSpan(), (float*)scoreGradient, strides, reduced, mask.As<float>());
        else Reduce.Sum(_scores.AsSpan(), (double*)scoreGradient, strides, reduced, mask.As<double>());
    }

    public void Dispose() => _offsets.Dispose();

    /// <summary>Holds that a mask broadcasts to the scores.</summary>
    public static void Require(string operation, Meta mask, Shape scores)
    {
        if (mask.Rank > scores.Rank || Shape.Broadcast(operation, mask.Shape, scores) != scores)
        {
            throw new GradusException($"{operation}: the mask is {mask}, expected one that broadcasts to {scores}.");
        }
    }

    /// <summary>Where each head's part of the mask begins.</summary>
    private void WriteOffsets(ReadOnlySpan<nint> strides, nint heads)
    {
        var offsets = (nint*)_offsets.Pointer;
        Span<int> position = stackalloc int[_scores.Rank];
        position.Clear();
        nint offset = 0;
        for (nint head = 0; head < heads; head++)
        {
            offsets[head] = offset;
            for (var axis = _scores.Rank - 3; axis >= 0; axis--)
            {
                offset += strides[axis];
                if (++position[axis] < _scores[axis]) break;
                offset -= strides[axis] * _scores[axis];
                position[axis] = 0;
            }
        }
    }
}
