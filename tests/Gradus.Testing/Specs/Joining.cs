using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Joining must do.</summary>
internal static class Joining
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Concat,
            [Joined(0, [2], [3]), Joined(1, [2, 3], [2, 1], [2, 0]), Joined(0, [1, 2], [2, 2], [1, 2], [1, 2], [3, 2], [1, 2]), Joined(2, [2, 1, 3])],
            OpSpec.AllTypes,
            large: [Joined(1, [200, 300], [200, 40])],
            misuses:
            [
                new("nothing", static () => Tensor.Concat([]), "concat: there is nothing to join."),
                new("another size", static () => Tensor.Concat([Tensor.Ones([2, 3]), Tensor.Ones([2, 4])]),
                    "concat: f32[2,4] beside f32[2,3] along axis 0; all other sizes must be equal."),
                new("another rank", static () => Tensor.Concat([Tensor.Ones([2, 3]), Tensor.Ones([2])]),
                    "concat: f32[2] beside f32[2,3] along axis 0; all other sizes must be equal."),
            ]),
        OpSpec.General(Ops.Split,
            [Pieces([5], 0, [2, 3]), Pieces([2, 6], 1, [1, 0, 3, 2]), Pieces([3, 2], 0, [3]), FirstPiece([4, 3], 0, [1, 1, 2])],
            OpSpec.AllTypes,
            misuses:
            [
                new("other sizes", static () => Tensor.Ones([5]).Split([2, 2]), "split: pieces of sizes [2,2] do not make up axis 0 of [5], which has size 5."),
                new("a negative size", static () => Tensor.Ones([5]).Split([6, -1]),
                    "split: pieces of sizes [6,-1] do not make up axis 0 of [5], which has size 5."),
                new("no size", static () => Tensor.Ones([5]).Split(0), "split: pieces of size 0; the size must be at least 1."),
                new("no pieces", static () => Tensor.Ones([5]).Chunk(0), "chunk: 0 pieces; there must be at least 1."),
                new("no such axis", static () => Tensor.Ones([5]).Unbind(1), "unbind: axis 1 is out of range for [5]; use -1 … 0."),
            ]),
    ];

    private static Case Joined(int axis, params int[][] shapes) => Case.Of(Ops.Concat, axis, [.. shapes.Select(Any)], parts => Moving.Concat(parts, axis));

    // The pieces in reverse, so that every one of them is looked at, with what goes back through it.
    private static Case Pieces(int[] shape, int axis, int[] sizes) =>
        Composite.Use($"[{string.Join(",", sizes)}]", Any(shape), x => Tensor.Concat([.. x.Split(sizes, axis).Reverse()], axis), x =>
        {
            var starts = sizes.Select((_, piece) => sizes[..piece].Sum()).ToArray();
            return Moving.Concat([.. sizes.Select((size, piece) => Moving.Slice(x, new(axis, starts[piece], size, 1))).Reverse()], axis);
        });

    private static Case FirstPiece(int[] shape, int axis, int[] sizes) =>
        Composite.Use("first piece", Any(shape), x => x.Split(sizes, axis)[0], x => Moving.Slice(x, new(axis, 0, sizes[0], 1)));

    private static Input Any(int[] shape) => new(shape, Domain.Plain);
}
