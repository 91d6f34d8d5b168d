namespace Gradus.Graphs;

/// <summary>What is drawn of each pixel: a share from −1 to 1 of the greatest number, and of a colored picture its color.</summary>
internal sealed class PixelGrid
{
    private readonly double[] _shares;

    private PixelGrid(int height, int width, double[] shares, double greatest, double[]? colors = null) =>
        (Height, Width, _shares, Greatest, Colors) = (height, width, shares, greatest, colors);

    public int Height { get; }

    public int Width { get; }

    /// <summary>The number that a share of 1 stands for.</summary>
    public double Greatest { get; }

    /// <summary>Red, green and blue from 0 to 1, plane after plane; null of what has one color.</summary>
    public double[]? Colors { get; }

    public bool IsColored => Colors is not null;

    public double this[int row, int column] => _shares[(row * Width) + column];

    /// <summary>A picture from its least number, 0, to its greatest, 1; of a colored one the shares are its gray.</summary>
    public static PixelGrid Picture(Tensor picture)
    {
        var channels = picture.Rank == 3 ? picture.Shape[0] : 1;
        if (picture.Rank is not (2 or 3) || channels is not (1 or 3) || picture.Count == 0)
        {
            throw new GradusException($"heatMap: the picture is {picture.Shape}, expected [height, width] or [channels, height, width] with 1 or 3 channels.");
        }

        var values = Finite("the picture", picture);
        var (least, greatest) = (values.Min(), values.Max());
        var scaled = Array.ConvertAll(values, value => greatest > least ? (value - least) / (greatest - least) : 0);
        var size = scaled.Length / channels;
        var shares = Enumerable.Range(0, size).Select(pixel => Enumerable.Range(0, channels).Average(channel => scaled[(channel * size) + pixel])).ToArray();
        return new PixelGrid(picture.Shape[-2], picture.Shape[-1], shares, greatest, channels == 3 ? scaled : null);
    }

    /// <summary>A map of a picture; its channels are added up.</summary>
    public static PixelGrid Map(HeatMap map, PixelGrid picture)
    {
        var shape = map.Values.Shape;
        if (shape.Rank is not (2 or 3) || shape[-2] != picture.Height || shape[-1] != picture.Width)
        {
            var size = FormattableString.Invariant($"{picture.Height},{picture.Width}");
            throw new GradusException($"heatMap: the map '{PlainText.Quote(map.Title)}' is {shape}, expected [{size}] or [channels,{size}], as the picture.");
        }

        using var noGrad = new NoGrad();
        var values = Finite($"the map '{map.Title}'", shape.Rank == 3 ? map.Values.To(DType.Float64).Sum(0) : map.Values);
        var greatest = values.Max(Math.Abs);
        return new PixelGrid(picture.Height, picture.Width, Array.ConvertAll(values, value => greatest > 0 ? value / greatest : 0), greatest);
    }

    private static double[] Finite(string what, Tensor tensor)
    {
        var values = tensor.To(DType.Float64).ToArray<double>();
        return Array.TrueForAll(values, double.IsFinite)
            ? values
            : throw new GradusException($"heatMap: {what} has numbers that are not finite, which have no color.");
    }
}
