namespace Gradus.Testing.Naive;

/// <summary>Products as sums of products.</summary>
internal static class Multiplying
{
    public static NArray MatMul(NArray x, NArray y)
    {
        var batch = NArray.BroadcastShape(x.Shape[..^2], y.Shape[..^2])!;
        return NArray.Build([.. batch, x.Shape[^2], y.Shape[^1]], position =>
        {
            var sum = 0.0;
            for (var k = 0; k < x.Shape[^1]; k++)
            {
                sum += x[[.. Batch(x, position), position[^2], k]] * y[[.. Batch(y, position), k, position[^1]]];
            }

            return sum;
        });
    }

    public static NArray Linear(NArray x, NArray weight, NArray bias) => NArray.Build([.. x.Shape[..^1], weight.Shape[0]], position =>
    {
        var sum = bias[position[^1]];
        for (var k = 0; k < x.Shape[^1]; k++) sum += x[[.. position[..^1], k]] * weight[position[^1], k];
        return sum;
    });

    /// <summary>The position within the leading axes of an operand that broadcasts over them.</summary>
    private static IEnumerable<int> Batch(NArray operand, int[] position)
    {
        var lead = position.Length - operand.Rank;
        for (var axis = 0; axis < operand.Rank - 2; axis++) yield return operand.Shape[axis] == 1 ? 0 : position[lead + axis];
    }
}
