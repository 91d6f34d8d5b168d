namespace Gradus.Onnx;

/// <summary>The values of a graph that runs, and those of the graph around it.</summary>
internal sealed class Frame(OnnxGraph graph, Frame? outer)
{
    private readonly Tensor?[] _values = new Tensor?[graph.Slots];

    public Tensor? this[Place place]
    {
        get
        {
            var frame = this;
            for (var level = place.Level; level > 0; level--) frame = frame.Outer!;
            return frame._values[place.Slot];
        }
    }

    public void Set(int slot, Tensor? value) => _values[slot] = value;

    /// <summary>The constant at a place that is no parameter; null where there is none.</summary>
    public Initializer? BufferAt(Place place)
    {
        var frame = this;
        for (var level = place.Level; level > 0; level--) frame = frame.Outer!;
        return frame.Graph.Initializers.Find(entry => entry.Slot == place.Slot).Value is { Buffer: not null } value ? value : null;
    }

    private OnnxGraph Graph => graph;

    private Frame? Outer => outer;
}
