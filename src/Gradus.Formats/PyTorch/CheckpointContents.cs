namespace Gradus.Formats;

/// <summary>What a checkpoint holds, before the numbers of its tensors are read.</summary>
/// <param name="Tensors">The tensors by name, in the order of the file.</param>
/// <param name="Values">The numbers and texts beside them.</param>
/// <param name="LeftOut">What was left out.</param>
internal sealed record CheckpointContents(
    OrderedDictionary<string, TorchTensor> Tensors, OrderedDictionary<string, object?> Values, List<LeftOutValue> LeftOut);
