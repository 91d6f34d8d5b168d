namespace Gradus;

/// <summary>
/// What <see cref="Tensor.Pad(ReadOnlySpan{ValueTuple{int, int}}, PadMode, double)"/> puts around a tensor. Of a, b, c, two before and two after:
/// </summary>
public enum PadMode
{
    /// <summary>A value: 0 0 | a b c | 0 0.</summary>
    Constant,

    /// <summary>A mirror at the outermost element: c b | a b c | b a. Less than the size of the axis.</summary>
    Reflect,

    /// <summary>The outermost element: a a | a b c | c c.</summary>
    Replicate,

    /// <summary>The other end: b c | a b c | a b. At most the size of the axis.</summary>
    Circular,
}
