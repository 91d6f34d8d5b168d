namespace Gradus.Data;

/// <summary>The places of categories or classes by their names. A later source may write capitals where the training rows did not.</summary>
internal sealed class CategoryPlaces
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byAnyCase = new(StringComparer.OrdinalIgnoreCase);

    public CategoryPlaces(IReadOnlyList<string> names)
    {
        for (var place = 0; place < names.Count; place++)
        {
            _places[names[place]] = place;
            // Names that differ in case alone stay apart.
            if (!_byAnyCase.TryAdd(names[place], place)) _byAnyCase[names[place]] = -1;
        }
    }

    /// <summary>The place of a name; −1 where there is none.</summary>
    public int Of(string name) => _places.TryGetValue(name, out var place) ? place : _byAnyCase.GetValueOrDefault(name, -1);
}
