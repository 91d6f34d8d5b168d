namespace Gradus.Graphs;

/// <summary>Elements of a vector or matrix: <c>x[0]</c>, <c>x[1:3]</c>, <c>x[:, -1]</c>.</summary>
internal static class Elements
{
    /// <summary>The operation that takes what stands between brackets.</summary>
    public static Operation At(AxisPlaces[] places)
    {
        var text = $"[{string.Join(", ", places)}]";
        return new()
        {
            Name = "index",
            Symbol = text,
            Apply = (inputs, _) => Take(inputs[0], places),
            Rule = (use, _) => Rule(use.Inputs[0], places),
            Form = inputs => inputs[0] + text,
        };
    }

    private static Tensor Take(Tensor x, AxisPlaces[] places)
    {
        if (places.Length > x.Rank)
        {
            var own = x.Rank == 0 ? "none: it is a single number" : Axes(x.Rank);
            throw new GradusException($"there are places for {Axes(places.Length)} between the brackets, but the value has {own}.");
        }

        // From the last axis on, so that those before it keep their numbers.
        for (var axis = places.Length - 1; axis >= 0; axis--)
        {
            var size = x.Shape[axis];
            var (start, length) = places[axis].On(size);
            if (places[axis].IsRange && length == 0) throw new GradusException($"{places[axis]} is empty: axis {axis} has the size {size}.");
            if (start < 0 || start >= size)
            {
                throw new GradusException(
                    $"the index {places[axis]} is out of range: axis {axis} has the size {size}. Expected 0 to {size - 1}, or -1 to -{size}.");
            }

            x = places[axis].IsRange ? x.Slice(axis, start, length) : x.Select(axis, start);
        }

        return x;
    }

    /// <summary>The gradient at the elements that were taken, and 0 at the others.</summary>
    private static DerivativeSymbol Rule(Shape whole, AxisPlaces[] places)
    {
        int[] single = [.. Enumerable.Range(0, places.Length).Where(axis => !places[axis].IsRange)];
        var text = single.Length > 0 ? $"expand_dims(g, {DerivativeSymbolExtensions.AxesText(single)})" : "g";
        var borders = Enumerable.Range(0, whole.Rank).Select(axis =>
        {
            var (start, length) = axis < places.Length ? places[axis].On(whole[axis]) : (0, whole[axis]);
            return (Before: start, After: whole[axis] - start - length);
        }).ToArray();
        if (borders.All(static border => border is (0, 0))) return DerivativeSymbol.Rule(text, "g");
        var pads = string.Join(", ", borders.Select(static border => $"({border.Before}, {border.After})"));
        return DerivativeSymbol.Rule($"pad({text}, {(borders.Length > 1 ? $"({pads})" : pads)})", @"\operatorname{pad}(g)");
    }

    private static string Axes(int count) => count == 1 ? "1 axis" : $"{count} axes";
}
