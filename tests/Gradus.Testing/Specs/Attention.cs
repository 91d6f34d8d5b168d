using Gradus.Testing.Naive;

namespace Gradus.Testing.Specs;

/// <summary>What Ops.Attention must do.</summary>
internal static class Attention
{
    public static IEnumerable<OpSpec> All =>
    [
        OpSpec.General(Ops.Attention,
            [
                Of([2, 3, 2], [2, 4, 2], 3), Of([3, 2], [2, 2], 1), Of([2, 1, 2, 3], [2, 1, 3, 3], 2, mask: [2, 3]),
                Of([2, 2, 2, 2], [2, 2, 2, 2], 2, mask: [2, 1, 1, 2]),
                Of([1, 4, 2], [1, 4, 2], 2, isCausal: true), Of([1, 2, 2], [1, 4, 2], 1, isCausal: true, mask: [2, 4]), Of([0, 3, 2], [0, 4, 2], 3),
            ],
            OpSpec.AllTypes, Promotion.Real, Loose,
            large: [Of([3, 150, 9], [3, 333, 9], 17, mask: [150, 333]), Of([3, 150, 9], [3, 333, 9], 17, isCausal: true)],
            misuses:
            [
                new("the key's width", static () => Tensor.Ones([2, 3, 4]).Attention(Tensor.Ones([2, 5, 3]), Tensor.Ones([2, 5, 3])),
                    "attention: the query is f32[2,3,4], the key f32[2,5,3]: expected [2,5,4]."),
                new("the values' number", static () => Tensor.Ones([3, 4]).Attention(Tensor.Ones([5, 4]), Tensor.Ones([6, 4])),
                    "attention: the key is f32[5,4], the value f32[6,4]: expected [5,4]."),
                new("a vector", static () => Tensor.Ones([3]).Attention(Tensor.Ones([3]), Tensor.Ones([3])),
                    "attention: the query is f32[3], expected [..., queries, width]."),
                new("the mask", static () => Tensor.Ones([3, 4]).Attention(Tensor.Ones([5, 4]), Tensor.Ones([5, 4]), Tensor.Ones([3, 3])),
                    "attention: [3,3] and [3,5] do not broadcast"),
                new("the scale", static () => Tensor.Ones([3, 4]).Attention(Tensor.Ones([5, 4]), Tensor.Ones([5, 4]), scale: 0),
                    "attention: the scale is 0; it must be above 0."),
            ]),
        OpSpec.General(Ops.SelfAttention,
            [
                Self([2, 3, 6], 1), Self([1, 4, 12], 2), Self([2, 3, 12], 2, isCausal: true), Self([2, 3, 12], 2, mask: [3, 3]),
                Self([2, 2, 6], 2, mask: [2, 1, 2, 2]),
            ], OpSpec.AllTypes, Promotion.Real, Loose,
            large: [Self([2, 300, 30], 2, isCausal: true), Self([3, 70, 60], 4)],
            misuses: [new("heads that do not divide", static () => Tensor.Ones([2, 3, 9]).SelfAttention(2),
                "selfAttention: the input is f32[2,3,9], expected [batch, time, 3·width] with a width that 2 heads divide.")]),
    ];

    private static Case Of(int[] query, int[] key, int valueWidth, int[]? mask = null, bool isCausal = false) =>
        Case.Of(Ops.Attention, new AttentionArgs(1, isCausal, null),
            [Any(query), Any(key), Any([.. key[..^1], valueWidth]), .. mask is null ? [] : new[] { Any(mask) }],
            a => [Attending.Attention(a[0], a[1], a[2], a.Length > 3 ? a[3] : null, isCausal)]);

    private static Case Self(int[] shape, int heads, int[]? mask = null, bool isCausal = false) =>
        Case.Of(Ops.SelfAttention, new AttentionArgs(heads, isCausal, null),
            [Any(shape), .. mask is null ? [] : new[] { Any(mask) }], a => [Attending.SelfAttention(a[0], a.Length > 1 ? a[1] : null, heads, isCausal)]);

    private static Input Any(int[] shape) => new(shape, Domain.Plain);

    private static Tolerance Loose(DType dtype) => dtype == DType.Float32 ? new(5e-6, 5e-6) : new(1e-13, 1e-13);
}
