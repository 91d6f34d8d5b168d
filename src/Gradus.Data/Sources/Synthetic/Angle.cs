namespace Gradus.Data;

/// <summary>Sine and cosine with the same bits on every machine: the platform's own differ in the last place from one C library to the next.</summary>
internal static class Angle
{
    private const double TwoPi = 6.283185307179586476925;

    /// <summary>Sine and cosine of an angle in turns, to about 1e-15.</summary>
    public static (double Sin, double Cos) SinCos(double turns)
    {
        // Within an eighth of a turn around the nearest quarter, the Taylor polynomials' next terms are below 1e-16.
        var quarter = Math.Floor(turns * 4 + 0.5);
        var x = (turns - quarter * 0.25) * TwoPi;
        var z = x * x;
        var sin = x * (1 - z / 6 * (1 - z / 20 * (1 - z / 42 * (1 - z / 72 * (1 - z / 110 * (1 - z / 156 * (1 - z / 210)))))));
        var cos = 1 - z / 2 * (1 - z / 12 * (1 - z / 30 * (1 - z / 56 * (1 - z / 90 * (1 - z / 132 * (1 - z / 182 * (1 - z / 240)))))));
        return ((long)quarter & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }
}
