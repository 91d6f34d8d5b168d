namespace Gradus.Onnx;

/// <summary>The names that nodes of a graph may read: its own, and those of the graphs around it.</summary>
internal sealed class Symbols(Symbols? outer)
{
    private readonly Dictionary<string, (int Slot, Initializer? Value)> _own = [];

    /// <summary>How many values the graph has.</summary>
    public int Count { get; private set; }

    /// <summary>Gives a value of the graph a slot; −1 where it has that name already.</summary>
    public int Add(string name, Initializer? value = null) => _own.TryAdd(name, (Count, value)) ? Count++ : -1;

    /// <summary>A constant becomes the value of an input of its name.</summary>
    public int Fill(string input, Initializer value)
    {
        var slot = _own[input].Slot;
        _own[input] = (slot, value);
        return slot;
    }

    public bool IsOwn(string name) => _own.ContainsKey(name);

    /// <summary>Where a value is; null where no graph has it.</summary>
    public Place? Find(string name, out Initializer? value)
    {
        var level = 0;
        for (var symbols = this; symbols is not null; symbols = symbols.Outer, level++)
        {
            if (!symbols._own.TryGetValue(name, out var found)) continue;
            value = found.Value;
            return new Place(level, found.Slot);
        }

        value = null;
        return null;
    }

    private Symbols? Outer => outer;
}
