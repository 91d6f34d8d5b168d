namespace Gradus.Onnx;

/// <summary>Values of a grid between its points, as sums of the points around; differentiable in the values and in the places.</summary>
internal static class Sampling
{
    /// <summary>One of the points around a place along an axis, and its share.</summary>
    /// <param name="Index">Which points: whole numbers [samples, places], perhaps outside of the grid.</param>
    /// <param name="Share">Their shares [samples, places].</param>
    public readonly record struct Tap(Tensor Index, Tensor Share);

    /// <summary>The two points around a place, by how near they are.</summary>
    public static Tap[] Linear(Tensor place)
    {
        var below = place.Detach().Floor();
        var ratio = place - below;
        return [new(below.To(DType.Int64), 1 - ratio), new(below.To(DType.Int64) + 1L, ratio)];
    }

    /// <summary>The point nearest to a place; of two, the even one.</summary>
    public static Tap[] Nearest(Tensor place) => [new(place.Detach().Round().To(DType.Int64), Tensor.OnesLike(place))];

    /// <summary>The four points around a place, by the cubic polynomial whose slope at the neighbor is a.</summary>
    public static Tap[] Cubic(Tensor place, double a)
    {
        var below = place.Detach().Floor();
        var (index, ratio) = (below.To(DType.Int64), place - below);
        return [new(index - 1L, Far(ratio + 1.0, a)), new(index, Near(ratio, a)), new(index + 1L, Near(1 - ratio, a)), new(index + 2L, Far(2 - ratio, a))];
    }

    /// <summary>
    /// Sums over all combinations of points: [samples, channels, d…] at [samples, places] → [samples, channels, places]. Points outside of the grid are 0.
    /// </summary>
    /// <param name="x">The grid.</param>
    /// <param name="axes">For each of its axes, the points around each place.</param>
    /// <param name="fold">Brings an index outside of an axis to one inside; null where those are 0.</param>
    public static Tensor Sample(Tensor x, Tap[][] axes, Func<Tensor, int, Tensor>? fold = null)
    {
        var sizes = x.Shape.ToArray()[2..];
        var flat = x.Reshape(x.Shape[0], x.Shape[1], -1);
        Tensor? sum = null;
        foreach (var taps in Combinations(axes))
        {
            Tensor? place = null, share = null;
            for (var axis = 0; axis < sizes.Length; axis++)
            {
                var (index, part) = taps[axis];
                if (fold is not null) index = fold(index, sizes[axis]);
                else part = part * (index.GreaterOrEqual(0L) & index.Less((long)sizes[axis])).To(part.DType);
                index = index.Clamp(0L, sizes[axis] - 1L);
                place = place is null ? index : (place * (long)sizes[axis]) + index;
                share = share is null ? part : share * part;
            }

            var values = flat.Gather(2, place!.Unsqueeze(1).BroadcastTo([flat.Shape[0], flat.Shape[1], place.Shape[1]]));
            var term = values * share!.Unsqueeze(1);
            sum = sum is null ? term : sum + term;
        }

        return sum!;
    }

    private static Tensor Near(Tensor t, double a) => ((t * (a + 2)) - (a + 3)) * t * t + 1.0;

    private static Tensor Far(Tensor t, double a) => ((((t * a) - (5 * a)) * t) + (8 * a)) * t - (4 * a);

    private static IEnumerable<Tap[]> Combinations(Tap[][] axes)
    {
        IEnumerable<Tap[]> combinations = [[]];
        foreach (var taps in axes) combinations = combinations.SelectMany(before => taps.Select(tap => (Tap[])[.. before, tap]));
        return combinations;
    }
}
