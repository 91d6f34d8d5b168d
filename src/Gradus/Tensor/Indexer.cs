namespace Gradus;

/// <summary>What <c>t[…]</c> means: first the views, then the entries that are tensors.</summary>
internal static class Indexer
{
    /// <summary>The part of x that the entries name.</summary>
    public static Tensor Read(Tensor x, ReadOnlySpan<TensorIndex> entries)
    {
        var named = AxesNamed(x, entries);
        var chosen = new List<(int Axis, Tensor Positions)>();
        var view = x;
        // The axis that an entry is for: in the view, and, for messages, in x.
        int axis = 0, own = 0;
        foreach (var entry in entries)
        {
            switch (entry.Kind)
            {
                case TensorIndex.EntryKind.NewAxis:
                    view = view.Unsqueeze(axis++);
                    break;
                case TensorIndex.EntryKind.Ellipsis:
                    axis += x.Rank - named;
                    own += x.Rank - named;
                    break;
                case TensorIndex.EntryKind.Position:
                    view = view.Select(axis, entry.On(own++, view.Shape[axis]).Start);
                    break;
                case TensorIndex.EntryKind.Range:
                    view = Range(view, axis, entry.On(own++, view.Shape[axis]));
                    axis++;
                    break;
                default:
                    view = entry.Chosen!.DType == DType.Bool ? Merge(view, axis, entry.Chosen) : view;
                    chosen.Add((axis, Positions(entry.Chosen, own, view.Shape[axis])));
                    axis++;
                    own += entry.AxisCount;
                    break;
            }
        }

        return chosen.Count == 0 ? view : Choose(view, chosen);
    }

    /// <summary>x with the part that the entries name replaced by values, or with the values added to it.</summary>
    public static Tensor Write(Tensor x, ReadOnlySpan<TensorIndex> entries, Tensor values, bool accumulate)
    {
        // Where the part lies is read from a tensor that holds its own places; axes behind the last entry go along as whole rows.
        var leading = AxesNamed(x, entries);
        foreach (var entry in entries)
        {
            if (entry.Kind == TensorIndex.EntryKind.Ellipsis) leading = x.Rank;
        }

        Shape lead = [.. x.Shape.AsSpan()[..leading]];
        var row = x.Shape.AsSpan()[leading..];
        var places = Read(Tensor.Arange(Shape.Size(lead.ElementCount, "indexPut")).Reshape(lead), entries);
        Shape part = [.. places.Shape, .. row];
        if (Shape.Broadcast("indexPut", part, values.Shape) != part)
        {
            throw new GradusException($"indexPut: the values are {values.Describe()}, the part of {x.Describe()} is {part}.");
        }

        var count = Shape.Size(places.Count, "indexPut");
        var rows = values.To(x.DType).Expand(part).Reshape([count, .. row]);
        var table = x.Reshape([Shape.Size(lead.ElementCount, "indexPut"), .. row]);
        var result = accumulate ? table.IndexAdd(0, places.Reshape(count), rows) : table.IndexCopy(0, places.Reshape(count), rows);
        return result.Reshape(x.Shape);
    }

    private static int AxesNamed(Tensor x, ReadOnlySpan<TensorIndex> entries)
    {
        int named = 0, ellipses = 0;
        foreach (var entry in entries)
        {
            named += entry.AxisCount;
            ellipses += entry.Kind == TensorIndex.EntryKind.Ellipsis ? 1 : 0;
        }

        if (ellipses > 1)
        {
            throw new GradusException($"index: {ellipses} ellipses for {x.Describe()}; one is enough, and with more it is not clear what each stands for.");
        }

        return named <= x.Rank ? named : throw new GradusException($"index: entries for {named} axes of {x.Describe()}, which has {x.Rank}.");
    }

    private static Tensor Range(Tensor view, int axis, (int Start, int Length, int Step) range) => range.Step > 0
        ? view.Slice(axis, range.Start, range.Length, range.Step)
        : view.Slice(axis, range.Length == 0 ? 0 : range.Start + ((range.Length - 1) * range.Step), range.Length, -range.Step).Flip(axis);

    /// <summary>The axes that a mask covers as one.</summary>
    private static Tensor Merge(Tensor view, int axis, Tensor mask)
    {
        var covered = view.Shape.AsSpan().Slice(axis, mask.Rank);
        if (mask.Rank == 0 || !covered.SequenceEqual(mask.Shape))
        {
            throw new GradusException(
                $"index: the mask is {mask.Describe()}, expected {(mask.Rank == 0 ? "at least one axis" : $"bool{Shape.Create(covered)}")} " +
                $"to choose from axis {axis} on of {view.Describe()}.");
        }

        return mask.Rank == 1 ? view : view.Flatten(axis, axis + mask.Rank - 1);
    }

    private static Tensor Positions(Tensor chosen, int axis, int size) =>
        chosen.DType == DType.Bool ? chosen.Places() : Tensor.PositionsOf("index", chosen, axis, size, fromEnd: true);

    /// <summary>
    /// The elements at positions of several axes, which broadcast together. The new axes stand where those were if they are neighbors, else in front.
    /// </summary>
    private static Tensor Choose(Tensor view, List<(int Axis, Tensor Positions)> chosen)
    {
        var shape = chosen[0].Positions.Shape;
        foreach (var (_, positions) in chosen) shape = Shape.Broadcast("index", shape, positions.Shape);
        var (first, count) = (chosen[0].Axis, chosen.Count);
        if (chosen[^1].Axis - first != count - 1)
        {
            // Brought side by side, in front.
            int[] axes = [.. chosen.Select(static entry => entry.Axis)];
            view = view.Permute([.. axes, .. Enumerable.Range(0, view.Rank).Except(axes)]);
            first = 0;
        }

        var sizes = view.Shape.ToArray();
        var places = chosen[0].Positions;
        for (var index = 1; index < count; index++) places = (places * (long)sizes[first + index]) + chosen[index].Positions;
        if (count > 1) view = view.Flatten(first, first + count - 1);
        var flat = Ops.IndexSelect.Apply(view, places.Expand(shape).Flatten(), first);
        return flat.Reshape([.. sizes[..first], .. shape, .. sizes[(first + count)..]]);
    }
}
