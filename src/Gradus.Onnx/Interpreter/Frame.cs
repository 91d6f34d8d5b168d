namespace Gradus.Onnx;

/// <summary>The values of a graph that runs, and those of the graph around it.</summary>
internal sealed class Frame(int slots, Frame? outer)
{
    private readonly Tensor?[] _values = new Tensor?[slots];

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

    private Frame? Outer => outer;
}
