using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Products, and products of tensors over named or chosen axes, must do; each of these is held to Einstein's sum.</summary>
internal static class Products
{
    /// <summary>An equation, the same spelled out where it differs, and the shapes.</summary>
    private static readonly (string Equation, string? Whole, int[][] Shapes)[] Equations =
    [
        ("ij,jk->ik", null, [[2, 3], [3, 4]]),
        ("ij,jk", "ij,jk->ik", [[2, 3], [3, 4]]),
        ("ba", "ba->ab", [[2, 3]]),
        ("ii", "ii->", [[3, 3]]),
        ("ii->i", null, [[3, 3]]),
        ("iji->j", null, [[3, 2, 3]]),
        ("iii->i", null, [[2, 2, 2]]),
        ("ij->", null, [[2, 3]]),
        ("ij->j", null, [[2, 3]]),
        ("i,i", "i,i->", [[4], [4]]),
        ("i,j->ij", null, [[2], [3]]),
        ("i,j->ji", null, [[2], [3]]),
        ("ij,ij->ij", null, [[2, 3], [2, 3]]),
        ("bij,bjk->bik", null, [[2, 2, 3], [2, 3, 2]]),
        ("bhid,bhjd->bhij", null, [[2, 2, 2, 3], [2, 2, 3, 3]]),
        ("ijk,ljk->il", null, [[2, 3, 2], [2, 3, 2]]),
        ("ij,kl,jk->il", null, [[2, 3], [2, 3], [3, 2]]),
        ("a,b,c,d->", null, [[2], [3], [2], [2]]),
        ("ij,jk,kl,lm->im", null, [[2, 3], [3, 1], [1, 4], [4, 2]]),
        ("ii,ij->j", null, [[3, 3], [3, 2]]),
        ("ij,jj->i", null, [[2, 3], [3, 3]]),
        (" i j , j -> i ", "ij,j->i", [[2, 3], [3]]),
        ("...ij,...jk->...ik", "bij,bjk->bik", [[2, 2, 3], [2, 3, 2]]),
        ("...ij,jk", "bij,jk->bik", [[2, 2, 3], [3, 2]]),
        ("i...,i...->...", "iab,iab->ab", [[2, 3, 2], [2, 1, 2]]),
        ("...", "ab->ab", [[2, 3]]),
        ("...,...->...", "ab,b->ab", [[2, 3], [3]]),
        ("ij,ij->i", null, [[2, 1], [2, 3]]),
        ("ij->ij", null, [[1, 3]]),
        (",i->i", null, [[], [3]]),
        ("ij,jk->ik", null, [[2, 0], [0, 3]]),
        ("Ab,bA->A", null, [[2, 3], [3, 2]]),
    ];

    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.MatMul,
            [
                Product([2, 3], [3, 4]), Product([1, 1], [1, 1]), Product([5, 2], [2, 1]), Product([2, 3, 4], [4, 2]), Product([2, 3, 4], [2, 4, 2]),
                Product([3, 4], [2, 4, 5]), Product([2, 1, 2, 3], [1, 3, 3, 2]), Product([2, 0], [0, 3]), Product([0, 2], [2, 3]), Product([2, 0, 3], [3, 2]),
            ],
            large: [Product([70, 300], [300, 90]), Product([3, 65, 40], [3, 40, 33])],
            misuses:
            [
                new("inner sizes", static () => Tensor.Ones([2, 3]).MatMul(Tensor.Ones([4, 5])), "matmul: f32[2,3] · f32[4,5]: inner sizes 3 and 4 differ."),
                new("a scalar", static () => Tensor.Scalar(1f).MatMul(Tensor.Ones([1, 1])), "a scalar has no rows or columns. Use * instead."),
                new("bool", static () => Tensor.Of([[true]]).MatMul(Tensor.Of([[true]])), "matmul: bool has no arithmetic. Convert it with To()."),
                new("batches", static () => Tensor.Ones([2, 1, 3]).MatMul(Tensor.Ones([3, 3, 1])), "matmul: [2] and [3] do not broadcast"),
            ]),
        OpSpec.General(Ops.Linear,
            [
                Affine([2, 3], 4), Affine([3], 2), Affine([2, 1, 3], 2), Affine([0, 3], 2), Affine([2, 2, 2, 5], 1),
                Linear([2, 3], 4), Linear([3], 2), Linear([2, 1, 3], 2), Linear([0, 3], 2),
            ],
            large: [Affine([130, 300], 70), Linear([130, 300], 70)],
            misuses:
            [
                new("the input's size", static () => Tensor.Ones([2, 3]).Linear(Tensor.Ones([4, 5]), Tensor.Ones([4])),
                    "linear: the input is f32[2,3], expected [..., 5] for a weight of [4,5]."),
                new("the bias", static () => Tensor.Ones([2, 3]).Linear(Tensor.Ones([4, 3]), Tensor.Ones([3])), "linear: the bias is f32[3], expected [4]."),
                new("the weight", static () => Tensor.Ones([2, 3]).Linear(Tensor.Ones([3])), "linear: the weight is f32[3], expected [out, in]."),
                new("bool", static () => Tensor.Of([[true]]).Linear(Tensor.Of([[true]])), "linear: bool has no arithmetic. Convert it with To()."),
            ]),
        OpSpec.Composite("Einsum", [.. Equations.Select(static use =>
            Case.Of([.. use.Shapes.Select(Small)], t => Tensor.Einsum(use.Equation, t), a => Einstein.Sum(use.Whole ?? use.Equation, a), use.Equation))],
            misuses:
            [
                new("too few operands", static () => Tensor.Einsum("ij,jk", Tensor.Ones([2, 2])), "einsum: 'ij,jk' names 2 operands, got 1."),
                new("too few letters", static () => Tensor.Einsum("ij", Tensor.Ones([2, 2, 2])),
                    "einsum: 'ij' gives 'ij' to operand 0, which is f32[2,2,2]; expected as many letters as axes"),
                new("sizes", static () => Tensor.Einsum("ij,jk", Tensor.Ones([2, 3]), Tensor.Ones([4, 2])),
                    "einsum: axis 'j' of operand 1, f32[4,2], has size 4, but 3 before; expected equal sizes, or 1."),
                new("an unknown letter", static () => Tensor.Einsum("ij->k", Tensor.Ones([2, 2])),
                    "einsum: 'ij->k' has 'k' in its output, which no operand names."),
                new("a letter twice", static () => Tensor.Einsum("i->ii", Tensor.Ones([2])), "einsum: 'i->ii' has 'i' twice in its output."),
                new("no letter", static () => Tensor.Einsum("i1", Tensor.Ones([2, 2])),
                    "einsum: 'i1' has '1' in 'i1'; expected letters and at most one '...' in each term."),
                new("two arrows", static () => Tensor.Einsum("i->i->i", Tensor.Ones([2])), "einsum: 'i->i->i' has more than one arrow."),
                new("bool", static () => Tensor.Einsum("i->", Tensor.Of(true)), "einsum: bool has no arithmetic."),
            ]),
        OpSpec.Composite("MatMulOfVectors",
            [
                Vectors("i,i->", [3], [3]), Vectors("i,ij->j", [3], [3, 2]), Vectors("ij,j->i", [2, 3], [3]), Vectors("i,bij->bj", [3], [2, 3, 2]),
                Vectors("bij,j->bi", [2, 2, 3], [3]), Vectors("abij,j->abi", [2, 1, 2, 3], [3]),
            ]),
        OpSpec.Composite("Bmm", [Product("bij,bjk->bik", [2, 2, 3], [2, 3, 4], static (x, y) => x.Bmm(y))],
            misuses: [new("two axes", static () => Tensor.Ones([2, 2]).Bmm(Tensor.Ones([2, 2, 2])),
                "bmm: f32[2,2] · f32[2,2,2]; expected [b, m, k] and [b, k, n]. MatMul broadcasts.")]),
        OpSpec.Composite("Dot", [Product("i,i->", [4], [4], static (x, y) => x.Dot(y)), Product("i,i->", [0], [0], static (x, y) => x.Dot(y))],
            misuses: [new("sizes", static () => Tensor.Ones([2]).Dot(Tensor.Ones([3])), "dot: f32[2] · f32[3]; expected two vectors [n].")]),
        OpSpec.Composite("Outer", [Product("i,j->ij", [2], [3], static (x, y) => x.Outer(y))],
            misuses: [new("a matrix", static () => Tensor.Ones([2, 2]).Outer(Tensor.Ones([3])), "outer: f32[2,2] and f32[3]; expected two vectors.")]),
        OpSpec.Composite("Inner", [Product("i,i->", [3], [3], static (x, y) => x.Inner(y)),
            Product("ai,bci->abc", [2, 3], [2, 2, 3], static (x, y) => x.Inner(y)), Product(",i->i", [], [3], static (x, y) => x.Inner(y))]),
        OpSpec.Composite("TensorDot",
            [
                Product("ij,jk->ik", [2, 3], [3, 4], static (x, y) => x.TensorDot(y, [1], [0])),
                Product("aij,jbi->ab", [2, 3, 2], [2, 2, 3], static (x, y) => x.TensorDot(y, [1, -1], [2, 0])),
                Product("ij,k->ijk", [2, 2], [3], static (x, y) => x.TensorDot(y, [], [])),
            ],
            misuses:
            [
                new("sizes", static () => Tensor.Ones([2, 3]).TensorDot(Tensor.Ones([2, 3]), [1], [0]),
                    "tensorDot: axis 1 of f32[2,3] meets axis 0 of f32[2,3]; expected equal sizes."),
                new("numbers of axes", static () => Tensor.Ones([2]).TensorDot(Tensor.Ones([2]), [0], []),
                    "tensorDot: 1 axes of f32[2] and 0 of f32[2]; expected as many of both."),
                new("an axis twice", static () => Tensor.Ones([2]).TensorDot(Tensor.Ones([2, 2]), [0, 0], [0, 1]), "is named twice."),
            ]),
        OpSpec.Composite("Kron", [Kronecker([2], [3]), Kronecker([2, 3], [3, 2]), Kronecker([2], [2, 3]), Kronecker([2, 1, 2], [3]), Kronecker([], [2])]),
    ];

    private static Case Product(int[] x, int[] y) => Case.Of(Ops.MatMul, default, Any(x), Any(y), Multiplying.MatMul);

    private static Case Affine(int[] x, int outputs) => Case.Of(Ops.Linear, default, Any(x), Any([outputs, x[^1]]), Any([outputs]), Multiplying.Linear);

    private static Case Linear(int[] x, int outputs) =>
        Case.Of(Ops.Linear, default, Any(x), Any([outputs, x[^1]]),
            static (x, w) => Multiplying.Linear(x, w, new NArray([w.Shape[0]], new double[w.Shape[0]])));

    private static Case Vectors(string whole, int[] x, int[] y) => Product(whole, x, y, static (x, y) => x.MatMul(y));

    private static Case Product(string whole, int[] x, int[] y, Func<Tensor, Tensor, Tensor> method) =>
        Case.Of([Small(x), Small(y)], t => method(t[0], t[1]), a => Einstein.Sum(whole, a));

    private static Case Kronecker(int[] x, int[] y) => Case.Of([Small(x), Small(y)], static t => t[0].Kron(t[1]), static a =>
    {
        var rank = Math.Max(a[0].Rank, a[1].Rank);
        NArray left = Padded(a[0], rank), right = Padded(a[1], rank);
        return NArray.Build([.. left.Shape.Zip(right.Shape, static (m, n) => m * n)], at =>
            left[[.. at.Select((place, axis) => place / right.Shape[axis])]] * right[[.. at.Select((place, axis) => place % right.Shape[axis])]]);
    });

    private static NArray Padded(NArray x, int rank) => x with { Shape = [.. Enumerable.Repeat(1, rank - x.Rank), .. x.Shape] };

    private static Input Any(int[] shape) => new(shape, Domain.Plain);

    private static Input Small(int[] shape) => new(shape, new Domain(-1, 1));
}
