using System.Numerics;
using Gradus.Kernels;

namespace Gradus;

/// <summary>
/// Sums of products of a gradient and what stood beside it, in which what gets no gradient takes no part: 0 · ∞ and 0 · NaN would spoil the whole sum.
/// </summary>
/// <remarks>
/// Zeros of the gradient beside a number that is not finite leave NaN in every place that the number is multiplied into. So one line of the product tells, and
/// nothing else is looked at unless it does. Beside finite numbers the bits are those of the product.
/// </remarks>
internal static unsafe class Unasked
{
    /// <summary>The product of a gradient with x; if there is NaN in it, once more without the parts of x that get no gradient.</summary>
    /// <param name="gradient">The gradient.</param>
    /// <param name="x">What it is multiplied by.</param>
    /// <param name="own">The axes of the gradient that x has not: where it is 0 along all of them, x takes no part.</param>
    /// <param name="line">An axis of the product that comes from those: its first place is looked at for NaN. Null: the whole product is.</param>
    /// <param name="args">What the product has to know besides.</param>
    /// <param name="product">The product of gradient and x.</param>
    public static Tensor Skip<TArgs>(Tensor gradient, Tensor x, ReadOnlySpan<int> own, int? line, TArgs args, Func<Tensor, Tensor, TArgs, Tensor> product)
    {
        var result = product(gradient, x, args);
        if (!HasNaN(result, line)) return result;
        var isAsked = gradient.NotEqual(0).Any(own, keepDim: true);
        return isAsked.All().Item<bool>() ? result : product(gradient, Tensor.Where(isAsked, x, x.Weak(0)), args);
    }

    private static bool HasNaN(Tensor x, int? line)
    {
        if (x.Count == 0) return false;
        if (!x.IsContiguous || x.DType is not (DType.Float32 or DType.Float64)) return x.IsNan().Any().Item<bool>();
        var (count, length) = ((nint)x.Count, (nint)x.Count);
        var step = count;
        if (line is { } axis)
        {
            length = 1;
            for (var inner = axis < 0 ? axis + x.Rank + 1 : axis + 1; inner < x.Rank; inner++) length *= x.Shape[inner];
            step = length * x.Shape[axis];
        }

        fixed (byte* origin = x)
        {
            return x.DType == DType.Float32
                ? HasNaN(count / step, step, length, x.See(origin).As<float>())
                : HasNaN(count / step, step, length, x.See(origin).As<double>());
        }
    }

    private static bool HasNaN<T>(nint lines, nint step, nint length, T* x) where T : unmanaged, INumber<T>
    {
        for (nint line = 0; line < lines; line++)
        {
            if (T.IsNaN(length == 1 ? x[line * step] : Fold.Run<T, MaxReduction>(x + (line * step), length))) return true;
        }

        return false;
    }
}
