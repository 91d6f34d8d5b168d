namespace Gradus.Exported;

/// <summary>A width of vectors, so that each loop is written once. Every width gives each lane the same bits.</summary>
internal interface ILanes<V> where V : struct
{
    static abstract int Width { get; }

    static abstract V Load(ref float source, nint index);

    static abstract void Store(V x, ref float target, nint index);

    static abstract V Create(float value);

    static abstract V Add(V x, V y);

    static abstract V Subtract(V x, V y);

    static abstract V Multiply(V x, V y);

    static abstract V Divide(V x, V y);

    /// <summary>x·y + z, rounded once.</summary>
    static abstract V MultiplyAdd(V x, V y, V z);

    static abstract V Abs(V x);

    static abstract V Floor(V x);

    /// <summary>A mask: x &lt; y.</summary>
    static abstract V Less(V x, V y);

    /// <summary>A mask: x is no number.</summary>
    static abstract V IsNaN(V x);

    static abstract V Select(V mask, V x, V y);

    static abstract V Or(V x, V y);

    static abstract V Xor(V x, V y);

    /// <summary>2ⁿ for a whole n.</summary>
    static abstract V PowerOfTwo(V n);
}
