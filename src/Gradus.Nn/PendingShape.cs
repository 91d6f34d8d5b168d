using System.Globalization;

namespace Gradus.Nn;

/// <summary>A shape one of whose sizes may be learnt later, from the first input or from a state that is loaded: −1 stands for it.</summary>
internal sealed class PendingShape
{
    private readonly int[] _sizes;

    private PendingShape(int[] sizes) => _sizes = sizes;

    /// <summary>The number of axes.</summary>
    public int Rank => _sizes.Length;

    // In an object of its own, so that another thread sees it whole or not at all.
    private volatile System.Runtime.CompilerServices.StrongBox<Shape>? _known;

    /// <summary>The shape, once all its sizes are known.</summary>
    public Shape? Known
    {
        get => _known?.Value;
        private set => _known = value is { } shape ? new(shape) : null;
    }

    /// <summary>A shape of these sizes, at most one of which may be −1.</summary>
    public static PendingShape Of(params ReadOnlySpan<int> sizes) => new([.. sizes]) { Known = sizes.Contains(-1) ? null : Shape.Create(sizes) };

    /// <summary>Sets the size that was not known; without effect where all are.</summary>
    public void Settle(int size)
    {
        if (Known is not null) return;
        lock (_sizes)
        {
            if (Known is not null) return;
            for (var axis = 0; axis < _sizes.Length; axis++)
            {
                if (_sizes[axis] < 0) _sizes[axis] = size;
            }

            Known = Shape.Create(_sizes);
        }
    }

    /// <summary>Takes the unknown size from a shape that fits.</summary>
    public void Settle(Shape shape)
    {
        if (Known is not null) return;
        var unknown = Array.IndexOf(_sizes, -1);
        if (unknown >= 0) Settle(shape[unknown]);
    }

    /// <summary>The shape that has this one's size along an axis and 1 along the others.</summary>
    /// <exception cref="GradusException">That size is not known.</exception>
    public PendingShape Only(int axis)
    {
        if (_sizes[axis] < 0)
        {
            throw new GradusException($"{this}: the size of axis {axis} is not known before the network's first input. Give it to the layer.");
        }

        var sizes = new int[_sizes.Length];
        Array.Fill(sizes, 1);
        sizes[axis] = _sizes[axis];
        return Of(sizes);
    }

    /// <summary>Whether a shape agrees with all sizes that are known.</summary>
    public bool Fits(Shape shape)
    {
        if (shape.Rank != _sizes.Length) return false;
        for (var axis = 0; axis < _sizes.Length; axis++)
        {
            if (_sizes[axis] >= 0 && _sizes[axis] != shape[axis]) return false;
        }

        return true;
    }

    /// <summary>A size as it is printed: "?" where it is not known.</summary>
    public string At(int axis, int factor = 1) => _sizes[axis] < 0 ? "?" : (_sizes[axis] * factor).ToString(CultureInfo.InvariantCulture);

    public override string ToString() => $"[{string.Join(',', Enumerable.Range(0, _sizes.Length).Select(axis => At(axis)))}]";
}
