using System.Numerics;
using Gradus.Testing;

namespace Gradus.Kernels.Tests.MatMul;

/// <summary>How a matrix lies in memory.</summary>
public enum Lay
{
    /// <summary>Row after row.</summary>
    Rows,

    /// <summary>Column after column: a transposed matrix.</summary>
    Columns,

    /// <summary>Row after row with gaps between the rows and between the elements.</summary>
    Stepped,

    /// <summary>Row after row, both axes backwards.</summary>
    Flipped,

    /// <summary>One row, read again for each row (stride 0).</summary>
    RepeatedRow,

    /// <summary>One column, read again for each column (stride 0).</summary>
    RepeatedColumn,
}

/// <summary>A matrix of random values in memory that ends where its last element ends.</summary>
internal sealed unsafe class Operand<T> : IDisposable
    where T : unmanaged, INumber<T>
{
    private readonly GuardedMemory<T> _memory;

    public Operand(int rows, int columns, Lay lay, int seed, bool guardBefore = false)
    {
        (Row, Column) = lay switch
        {
            Lay.Rows => (columns, 1),
            Lay.Columns => (1, rows),
            Lay.Stepped => ((2 * columns) + 3, 2),
            Lay.Flipped => (-columns, -1),
            Lay.RepeatedRow => (0, 1),
            _ => ((nint)1, (nint)0),
        };
        if (rows == 0 || columns == 0)
        {
            _memory = new GuardedMemory<T>(0, guardBefore);
            Start = _memory.Pointer;
            return;
        }

        var extent = 1 + (Math.Abs(Row) * (rows - 1)) + (Math.Abs(Column) * (columns - 1));
        _memory = new GuardedMemory<T>((int)extent, guardBefore);
        Values.Fill(_memory.Span, seed);
        Start = lay == Lay.Flipped ? _memory.Pointer + extent - 1 : _memory.Pointer;
    }

    public nint Row { get; }

    public nint Column { get; }

    public T* Start { get; }

    public void Dispose() => _memory.Dispose();
}

/// <summary>Random values whose products and sums round.</summary>
internal static class Values
{
    public static void Fill<T>(Span<T> target, int seed) where T : unmanaged, INumber<T>
    {
        var random = new System.Random(seed);
        foreach (ref var value in target)
        {
            value = typeof(T) == typeof(float) || typeof(T) == typeof(double)
                ? T.CreateTruncating((random.NextDouble() * 2) - 1)
                : T.CreateTruncating(random.Next(-50_000, 50_000));
        }
    }
}
