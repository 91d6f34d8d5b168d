namespace Gradus.Onnx;

/// <summary>How the places of an axis come from those of the input's.</summary>
/// <param name="InputSize">The places of the input.</param>
/// <param name="Size">The places of the result.</param>
/// <param name="Scale">How much larger the result is, perhaps not exactly.</param>
internal sealed record ResizedAxis(int InputSize, int Size, double Scale)
{
    /// <summary><c>nearest</c>, <c>linear</c> or <c>cubic</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>How a place of the result becomes one of the input.</summary>
    public required string Coordinates { get; init; }

    /// <summary>Which of two neighbors is the nearest.</summary>
    public string Rounding { get; init; } = "floor";

    public double CubicSlope { get; init; } = -0.75;

    /// <summary>Whether points outside have no share, the others the whole.</summary>
    public bool ExcludesOutside { get; init; }

    /// <summary>Whether a smaller result looks at all that it covers.</summary>
    public bool Antialiases { get; init; }

    /// <summary>The part of the input, for <c>tf_crop_and_resize</c>.</summary>
    public (double Start, double End) Region { get; init; } = (0, 1);

    /// <summary>What stands where that part is outside of the input.</summary>
    public double Extrapolation { get; init; }

    /// <summary>Whether nothing changes.</summary>
    public bool IsIdentity => Scale == 1 && Size == InputSize && Coordinates != "tf_crop_and_resize";

    /// <summary>For the nearest neighbor, which place of the input each is; null for other modes.</summary>
    public long[]? Choose()
    {
        if (Mode != "nearest" || Coordinates == "tf_crop_and_resize") return null;
        return [.. Enumerable.Range(0, Size).Select(place => (long)Math.Clamp(Nearest(Origin(place)), 0, InputSize - 1))];
    }

    /// <summary>The share of each place of the input in each of the result, in rows; and which of the result lie outside.</summary>
    public (double[] Shares, bool[] IsOutside) Shares()
    {
        var (shares, isOutside) = (new double[Size * InputSize], new bool[Size]);
        for (var place = 0; place < Size; place++)
        {
            var origin = Origin(place);
            isOutside[place] = Coordinates == "tf_crop_and_resize" && (origin < 0 || origin > InputSize - 1);
            if (!isOutside[place]) Fill(shares.AsSpan(place * InputSize, InputSize), origin);
        }

        return (shares, isOutside);
    }

    private double Origin(int place)
    {
        var exact = Scale * InputSize;
        return Coordinates switch
        {
            "align_corners" => Size == 1 ? 0 : place * (InputSize - 1) / (exact - 1),
            "asymmetric" => place / Scale,
            "half_pixel" => ((place + 0.5) / Scale) - 0.5,
            "pytorch_half_pixel" => Size == 1 ? 0 : ((place + 0.5) / Scale) - 0.5,
            // The center stays where it is though the size was rounded.
            "half_pixel_symmetric" => (InputSize / 2.0 * (1 - (Size / exact))) + ((place + 0.5) / Scale) - 0.5,
            "tf_half_pixel_for_nn" => (place + 0.5) / Scale,
            "tf_crop_and_resize" => (Region.Start * (InputSize - 1)) + (Size == 1
                ? (Region.End - Region.Start) * (InputSize - 1) / 2
                : place * (Region.End - Region.Start) * (InputSize - 1) / (exact - 1)),
            _ => throw new GradusException($"coordinate_transformation_mode {PlainText.Quote(Coordinates)}."),
        };
    }

    private int Nearest(double origin) => (int)(Rounding switch
    {
        "floor" => Math.Floor(origin),
        "ceil" => Math.Ceiling(origin),
        "round_prefer_floor" => Math.Ceiling(origin - 0.5),
        "round_prefer_ceil" => Math.Floor(origin + 0.5),
        _ => throw new GradusException($"nearest_mode {PlainText.Quote(Rounding)}."),
    });

    private void Fill(Span<double> row, double origin)
    {
        // The point on the left; of a whole number the one before it, so that the ratio is above 0 and at most 1.
        var left = (int)Math.Ceiling(origin) - 1;
        var points = Mode switch
        {
            "nearest" => [Nearest(origin) == left ? 1 : 0, Nearest(origin) == left ? 0 : 1],
            "linear" => Weights(origin - left, 1, static distance => Math.Max(0, 1 - distance)),
            "cubic" => Weights(origin - left, 2, Cubic),
            _ => throw new GradusException($"mode {PlainText.Quote(Mode)}."),
        };
        var first = left + 1 - (points.Length / 2);
        if (ExcludesOutside)
        {
            for (var index = 0; index < points.Length; index++)
            {
                if (first + index < 0 || first + index >= InputSize) points[index] = 0;
            }

            var sum = points.Sum();
            for (var index = 0; index < points.Length; index++) points[index] /= sum;
        }

        for (var index = 0; index < points.Length; index++) row[Math.Clamp(first + index, 0, InputSize - 1)] += points[index];
    }

    /// <summary>The shares of the points within a radius, wider where a smaller result is antialiased.</summary>
    private double[] Weights(double ratio, int radius, Func<double, double> kernel)
    {
        var scale = Antialiases ? Math.Min(1, Scale) : 1;
        var start = (int)Math.Floor(-radius / scale) + 1;
        var points = new double[2 - (2 * start)];
        for (var index = 0; index < points.Length; index++) points[index] = kernel(Math.Abs((start + index - ratio) * scale));
        if (scale == 1) return points;
        var sum = points.Sum();
        for (var index = 0; index < points.Length; index++) points[index] /= sum;
        return points;
    }

    private double Cubic(double distance)
    {
        var (a, x) = (CubicSlope, distance);
        if (x <= 1) return (((a + 2) * x) - (a + 3)) * x * x + 1;
        return x < 2 ? (((((a * x) - (5 * a)) * x) + (8 * a)) * x) - (4 * a) : 0;
    }
}
