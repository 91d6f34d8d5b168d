using System.Runtime.CompilerServices;

namespace Gradus.Kernels;

/// <summary>The terms of a <see cref="WindowProduct{T}"/> for the engines whose vectors are neighboring windows.</summary>
/// <remarks>
/// They read a copy of the source whose columns are sorted by their place modulo the step, so that the windows of a row lie side by side for every term.
/// </remarks>
internal static unsafe class WindowTerms
{
    /// <summary>Elements of a row of the source's copy, in which <paramref name="windows"/> windows may be read even where a row has fewer.</summary>
    public static int Pitch<T>(in WindowProduct<T> product, int windows) where T : unmanaged
    {
        var step = product.Horizontal.Step;
        var cover = product.Horizontal.Cover(Math.Max(windows, product.Horizontal.Count));
        return (cover + step - 1) / step * step;
    }

    /// <summary>
    /// Where each term is read, in bytes from the start of its window's row, and the weights of each target channel in the order of the terms.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather<T>(in WindowProduct<T> product, in WindowPlan plan, nint* offsets, T* weights) where T : unmanaged
    {
        var step = product.Horizontal.Step;
        for (nint inner = 0; inner < product.Inner; inner++)
        {
            for (var row = 0; row < product.Vertical.Taps; row++)
            {
                nint y = product.Vertical.TapFirst + (row * product.Vertical.TapStep);
                for (var column = 0; column < product.Horizontal.Taps; column++)
                {
                    var x = product.Horizontal.TapFirst + (column * product.Horizontal.TapStep);
                    *offsets++ = ((inner * plan.Plane) + (y * plan.Pitch) + (x % step * (plan.Pitch / step)) + (x / step)) * sizeof(T);
                }
            }
        }

        for (var group = 0; group < product.Groups; group++)
        {
            for (var lane = 0; lane < product.Lanes; lane++)
            {
                for (var inner = 0; inner < product.Inner; inner++)
                {
                    var from = product.Weights + (group * product.WeightGroup) + (lane * product.WeightLane) + (inner * product.WeightInner);
                    for (var row = 0; row < product.Vertical.Taps; row++)
                    {
                        for (var column = 0; column < product.Horizontal.Taps; column++) *weights++ = from[product.Tap(row, column)];
                    }
                }
            }
        }
    }
}
