namespace Gradus.Testing;

/// <summary>An array as a schoolbook has it: sizes, and float64 values in row-major order. What operators are compared with is computed on these.</summary>
internal sealed record NArray(int[] Shape, double[] Values)
{
    public int Rank => Shape.Length;

    public double this[params int[] position] => Values[Offset(position)];

    /// <summary>An array whose element at each position is a function of the position.</summary>
    public static NArray Build(int[] shape, Func<int[], double> at) => new(shape, [.. Positions(shape).Select(at)]);

    /// <summary>The values of a tensor.</summary>
    public static NArray Of(Tensor tensor) => new(tensor.Shape.ToArray(), tensor.ToArray<double>());

    /// <summary>All positions of a shape in row-major order.</summary>
    public static IEnumerable<int[]> Positions(int[] shape)
    {
        if (shape.Contains(0)) yield break;
        var position = new int[shape.Length];
        while (true)
        {
            yield return (int[])position.Clone();
            var axis = shape.Length - 1;
            while (axis >= 0 && ++position[axis] == shape[axis]) position[axis--] = 0;
            if (axis < 0) yield break;
        }
    }

    /// <summary>The shape that several take together, or null where they do not fit.</summary>
    public static int[]? BroadcastShape(params int[][] shapes)
    {
        var sizes = new int[shapes.Max(static shape => shape.Length)];
        for (var back = 1; back <= sizes.Length; back++)
        {
            var here = shapes.Where(shape => back <= shape.Length).Select(shape => shape[^back]).Distinct().Where(static size => size != 1).ToArray();
            if (here.Length > 1) return null;
            sizes[^back] = here.Length == 0 ? 1 : here[0];
        }

        return sizes;
    }

    /// <summary>The element that stands at a position of a shape that this broadcasts to.</summary>
    public double Stretched(int[] position)
    {
        var own = position[(position.Length - Rank)..];
        for (var axis = 0; axis < Rank; axis++) own[axis] = Shape[axis] == 1 ? 0 : own[axis];
        return this[own];
    }

    /// <summary>The position with one axis replaced.</summary>
    public static int[] With(int[] position, int axis, int value)
    {
        var other = (int[])position.Clone();
        other[axis] = value;
        return other;
    }

    /// <summary>The sizes, or a position, without one axis.</summary>
    public static int[] Without(int[] sizes, int axis) => [.. sizes[..axis], .. sizes[(axis + 1)..]];

    private int Offset(int[] position)
    {
        var offset = 0;
        for (var axis = 0; axis < Rank; axis++) offset = (offset * Shape[axis]) + position[axis];
        return offset;
    }
}
