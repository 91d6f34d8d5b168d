namespace Gradus.Nn;

/// <summary>An activation function in a module, while it is being watched.</summary>
internal sealed class ActivationRecord(Op op)
{
    // Fewer values of a unit than these say nothing about it: half of all live units give 0 for a sample.
    private const int FewestObservations = 32;

    private readonly List<double?> _gradients = [];
    private bool[]? _alive;
    private int _evaluations, _units;
    private long _values, _zeros, _rows, _saturated;

    /// <summary>When it was last evaluated, by the recorder's clock.</summary>
    public long LastSeen { get; private set; }

    /// <summary>Whether a parameter is read after it, so that it is not what the network gives.</summary>
    public bool IsHidden { get; set; }

    /// <summary>Whether enough values were seen of each unit to call it dead.</summary>
    public bool IsWellObserved => _alive is { Length: > 0 } && _values / _alive.Length >= FewestObservations;

    /// <summary>The gradients that arrived, in the order of the evaluations.</summary>
    public IReadOnlyList<double> Gradients => [.. _gradients.OfType<double>()];

    public static bool IsWatched(Op op) => op.Saturation is not null || Rectifies(op);

    public void See(Tensor output, long clock, List<IDisposable> hooks)
    {
        LastSeen = clock;
        _evaluations++;
        var axis = UnitAxis(output);
        _units = axis < 0 ? 1 : output.Shape[axis];
        _values += output.Count;
        _zeros += Measure.Count(output, static y => y.Equal(0));
        if (Rectifies(op))
        {
            var alive = Measure.AnyPositive(output, axis);
            _alive = _alive?.Length == alive.Length ? [.. _alive.Zip(alive, static (before, now) => before || now)] : alive;
        }
        else
        {
            CountSaturated(output);
        }

        if (output.Node is null) return;
        var index = _gradients.Count;
        _gradients.Add(null);
        hooks.Add(output.RegisterHook(gradient =>
        {
            _gradients[index] = Measure.Norm(gradient);
            return null;
        }));
    }

    public ActivationFlow ToFlow()
    {
        var arrived = Gradients;
        return new(
            op.Name, _evaluations, _units, _values == 0 ? 0 : (double)_zeros / _values, _alive?.Count(static alive => !alive),
            Rectifies(op) ? null : _rows == 0 ? 0 : (double)_saturated / _rows,
            arrived.Count > 0 ? arrived[0] : null, arrived.Count > 0 ? arrived[^1] : null);
    }

    /// <summary>The axis of a layer's units: the channels of pictures and of what a convolution gave, else the last.</summary>
    private static int UnitAxis(Tensor output)
    {
        if (output.Rank < 3) return output.Rank - 1;
        if (output.Rank > 3) return 1;
        // [samples, channels, time] or [samples, time, features]: what was computed from a convolution or its norm is the first.
        var node = output.Node;
        for (var depth = 0; node is not null && depth < 8; depth++)
        {
            if (node.Op?.UnitAxis is { } axis) return axis < 0 ? 2 : axis;
            node = node.Inputs.Count > 0 ? node.Inputs[0].Source : null;
        }

        return 2;
    }

    private static bool Rectifies(Op op) => op.Role.HasFlag(OpRole.Rectifying);

    private void CountSaturated(Tensor output)
    {
        var (slope, least) = op.Saturation!;
        _saturated += Measure.Count(output, y =>
        {
            // A function of rows has one slope for each.
            var slopes = slope(y);
            _rows += slopes.Count;
            return slopes < least;
        });
    }
}
