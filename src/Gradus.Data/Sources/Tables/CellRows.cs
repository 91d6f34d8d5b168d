namespace Gradus.Data;

/// <summary>
/// Rows of cells, read one after another: what a table is, wherever it comes from. Whatever reads rows in this way passes through the same preprocessing.
/// </summary>
internal abstract class CellRows : IDisposable
{
    /// <summary>The place of the current row in its source, from 1: a line or the number of the row.</summary>
    public abstract int Line { get; }

    /// <summary>A cell of the current row as text, without spaces around it; empty where missing.</summary>
    public abstract string this[int column] { get; }

    /// <summary>A cell of the current row as UTF-8 text. Valid until the next call.</summary>
    public abstract ReadOnlySpan<byte> Span(int column);

    /// <summary>Whether a cell is a number of its source's own kind, rather than a text that may be one: its point is a decimal point.</summary>
    public virtual bool IsTyped(int column) => false;

    /// <summary>Reads a cell of the current row as a number.</summary>
    public abstract CellKind Read(int column, CellFormat format, out double number);

    /// <summary>Moves to the next row. Returns false at the end.</summary>
    /// <exception cref="InvalidDataException">The row cannot be read.</exception>
    public abstract bool Next();

    public virtual void Dispose()
    {
    }
}
