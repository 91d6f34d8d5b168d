namespace Gradus.Kernels;

/// <summary>Rows of elements: a part of a <see cref="Nest"/> along its two innermost axes.</summary>
internal struct NestRows
{
    /// <summary>How many rows.</summary>
    public nint Count;

    /// <summary>Elements of a row.</summary>
    public nint Length;

    /// <summary>Where the first row begins.</summary>
    public Operands Start;

    /// <summary>Bytes from one element of a row to the next.</summary>
    public Operands Strides;

    /// <summary>Bytes from one row to the next.</summary>
    public Operands Step;
}
