namespace Gradus.Testing.Naive;

/// <summary>Reductions by collecting the elements that become one.</summary>
internal static class Reducing
{
    public static NArray Fold(NArray x, Axes axes, Func<IEnumerable<double>, double> fold)
    {
        var kept = x.Shape.Select((size, axis) => axes.Has(axis) ? 1 : size).ToArray();
        var folded = NArray.Build(kept, position => fold(NArray.Positions([.. x.Shape.Select((size, axis) => axes.Has(axis) ? size : 1)])
            .Select(inside => x[[.. position.Zip(inside, static (outer, inner) => outer + inner)]])));
        return axes.KeepDim ? folded : new NArray([.. kept.Where((_, axis) => !axes.Has(axis))], folded.Values);
    }

    /// <summary>The best element along an axis, the first of equals, and its position.</summary>
    public static NArray[] Along(NArray x, AxisArgs args, Func<double, double, bool> isBetter)
    {
        var kept = NArray.With(x.Shape, args.Axis, 1);
        var index = NArray.Build(kept, position =>
        {
            var best = 0;
            for (var candidate = 1; candidate < x.Shape[args.Axis]; candidate++)
            {
                if (isBetter(x[NArray.With(position, args.Axis, candidate)], x[NArray.With(position, args.Axis, best)])) best = candidate;
            }

            return best;
        });
        var value = NArray.Build(kept, position => x[NArray.With(position, args.Axis, (int)index[position])]);
        var shape = args.KeepDim ? kept : NArray.Without(x.Shape, args.Axis);
        return [new NArray(shape, value.Values), new NArray(shape, index.Values)];
    }
}
