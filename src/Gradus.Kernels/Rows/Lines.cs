namespace Gradus.Kernels;

/// <summary>A run of indices in an operand: its first element, and how far the next one lies.</summary>
internal readonly record struct LineRun(nint Start, nint Step);

/// <summary>What is done with a run of indices.</summary>
internal interface ILineBody
{
    /// <summary>Does <paramref name="count"/> indices.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="indexed">The operand that positions are of, at its position 0.</param>
    /// <param name="along">How far its next position lies.</param>
    /// <param name="index">The positions.</param>
    /// <param name="plain">The other operand.</param>
    /// <returns>Whether all were in range.</returns>
    bool Run(nint count, LineRun indexed, nint along, LineRun index, LineRun plain);
}

/// <summary>The lines along an axis that is indexed: each reads and writes elements of its own, in its own order, so that threads may share them out.</summary>
/// <remarks>Where the axis is not the last, neighboring lines advance together, position by position, so that memory is walked in order.</remarks>
internal static class Lines
{
    /// <summary>Indices of one chunk of work.</summary>
    private const int Grain = 16384;

    /// <summary>Bytes of the lines that advance together: they stay in the second-level cache.</summary>
    private const int Together = 128 * 1024;

    /// <summary>Runs the body over all indices, those of a line in order.</summary>
    /// <param name="shape">The shape of the index.</param>
    /// <param name="axis">The axis that is indexed.</param>
    /// <param name="lineBytes">Bytes of a line of the operand that positions are of.</param>
    /// <param name="indexed">Its strides.</param>
    /// <param name="index">Strides of the index.</param>
    /// <param name="plain">Strides of the other operand.</param>
    /// <param name="body">What is done.</param>
    /// <returns>Whether all indices were in range.</returns>
    public static unsafe bool Walk<TBody>(
        ReadOnlySpan<int> shape, int axis, nint lineBytes, ReadOnlySpan<nint> indexed, ReadOnlySpan<nint> index, ReadOnlySpan<nint> plain, TBody body)
        where TBody : struct, ILineBody
    {
        var side = axis == shape.Length - 1 ? axis : shape.Length - 1;
        nint outer = 1;
        for (var other = 0; other < shape.Length; other++) outer *= other == axis || other == side ? 1 : shape[other];
        nint length = shape[axis], lines = side == axis ? 1 : shape[side];
        if (outer * lines * length == 0) return true;
        var together = Math.Min(lines, Math.Max(16, Together / Math.Max(1, lineBytes)));
        var blocks = (lines + together - 1) / together;
        var perChunk = Math.Max(1, Grain / (together * length));
        var wrong = 0;
        fixed (int* sizes = shape)
        fixed (nint* x = indexed, y = index, z = plain)
        {
            var job = new Job<TBody>(sizes, shape.Length, axis, side, lines, together, blocks, outer * blocks, perChunk, x, y, z, body, &wrong);
            Workers.Run((int)(((outer * blocks) + perChunk - 1) / perChunk), job);
        }

        return wrong == 0;
    }

    private readonly unsafe struct Job<TBody>(
        int* shape, int rank, int axis, int side, nint lines, nint together, nint blocks, nint total, nint perChunk, nint* indexed, nint* index, nint* plain,
        TBody body, int* wrong) : IJob
        where TBody : struct, ILineBody
    {
        private readonly int* _shape = shape;
        private readonly nint* _indexed = indexed;
        private readonly nint* _index = index;
        private readonly nint* _plain = plain;
        private readonly int* _wrong = wrong;

        public void Run(int chunk)
        {
            var end = Math.Min(total, (chunk + 1) * perChunk);
            for (var block = chunk * perChunk; block < end; block++)
            {
                if (!Block(block / blocks, block % blocks * together)) *_wrong = 1;
            }
        }

        private bool Block(nint outer, nint column)
        {
            nint x = 0, y = 0, z = 0;
            for (var other = rank - 1; other >= 0; other--)
            {
                if (other == axis || other == side) continue;
                var place = outer % _shape[other];
                outer /= _shape[other];
                x += place * _indexed[other];
                y += place * _index[other];
                z += place * _plain[other];
            }

            var along = _indexed[axis];
            if (side == axis) return body.Run(_shape[axis], new(x, 0), along, new(y, _index[axis]), new(z, _plain[axis]));
            x += column * _indexed[side];
            y += column * _index[side];
            z += column * _plain[side];
            var isRight = true;
            for (nint i = 0; i < _shape[axis]; i++)
            {
                isRight &= body.Run(
                    Math.Min(together, lines - column),
                    new(x, _indexed[side]), along, new(y + (i * _index[axis]), _index[side]), new(z + (i * _plain[axis]), _plain[side]));
            }

            return isRight;
        }
    }
}
