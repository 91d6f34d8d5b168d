namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The elements of two axes whose positions differ by an offset, as a new last axis. A view.</summary>
    /// <param name="offset">Position along the second axis less that along the first: 0 is the main diagonal, positive lies above it.</param>
    /// <param name="axis0">The first axis, of rows.</param>
    /// <param name="axis1">The second axis, of columns.</param>
    /// <exception cref="GradusException">There is no such axis, or it is twice the same.</exception>
    public Tensor Diagonal(int offset = 0, int axis0 = 0, int axis1 = 1)
    {
        axis0 = Shape.Axis(axis0, "diagonal");
        axis1 = Shape.Axis(axis1, "diagonal");
        if (axis0 == axis1) throw new GradusException($"diagonal: axis {axis0} with itself; name two axes.");
        return Ops.Diagonal.Apply(this, new DiagonalArgs(offset, axis0, axis1));
    }

    /// <summary>Zeros, with the last axis on a diagonal of two axes: […, n] → […, n + |offset|, n + |offset|].</summary>
    /// <param name="offset">Position along the second axis less that along the first.</param>
    /// <param name="axis0">Where the axis of rows stands in the result.</param>
    /// <param name="axis1">Where the axis of columns stands in the result.</param>
    /// <exception cref="GradusException">This is a scalar, or there are no such axes.</exception>
    public Tensor DiagEmbed(int offset = 0, int axis0 = -2, int axis1 = -1)
    {
        if (Rank == 0) throw new GradusException("diagEmbed: a scalar has no axis to lay on a diagonal.");
        var side = Shape.Size(Shape[-1] + Math.Abs((long)offset), "diagEmbed");
        Shape square = [.. Shape.AsSpan()[..^1], side, side];
        axis0 = square.Axis(axis0, "diagEmbed");
        axis1 = square.Axis(axis1, "diagEmbed");
        if (axis0 == axis1) throw new GradusException($"diagEmbed: axis {axis0} with itself; name two axes.");
        var others = new Queue<int>(Shape.AsSpan()[..^1].ToArray());
        Shape shape = [.. Enumerable.Range(0, square.Rank).Select(axis => axis == axis0 || axis == axis1 ? side : others.Dequeue())];
        return Ops.DiagonalEmbed.Apply(this, new EmbedDiagonalArgs(new DiagonalArgs(offset, axis0, axis1), shape));
    }

    /// <summary>A vector as the diagonal of a matrix of zeros; of a matrix its diagonal, as a view.</summary>
    /// <exception cref="GradusException">This is neither a vector nor a matrix.</exception>
    public Tensor Diag(int offset = 0) => Rank switch
    {
        1 => DiagEmbed(offset),
        2 => Diagonal(offset),
        _ => throw new GradusException($"diag: {Describe()} is neither a vector nor a matrix. Use Diagonal or DiagEmbed."),
    };

    /// <summary>The lower triangle of the last two axes: zeros where column − row is above <paramref name="diagonal"/>.</summary>
    /// <exception cref="GradusException">There are fewer than two axes.</exception>
    public Tensor Tril(int diagonal = 0) => Where(Below("tril", diagonal), this, Zeros(default, DType));

    /// <summary>The upper triangle of the last two axes: zeros where column − row is below <paramref name="diagonal"/>.</summary>
    /// <exception cref="GradusException">There are fewer than two axes.</exception>
    public Tensor Triu(int diagonal = 0) => Where(Below("triu", diagonal - 1L), Zeros(default, DType), this);

    /// <summary>Where column − row is at most a number.</summary>
    private Tensor Below(string operation, long diagonal)
    {
        if (Rank < 2) throw new GradusException($"{operation}: {Describe()} has no rows and columns; expected at least two axes.");
        return Arange(Shape[-1]) <= (Arange(Shape[-2]) + diagonal).Unsqueeze(1);
    }
}
