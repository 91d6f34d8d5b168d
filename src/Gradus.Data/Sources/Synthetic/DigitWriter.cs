namespace Gradus.Data;

/// <summary>Draws single digits: it picks a style at random, perturbs its points, warps and slants the whole, and inks it.</summary>
/// <remarks>A picture depends only on seed, stream and index. Not safe for several threads.</remarks>
internal sealed class DigitWriter
{
    internal const int StepsPerPiece = 6;
    internal const int MaxStrokePoints = 32;

    private static readonly DigitShape[][] ByDigit =
        [.. Enumerable.Range(0, 10).Select(digit => DigitShapes.All.Where(shape => shape.Digit == digit).ToArray())];

    private readonly DigitPen _pen = new();
    private readonly double[] _ink = new double[DigitPen.Side * DigitPen.Side];
    private readonly double[] _strokeX = new double[MaxStrokePoints];
    private readonly double[] _strokeY = new double[MaxStrokePoints];

    /// <summary>Draws one digit into 784 pixels, 0 for paper and 255 for ink.</summary>
    public void Write(int digit, ulong seed, string stream, int index, Span<byte> picture)
    {
        var random = new CounterRandom(seed, stream, (ulong)index);
        _pen.Clear();
        Trace(Choose(ByDigit[digit], ref random), ref random);
        Warp(ref random);
        Ink(ref random);
        _pen.Place(box: random.Between(19.3, 20.7), offsetX: random.Between(-0.5, 0.5), offsetY: random.Between(-0.5, 0.5));
        _pen.Draw(softness: random.Between(0.8, 1.5), _ink);
        Print(ref random, picture);
    }

    private static DigitShape Choose(DigitShape[] shapes, ref CounterRandom random)
    {
        var total = 0;
        foreach (var shape in shapes) total += shape.Weight;
        var ticket = random.Below(total);
        foreach (var shape in shapes)
        {
            ticket -= shape.Weight;
            if (ticket < 0) return shape;
        }

        return shapes[^1];
    }

    // Bell-shaped without the tails: a digit that is slanted or warped out of recognition teaches nothing.
    private static double Sway(ref CounterRandom random) => Math.Clamp(random.NextBell(), -2, 2);

    private void Trace(DigitShape shape, ref CounterRandom random)
    {
        var shake = random.Between(0.8, 3.6);
        foreach (var stroke in shape.Strokes)
        {
            var count = stroke.Length / 2;
            // A stroke as a whole is a little off too: the hat of a 5, the bar of a 7.
            double moveX = 1.5 * Sway(ref random), moveY = 1.5 * Sway(ref random);
            double driftX = Sway(ref random), driftY = Sway(ref random);
            for (var i = 0; i < count; i++)
            {
                double x = stroke[2 * i], y = stroke[2 * i + 1];
                if (i > 0 && IsCorner(stroke, i - 1))
                {
                    (_strokeX[i], _strokeY[i]) = (_strokeX[i - 1], _strokeY[i - 1]);
                    continue;
                }

                // The hand drifts: neighboring points go astray together.
                driftX = 0.6 * driftX + 0.8 * Sway(ref random);
                driftY = 0.6 * driftY + 0.8 * Sway(ref random);
                _strokeX[i] = (x + moveX + shake * driftX) / 50 - 1;
                _strokeY[i] = (y + moveY + shake * driftY) / 50 - 1;
            }

            var start = 0;
            for (var i = 1; i < count; i++)
            {
                if (i < count - 1 && !IsCorner(stroke, i)) continue;
                Curve(start, i, starts: start == 0);
                start = i + 1;
            }
        }
    }

    private static bool IsCorner(int[] stroke, int point) =>
        2 * point + 3 < stroke.Length && stroke[2 * point] == stroke[2 * point + 2] && stroke[2 * point + 1] == stroke[2 * point + 3];

    // A Catmull-Rom spline: through every point, with the slope that its two neighbors give.
    private void Curve(int first, int last, bool starts)
    {
        if (starts) _pen.Add(_strokeX[first], _strokeY[first], starts: true);
        for (var i = first; i < last; i++)
        {
            int before = Math.Max(first, i - 1), after = Math.Min(last, i + 2);
            for (var step = 1; step <= StepsPerPiece; step++)
            {
                var t = step / (double)StepsPerPiece;
                _pen.Add(
                    Spline(_strokeX[before], _strokeX[i], _strokeX[i + 1], _strokeX[after], t),
                    Spline(_strokeY[before], _strokeY[i], _strokeY[i + 1], _strokeY[after], t),
                    starts: false);
            }
        }
    }

    private static double Spline(double before, double from, double to, double after, double t)
    {
        double slopeFrom = 0.5 * (to - before), slopeTo = 0.5 * (after - from), rise = to - from;
        return from + t * (slopeFrom + t * (3 * rise - 2 * slopeFrom - slopeTo + t * (slopeFrom + slopeTo - 2 * rise)));
    }

    // A smooth polynomial wobble of the plane, then width, slant and rotation.
    private void Warp(ref CounterRandom random)
    {
        Span<double> bend = stackalloc double[8];
        for (var i = 0; i < bend.Length; i++) bend[i] = Sway(ref random);
        var width = 1 + 0.17 * Sway(ref random);
        var slant = 0.1 + 0.24 * Sway(ref random);
        var turn = 0.09 * Sway(ref random);
        var length = Math.Sqrt(1 + turn * turn);
        double cos = 1 / length, sin = turn / length;
        for (var i = 0; i < _pen.Count; i++)
        {
            double u = _pen.X[i], v = _pen.Y[i];
            var x = u + 0.065 * (bend[0] * (v * v) + bend[1] * (u * v) + bend[2] * (v * v * v - v) + bend[3] * (u * u));
            var y = v + 0.065 * (bend[4] * (u * u) + bend[5] * (u * v) + 2 * bend[6] * (v * v) + bend[7] * (u * u * u - u));
            x = width * x - slant * y;
            _pen.X[i] = cos * x - sin * y;
            _pen.Y[i] = sin * x + cos * y;
        }
    }

    // The pen's radius in pixels, a little thicker or thinner along the way.
    private void Ink(ref CounterRandom random)
    {
        var radius = Math.Clamp(1.27 + 0.42 * Sway(ref random), 0.6, 2.6);
        double tilt = 0.12 * Sway(ref random), swell = 0.1 * Sway(ref random);
        for (var i = 0; i < _pen.Count; i++)
        {
            var t = 2.0 * i / _pen.Count - 1;
            _pen.Radius[i] = Math.Max(0.45, radius * (1 + tilt * t + swell * (1 - 2 * t * t)));
        }
    }

    private void Print(ref CounterRandom random, Span<byte> picture)
    {
        var strength = random.Between(0.97, 1.1);
        var grain = random.Between(0, 0.05);
        for (var pixel = 0; pixel < picture.Length; pixel++)
        {
            var ink = _ink[pixel];
            if (ink > 0) ink = ink * strength - grain * random.NextDouble() * ink;
            picture[pixel] = (byte)(Math.Clamp(ink, 0, 1) * 255 + 0.5);
        }
    }
}
