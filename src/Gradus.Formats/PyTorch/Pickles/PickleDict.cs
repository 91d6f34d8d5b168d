namespace Gradus.Formats;

/// <summary>A dictionary of a pickle, in its order.</summary>
internal sealed class PickleDict
{
    public OrderedDictionary<object, object> Items { get; } = new(PickleKeys.Comparer);
}
