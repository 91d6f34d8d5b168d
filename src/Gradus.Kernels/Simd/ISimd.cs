namespace Gradus.Kernels;

/// <summary>
/// One vector width, so that an operator has one body for all of them: <typeparamref name="V"/> holds <see cref="Width"/> lanes of <typeparamref name="T"/>.
/// </summary>
/// <remarks>
/// T is float, double, int, long or byte. Every member gives each lane the same bits whatever the width: it is exact, correctly rounded, or an
/// integer operation. (Which NaN a NaN is, its sign and payload, is left open.) A mask is a V whose lanes are all ones or all zeros. Members named "Bits" see a
/// lane as an integer of its size.
/// </remarks>
internal unsafe interface ISimd<T, V> where T : unmanaged where V : struct
{
    /// <summary>Lanes of one vector.</summary>
    static abstract int Width { get; }

    /// <summary>All lanes zero.</summary>
    static abstract V Zero { get; }

    /// <summary>Reads <see cref="Width"/> elements.</summary>
    static abstract V Load(T* source);

    /// <summary>Writes <see cref="Width"/> elements.</summary>
    static abstract void Store(V x, T* target);

    /// <summary>
    /// Reads the first <paramref name="count"/> elements (1 ≤ count &lt; Width) and nothing past them; the other lanes repeat the first element.
    /// </summary>
    static abstract V LoadPartial(T* source, int count);

    /// <summary>
    /// Reads the first <paramref name="count"/> elements (1 ≤ count &lt; Width) and nothing past them; the other lanes are those of <paramref name="rest"/>.
    /// </summary>
    static abstract V LoadPartial(T* source, int count, V rest);

    /// <summary>Writes the first <paramref name="count"/> lanes (1 ≤ count &lt; Width) and nothing past them.</summary>
    static abstract void StorePartial(V x, T* target, int count);

    /// <summary>Reads <see cref="Width"/> bytes as a mask: a lane is set where its byte is not zero.</summary>
    static abstract V LoadMask(byte* source);

    /// <summary>Writes <see cref="Width"/> bytes: 1 where the lane is set, else 0.</summary>
    static abstract void StoreMask(V mask, byte* target);

    /// <summary>
    /// The lanes from <paramref name="start"/> on (half, a quarter, … of Width) brought to the front, as many as stood before them; the lanes behind hold
    /// anything.
    /// </summary>
    static abstract V From(V x, int start);

    /// <summary>The first lane.</summary>
    static abstract T First(V x);

    /// <summary>All lanes <paramref name="value"/>.</summary>
    static abstract V Create(T value);

    /// <summary>All lanes <paramref name="value"/>, a T that an operator carries: it names its type before the one that it is invoked for.</summary>
    static abstract V Create<TValue>(TValue value) where TValue : unmanaged;

    /// <summary>All lanes the T nearest to <paramref name="value"/>.</summary>
    static abstract V Constant(double value);

    /// <summary>All lanes the low bits of <paramref name="bits"/>.</summary>
    static abstract V ConstantBits(long bits);

    /// <summary>x + y.</summary>
    static abstract V Add(V x, V y);

    /// <summary>x − y.</summary>
    static abstract V Subtract(V x, V y);

    /// <summary>x · y.</summary>
    static abstract V Multiply(V x, V y);

    /// <summary>x / y.</summary>
    static abstract V Divide(V x, V y);

    /// <summary>x · y + z, rounded once.</summary>
    static abstract V FusedMultiplyAdd(V x, V y, V z);

    /// <summary>The greater of the two; NaN if either is NaN; +0 is greater than −0.</summary>
    static abstract V Maximum(V x, V y);

    /// <summary>The lesser of the two; NaN if either is NaN; −0 is less than +0.</summary>
    static abstract V Minimum(V x, V y);

    /// <summary>√x, correctly rounded.</summary>
    static abstract V Sqrt(V x);

    /// <summary>|x|.</summary>
    static abstract V Abs(V x);

    /// <summary>−x.</summary>
    static abstract V Negate(V x);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract V Round(V x);

    /// <summary>The greatest integer that is at most x.</summary>
    static abstract V Floor(V x);

    /// <summary>The smallest integer that is at least x.</summary>
    static abstract V Ceiling(V x);

    /// <summary>x without its fraction.</summary>
    static abstract V Truncate(V x);

    /// <summary>Mask of x = y.</summary>
    static abstract V Equal(V x, V y);

    /// <summary>Mask of x &lt; y; false for NaN.</summary>
    static abstract V Less(V x, V y);

    /// <summary>Mask of x ≤ y; false for NaN.</summary>
    static abstract V LessOrEqual(V x, V y);

    /// <summary>Whether a lane of the mask is set: for a slow path that few values need.</summary>
    static abstract bool Any(V mask);

    /// <summary>x where the mask is set, else y.</summary>
    static abstract V Select(V mask, V x, V y);

    /// <summary>Bitwise and.</summary>
    static abstract V And(V x, V y);

    /// <summary>Bitwise or.</summary>
    static abstract V Or(V x, V y);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract V Xor(V x, V y);

    /// <summary>Bitwise complement.</summary>
    static abstract V Not(V x);

    /// <summary>Integer sum of the bit patterns.</summary>
    static abstract V AddBits(V x, V y);

    /// <summary>Integer difference of the bit patterns.</summary>
    static abstract V SubtractBits(V x, V y);

    /// <summary>Bit patterns shifted left.</summary>
    static abstract V ShiftLeftBits(V x, int count);

    /// <summary>Bit patterns shifted right, zeros coming in.</summary>
    static abstract V ShiftRightBits(V x, int count);

    /// <summary>Bit patterns shifted right, copies of the sign coming in.</summary>
    static abstract V ShiftRightArithmeticBits(V x, int count);

    /// <summary>x · 2ⁿ rounded once, subnormal results included, for an integral n within ±2 · (largest exponent).</summary>
    static abstract V Scale(V x, V n);

    /// <summary>For 64-bit lanes: the full product of the low 32 bits of each lane, unsigned.</summary>
    static abstract V MultiplyLow32(V x, V y);

    /// <summary>For float lanes: the operator evaluated in float64 and rounded to float32. For double lanes: the operator itself.</summary>
    static abstract V InDouble<TOp>(TOp op, V x) where TOp : struct, IUnaryOperator;

    /// <summary>For float lanes: the operator evaluated in float64 and rounded to float32. For double lanes: the operator itself.</summary>
    static abstract V InDouble<TOp>(TOp op, V x, V y) where TOp : struct, IBinaryOperator;
}
