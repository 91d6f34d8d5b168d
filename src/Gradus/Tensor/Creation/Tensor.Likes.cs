namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>Zeros of the shape and type of another tensor.</summary>
    /// <param name="x">The other.</param>
    /// <param name="dtype">The element type, if it is to differ.</param>
    public static Tensor ZerosLike(Tensor x, DType? dtype = null) => FullLike(x, 0, dtype);

    /// <summary>Ones of the shape and type of another tensor.</summary>
    /// <inheritdoc cref="ZerosLike"/>
    public static Tensor OnesLike(Tensor x, DType? dtype = null) => FullLike(x, 1, dtype);

    /// <summary>One value, converted, in the shape and type of another tensor.</summary>
    /// <param name="x">The other.</param>
    /// <param name="value">The value of each element.</param>
    /// <param name="dtype">The element type, if it is to differ.</param>
    public static Tensor FullLike(Tensor x, double value, DType? dtype = null) => Full(Like(x).Shape, value, dtype ?? x.DType);

    /// <inheritdoc cref="FullLike(Tensor, double, DType?)"/>
    public static Tensor FullLike(Tensor x, long value, DType? dtype = null) => Full(Like(x).Shape, value, dtype ?? x.DType);

    /// <summary>Uniform numbers from [0, 1) in the shape and type of another tensor, as <see cref="Rand"/> draws them.</summary>
    /// <param name="x">The other.</param>
    /// <param name="dtype">The element type, if it is to differ.</param>
    /// <param name="generator">Where they come from; the default generator, if left out.</param>
    /// <exception cref="GradusException">The type is not floating point.</exception>
    public static Tensor RandLike(Tensor x, DType? dtype = null, Generator? generator = null) => Rand(Like(x).Shape, dtype ?? x.DType, generator);

    /// <summary>Normal numbers, of mean 0 and deviation 1, in the shape and type of another tensor, as <see cref="Randn"/> draws them.</summary>
    /// <inheritdoc cref="RandLike"/>
    public static Tensor RandnLike(Tensor x, DType? dtype = null, Generator? generator = null) => Randn(Like(x).Shape, dtype ?? x.DType, generator);

    /// <summary>Whole numbers from [low, high) in the shape and type of another tensor, as <see cref="RandInt"/> draws them.</summary>
    /// <param name="x">The other.</param>
    /// <param name="low">The least.</param>
    /// <param name="high">One more than the greatest.</param>
    /// <param name="dtype">The element type, if it is to differ.</param>
    /// <param name="generator">Where they come from; the default generator, if left out.</param>
    /// <exception cref="GradusException">There is no number from low to high − 1.</exception>
    public static Tensor RandIntLike(Tensor x, long low, long high, DType? dtype = null, Generator? generator = null) =>
        RandInt(Like(x).Shape, low, high, dtype ?? x.DType, generator);

    private static Tensor Like(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x;
    }
}
