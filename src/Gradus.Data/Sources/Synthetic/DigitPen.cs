namespace Gradus.Data;

/// <summary>Draws lines with a round pen, and cuts out a picture of 28 × 28 pixels that is placed as the pictures of MNIST are.</summary>
/// <remarks>Uses only +, −, ×, ÷ and square roots, which all machines round alike. Not safe for several threads.</remarks>
internal sealed class DigitPen
{
    public const int Side = 28;

    public const int MaxPoints = 512;

    // MNIST's pictures have their center of mass at the middle of pixel 14, half a pixel below and right of the picture's middle.
    private const double Center = 14.5;

    private const double FarAway = 1000;

    // Wide enough for a box of 20 pixels with its center of mass at any place inside it.
    private const int Sheet = 44;

    private readonly double[] _x = new double[MaxPoints];
    private readonly double[] _y = new double[MaxPoints];
    private readonly double[] _radius = new double[MaxPoints];
    private readonly bool[] _starts = new bool[MaxPoints];
    private readonly double[] _distance = new double[Sheet * Sheet];
    private readonly double[] _sheet = new double[Sheet * Sheet];
    private int _count;

    public int Count => _count;

    public Span<double> X => _x.AsSpan(0, _count);

    public Span<double> Y => _y.AsSpan(0, _count);

    public Span<double> Radius => _radius.AsSpan(0, _count);

    public void Clear() => _count = 0;

    /// <summary>Adds a point to the line, or starts a new line at it if <paramref name="starts"/>.</summary>
    public void Add(double x, double y, bool starts)
    {
        (_x[_count], _y[_count], _starts[_count]) = (x, y, starts);
        _count++;
    }

    /// <summary>Scales and moves the lines so that their ink fills a box of <paramref name="box"/> pixels around the center plus an offset.</summary>
    /// <remarks>The radii of the pen are in pixels already. The box includes them.</remarks>
    public void Place(double box, double offsetX, double offsetY)
    {
        double left = double.MaxValue, right = double.MinValue, top = double.MaxValue, bottom = double.MinValue, widest = 0;
        for (var i = 0; i < _count; i++)
        {
            left = Math.Min(left, _x[i]);
            right = Math.Max(right, _x[i]);
            top = Math.Min(top, _y[i]);
            bottom = Math.Max(bottom, _y[i]);
            widest = Math.Max(widest, _radius[i]);
        }

        var scale = (box - 2 * widest) / Math.Max(Math.Max(right - left, bottom - top), 1e-9);
        for (var i = 0; i < _count; i++)
        {
            _x[i] = (_x[i] - 0.5 * (left + right)) * scale + Sheet / 2.0 + offsetX;
            _y[i] = (_y[i] - 0.5 * (top + bottom)) * scale + Sheet / 2.0 + offsetY;
        }
    }

    /// <summary>
    /// Draws the lines, with edges that fade over <paramref name="softness"/> pixels, and cuts out the picture around the center of mass.
    /// </summary>
    /// <param name="softness">The width of the edge in pixels.</param>
    /// <param name="ink">The picture: 784 numbers from 0 (paper) to 1 (ink).</param>
    public void Draw(double softness, Span<double> ink)
    {
        Array.Fill(_distance, FarAway);
        for (var i = 1; i < _count; i++)
        {
            if (!_starts[i]) Reach(i - 1, i, softness);
        }

        double mass = 0, massX = 0, massY = 0;
        for (var pixel = 0; pixel < _sheet.Length; pixel++)
        {
            var coverage = Math.Clamp(0.5 - _distance[pixel] / softness, 0, 1);
            var black = coverage * coverage * (3 - 2 * coverage);
            _sheet[pixel] = black;
            mass += black;
            massX += black * (pixel % Sheet + 0.5);
            massY += black * (pixel / Sheet + 0.5);
        }

        var left = FirstPixel(massX / mass);
        var top = FirstPixel(massY / mass);
        for (var row = 0; row < Side; row++) _sheet.AsSpan((top + row) * Sheet + left, Side).CopyTo(ink[(row * Side)..]);
    }

    // By whole pixels, so the center of mass comes to lie within half a pixel of where it should be.
    private static int FirstPixel(double centerOfMass) => Math.Clamp((int)(centerOfMass - Center + 0.5), 0, Sheet - Side);

    // Lowers each near pixel's signed distance to the ink's edge to that of one segment, whose radius changes along the way.
    private void Reach(int from, int to, double softness)
    {
        double x0 = _x[from], y0 = _y[from], dx = _x[to] - x0, dy = _y[to] - y0;
        double r0 = _radius[from], dr = _radius[to] - r0;
        var reach = Math.Max(r0, r0 + dr) + softness;
        var perLength = 1 / Math.Max(dx * dx + dy * dy, 1e-12);
        // Pixel i covers i to i + 1, its center is at i + 0.5.
        var firstX = Math.Clamp((int)(Math.Min(x0, _x[to]) - reach), 0, Sheet);
        var lastX = Math.Clamp((int)(Math.Max(x0, _x[to]) + reach) + 1, 0, Sheet);
        var firstY = Math.Clamp((int)(Math.Min(y0, _y[to]) - reach), 0, Sheet);
        var lastY = Math.Clamp((int)(Math.Max(y0, _y[to]) + reach) + 1, 0, Sheet);
        for (var row = firstY; row < lastY; row++)
        {
            var py = row + 0.5 - y0;
            for (var column = firstX; column < lastX; column++)
            {
                var px = column + 0.5 - x0;
                var along = Math.Clamp((px * dx + py * dy) * perLength, 0, 1);
                double ex = px - along * dx, ey = py - along * dy;
                var distance = Math.Sqrt(ex * ex + ey * ey) - (r0 + along * dr);
                ref var nearest = ref _distance[row * Sheet + column];
                if (distance < nearest) nearest = distance;
            }
        }
    }
}
