namespace Gradus.Graphs;

/// <summary>A point of a drawing, in pixels from the upper left corner.</summary>
internal readonly record struct Point(double X, double Y)
{
    /// <summary>The point on the other side of the diagonal.</summary>
    public Point Turned() => new(Y, X);
}

/// <summary>A rectangle of a drawing.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double CenterX => Left + (Width / 2);

    public double CenterY => Top + (Height / 2);

    /// <summary>The box on the other side of the diagonal.</summary>
    public Box Turned() => new(Top, Left, Height, Width);

    public Box Moved(double x, double y) => new(Left + x, Top + y, Width, Height);

    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public bool Contains(Point point) => point.X > Left && point.X < Right && point.Y > Top && point.Y < Bottom;
}
