namespace Gradus.Formats;

/// <summary>What a file of tensors says of itself, without its numbers.</summary>
/// <param name="Tensors">The tensors in the order of the file.</param>
/// <param name="Values">What stands beside them, as in <see cref="TensorFileContents"/>.</param>
/// <param name="LeftOut">What is in the file and cannot be read.</param>
public sealed record TensorFileSummary(
    IReadOnlyList<TensorSummary> Tensors, IReadOnlyDictionary<string, object?> Values, IReadOnlyList<LeftOutValue> LeftOut);
