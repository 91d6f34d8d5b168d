namespace Gradus.Formats;

/// <summary>A set of a pickle, its elements in their order, and twice where the pickle has them twice.</summary>
internal sealed class PickleSet
{
    public List<object> Items { get; } = [];
}
