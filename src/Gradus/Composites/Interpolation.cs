namespace Gradus;

/// <summary>The resizing of one axis: each result is a weighted sum of a few elements, whose positions and weights follow from the sizes.</summary>
internal static class Interpolation
{
    // Keys, "Cubic convolution interpolation for digital image processing", 1981; −¾ rather than −½, as image libraries have it.
    private const double Sharpness = -0.75;

    /// <summary>One axis brought to another size.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="size">Its new size.</param>
    /// <param name="step">Positions of x from one result to the next, where the corners are not aligned.</param>
    /// <param name="mode">How: the nearest element keeps the type, the others are real.</param>
    /// <param name="alignCorners">
    /// Whether the first and last results are the first and last elements, instead of the edges of their cells coming to lie on one another.
    /// </param>
    public static Tensor Resize(Tensor x, int axis, int size, double step, InterpolationMode mode, bool alignCorners)
    {
        var length = x.Shape[axis];
        if (mode == InterpolationMode.Nearest) return x.IndexSelect(axis, Positions(size, index => Math.Floor(index * step), length));
        if (x.DType.IsHalf) return Resize(x.To(DType.Float32), axis, size, step, mode, alignCorners).To(x.DType);
        x = x.To(Promotion.Real(x.DType));
        var places = new double[size];
        for (var index = 0; index < size; index++)
        {
            var place = alignCorners ? (size > 1 ? index * (length - 1.0) / (size - 1) : 0) : ((index + 0.5) * step) - 0.5;
            places[index] = mode == InterpolationMode.Linear ? Math.Clamp(place, 0, length - 1) : place;
        }

        var (first, taps) = mode == InterpolationMode.Linear ? (0, 2) : (-1, 4);
        var result = (Tensor?)null;
        for (var tap = first; tap < first + taps; tap++)
        {
            var away = tap;
            var weights = Array.ConvertAll(places, place => Weight(mode, Math.Abs(place - Math.Floor(place) - away)));
            var along = Enumerable.Range(0, x.Rank).Select(other => other == axis ? size : 1).ToArray();
            // An element of weight 0 has no part, even if it is infinite.
            var part = Tensor.From(weights, [size]).To(x.DType).Reshape(along)
                .Chain(x.IndexSelect(axis, Positions(size, index => Math.Floor(places[index]) + away, length)));
            result = result is null ? part : result + part;
        }

        return result!;
    }

    private static Tensor Positions(int size, Func<int, double> at, int length)
    {
        var positions = new long[size];
        for (var index = 0; index < size; index++) positions[index] = (long)Math.Clamp(at(index), 0, length - 1);
        return Tensor.From(positions, [size]);
    }

    /// <summary>The weight of an element at a distance.</summary>
    private static double Weight(InterpolationMode mode, double distance) => mode == InterpolationMode.Linear ? 1 - distance : distance <= 1
        ? ((((Sharpness + 2) * distance) - (Sharpness + 3)) * distance * distance) + 1
        : ((((((distance - 5) * distance) + 8) * distance) - 4) * Sharpness);
}
