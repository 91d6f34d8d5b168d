namespace Gradus.Data;

/// <summary>An affine map of the plane, about the center of a picture, as the place in the picture for each pixel of the result.</summary>
internal readonly struct PictureMap
{
    private readonly double _xx;
    private readonly double _xy;
    private readonly double _yx;
    private readonly double _yy;
    private readonly double _right;
    private readonly double _down;

    /// <summary>Turns clockwise by an angle in degrees what was sheared, then scaled; then moves it.</summary>
    public PictureMap(double degrees, double scale, double shearX, double shearY, double right, double down)
    {
        var (sin, cos) = Angle.SinCos(degrees / 360);
        var (tanX, tanY) = (Tan(shearX), Tan(shearY));
        var (xx, xy) = (scale * (cos - (sin * tanY)), scale * ((cos * tanX) - sin));
        var (yx, yy) = (scale * (sin + (cos * tanY)), scale * ((sin * tanX) + cos));
        var determinant = (xx * yy) - (xy * yx);
        (_xx, _xy, _yx, _yy) = (yy / determinant, -xy / determinant, -yx / determinant, xx / determinant);
        (_right, _down) = (right, down);
    }

    /// <summary>Draws the picture through the map, each pixel from the four around its place; outside, all is of one value.</summary>
    public void Draw(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, float fill)
    {
        var (middleX, middleY) = ((shape.Width - 1) / 2.0, (shape.Height - 1) / 2.0);
        for (var row = 0; row < shape.Height; row++)
        {
            var dy = row - middleY - _down;
            for (var column = 0; column < shape.Width; column++)
            {
                var dx = column - middleX - _right;
                var x = (_xx * dx) + (_xy * dy) + middleX;
                var y = (_yx * dx) + (_yy * dy) + middleY;
                var target = (row * shape.Width) + column;
                if (x > -1 && y > -1 && x < shape.Width && y < shape.Height) Blend(picture, result, shape, x, y, target, fill);
                else for (var channel = 0; channel < shape.Channels; channel++) result[(channel * shape.Pixels) + target] = fill;
            }
        }
    }

    private static void Blend(ReadOnlySpan<float> picture, Span<float> result, PictureShape shape, double x, double y, int target, float fill)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (right, bottom) = ((float)(x - left), (float)(y - top));
        var (hasLeft, hasRight) = (left >= 0, left + 1 < shape.Width);
        var (hasTop, hasBottom) = (top >= 0, top + 1 < shape.Height);
        var place = (top * shape.Width) + left;
        for (var channel = 0; channel < shape.Channels; channel++, place += shape.Pixels, target += shape.Pixels)
        {
            var topLeft = hasTop && hasLeft ? picture[place] : fill;
            var topRight = hasTop && hasRight ? picture[place + 1] : fill;
            var bottomLeft = hasBottom && hasLeft ? picture[place + shape.Width] : fill;
            var bottomRight = hasBottom && hasRight ? picture[place + shape.Width + 1] : fill;
            var upper = topLeft + ((topRight - topLeft) * right);
            var lower = bottomLeft + ((bottomRight - bottomLeft) * right);
            result[target] = upper + ((lower - upper) * bottom);
        }
    }

    private static double Tan(double degrees)
    {
        var (sin, cos) = Angle.SinCos(degrees / 360);
        return sin / cos;
    }
}
