namespace Gradus.Nn;

/// <summary>A place along a direction: how far it is, the loss there, its gradient and its slope along the direction.</summary>
internal readonly record struct LinePoint(double Length, double Value, Tensor Gradient, double Slope);

/// <summary>
/// Searches a line for a length at which the strong Wolfe conditions hold: the loss falls by 10⁻⁴ of what the slope promises, and the slope by a tenth.
/// </summary>
/// <remarks>
/// Nocedal and Wright, "Numerical optimization", 2nd edition, 2006, algorithms 3.5 and 3.6, with cubic interpolation; the constants are PyTorch's.
/// </remarks>
internal sealed class StrongWolfe(Func<double, (double Value, Tensor Gradient)> evaluate, double tolerance, int limit)
{
    private const double Decrease = 1e-4, Curvature = 0.9;
    private Tensor _direction = null!;
    private LinePoint _start;
    private int _evaluations;

    /// <summary>Searches from a start, whose length is that of the first try.</summary>
    public (double Length, double Value, Tensor Gradient, int Evaluations) Run(Tensor direction, LinePoint start)
    {
        _direction = direction;
        _start = start with { Length = 0 };
        var found = Bracket(start.Length) is var (low, high) && high is { } other ? Zoom(low, other) : low;
        return (found.Length, found.Value, found.Gradient, _evaluations);
    }

    private bool FallsTooLittle(LinePoint point) => point.Value > _start.Value + (Decrease * point.Length * _start.Slope);

    private bool IsFlat(LinePoint point) => Math.Abs(point.Slope) <= -Curvature * _start.Slope;

    /// <summary>Goes on until two places have what is sought between them, or until it is found: then the second is null.</summary>
    private (LinePoint Low, LinePoint? High) Bracket(double length)
    {
        var last = _start;
        var point = At(length);
        for (var round = 0; ; round++)
        {
            if (FallsTooLittle(point) || (round > 0 && point.Value >= last.Value)) return (last, point);
            if (IsFlat(point)) return (point, null);
            if (point.Slope >= 0) return (last, point);
            if (round == limit - 1) return (_start, point);
            var next = Cubic(last, point, point.Length + (0.01 * (point.Length - last.Length)), point.Length * 10);
            (last, point) = (point, At(next));
        }
    }

    private LinePoint Zoom(LinePoint one, LinePoint other)
    {
        var (low, high) = one.Value <= other.Value ? (one, other) : (other, one);
        var stalled = false;
        var reach = _direction.Abs().AMax().Item();
        while (_evaluations < limit && Math.Abs(high.Length - low.Length) * reach >= tolerance)
        {
            double least = Math.Min(low.Length, high.Length), most = Math.Max(low.Length, high.Length);
            var length = Cubic(low, high, least, most);
            // Twice near one end: a tenth of the way in from it.
            var margin = 0.1 * (most - least);
            var isNearEnd = Math.Min(most - length, length - least) < margin;
            if (isNearEnd && (stalled || length >= most || length <= least))
            {
                length = Math.Abs(length - most) < Math.Abs(length - least) ? most - margin : least + margin;
                isNearEnd = false;
            }

            stalled = isNearEnd;
            var point = At(length);
            if (FallsTooLittle(point) || point.Value >= low.Value)
            {
                (low, high) = point.Value < low.Value ? (point, low) : (low, point);
                continue;
            }

            if (IsFlat(point)) return point;
            if (point.Slope * (high.Length - low.Length) >= 0) high = low;
            low = point;
        }

        return low;
    }

    /// <summary>The minimum, within bounds, of the cubic through two places with their slopes; the middle of the bounds if it has none.</summary>
    private static double Cubic(LinePoint x, LinePoint y, double least, double most)
    {
        if (x.Length > y.Length) (x, y) = (y, x);
        var d1 = x.Slope + y.Slope - (3 * (x.Value - y.Value) / (x.Length - y.Length));
        var square = (d1 * d1) - (x.Slope * y.Slope);
        if (!(square >= 0)) return (least + most) / 2;
        var d2 = Math.Sqrt(square);
        var length = y.Length - ((y.Length - x.Length) * ((y.Slope + d2 - d1) / (y.Slope - x.Slope + (2 * d2))));
        return Math.Min(Math.Max(length, least), most);
    }

    private LinePoint At(double length)
    {
        _evaluations++;
        var (value, gradient) = evaluate(length);
        return new LinePoint(length, value, gradient, (gradient * _direction).Sum().Item());
    }
}
