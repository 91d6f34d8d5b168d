namespace Gradus.Training;

/// <summary>The sum of the numbers of some shards.</summary>
/// <param name="Node">Which shards.</param>
/// <param name="Values">Their sum, element by element.</param>
public readonly record struct ShardSum(ShardNode Node, Memory<float> Values);
