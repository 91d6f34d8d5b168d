namespace Gradus.Formats;

/// <summary>What a file of tensors holds.</summary>
/// <param name="Tensors">The tensors by name, in the order of the file.</param>
/// <param name="Values">
/// What stands beside them: bool, long, double, string, byte[], null for None, <see cref="System.Numerics.BigInteger"/> where a long is too small, and lists of
/// these.
/// </param>
/// <param name="LeftOut">What is in the file and cannot be read.</param>
public sealed record TensorFileContents(
    IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, object?> Values, IReadOnlyList<LeftOutValue> LeftOut)
{
    private const int Listed = 8;

    /// <summary>What was left out, as a sentence; null where nothing was.</summary>
    public string? DescribeLeftOut() => LeftOutValue.Describe(LeftOut, Listed);
}
