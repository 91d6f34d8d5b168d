namespace Gradus.Data;

/// <summary>
/// Brings pictures to a size, bilinearly: a pixel is the mean of those that it covers, weighted by a triangle that is as wide as two pixels of the
/// larger picture, so that what becomes smaller does not flicker.
/// </summary>
/// <remarks>
/// Weights are whole numbers of 2⁻²², and each pass is rounded to bytes: the same on every machine. A picture that has the size already stays as it is.
/// </remarks>
internal static class PictureScaler
{
    private const int WeightBits = 22;

    /// <summary>A picture of this size.</summary>
    public static Bitmap Resize(Bitmap picture, PictureSize size, PictureResize how)
    {
        if (picture.Width == size.Width && picture.Height == size.Height) return picture;
        var (width, height) = ((double)picture.Width, (double)picture.Height);
        switch (how)
        {
            case PictureResize.Crop:
                var (boxWidth, boxHeight) = (Math.Min(width, height * size.Width / size.Height), Math.Min(height, width * size.Height / size.Width));
                return Scale(picture, ((width - boxWidth) / 2, boxWidth), ((height - boxHeight) / 2, boxHeight), size);
            case PictureResize.Fit:
                var (mine, other) = (height * size.Width, width * size.Height);
                var inner = new PictureSize(Part(size.Height, mine, other), Part(size.Width, other, mine));
                return Place(Scale(picture, (0, width), (0, height), inner), size);
            default:
                return Scale(picture, (0, width), (0, height), size);
        }
    }

    /// <summary>The whole length, or less where the other side is the longer one.</summary>
    private static int Part(int length, double mine, double other) => mine >= other ? length : Math.Max(1, (int)Math.Floor((length * mine / other) + 0.5));

    private static Bitmap Place(Bitmap picture, PictureSize size)
    {
        var result = new Bitmap(size.Width, size.Height, picture.Channels);
        int left = (size.Width - picture.Width) / 2, top = (size.Height - picture.Height) / 2, length = picture.Width * picture.Channels;
        for (var y = 0; y < picture.Height; y++)
            picture.Pixels.AsSpan(y * length, length).CopyTo(result.Pixels.AsSpan((((top + y) * size.Width) + left) * picture.Channels));
        return result;
    }

    private static Bitmap Scale(Bitmap picture, (double Start, double Length) across, (double Start, double Length) down, PictureSize size)
    {
        var columns = new Weights(picture.Width, across.Start, across.Length, size.Width);
        var rows = new Weights(picture.Height, down.Start, down.Length, size.Height);
        // Whichever pass leaves less in between comes first: of a picture of one column that becomes wide, that is the one down.
        return (long)picture.Height * size.Width <= (long)picture.Width * size.Height
            ? Down(Across(picture, columns), rows)
            : Across(Down(picture, rows), columns);
    }

    private static Bitmap Across(Bitmap picture, Weights weights)
    {
        var result = new Bitmap(weights.Count, picture.Height, picture.Channels);
        for (var y = 0; y < picture.Height; y++)
        {
            var source = picture.Pixels.AsSpan(y * picture.Width * picture.Channels, picture.Width * picture.Channels);
            var target = result.Pixels.AsSpan(y * result.Width * picture.Channels, result.Width * picture.Channels);
            for (var x = 0; x < result.Width; x++)
            {
                var (first, each) = weights[x];
                for (var channel = 0; channel < picture.Channels; channel++)
                {
                    var sum = 1 << (WeightBits - 1);
                    for (var index = 0; index < each.Length; index++) sum += each[index] * source[((first + index) * picture.Channels) + channel];
                    target[(x * picture.Channels) + channel] = (byte)Math.Clamp(sum >> WeightBits, 0, 255);
                }
            }
        }

        return result;
    }

    private static Bitmap Down(Bitmap picture, Weights weights)
    {
        var length = picture.Width * picture.Channels;
        var result = new Bitmap(picture.Width, weights.Count, picture.Channels);
        var sums = new int[length];
        for (var y = 0; y < result.Height; y++)
        {
            var (first, each) = weights[y];
            Array.Fill(sums, 1 << (WeightBits - 1));
            for (var index = 0; index < each.Length; index++)
            {
                var source = picture.Pixels.AsSpan((first + index) * length, length);
                for (var at = 0; at < length; at++) sums[at] += each[index] * source[at];
            }

            var target = result.Pixels.AsSpan(y * length, length);
            for (var at = 0; at < length; at++) target[at] = (byte)Math.Clamp(sums[at] >> WeightBits, 0, 255);
        }

        return result;
    }

    /// <summary>For each new pixel, which old ones it is made of, and how much of each.</summary>
    private readonly struct Weights
    {
        private readonly (int First, int[] Each)[] _weights;

        public Weights(int length, double start, double part, int count)
        {
            _weights = new (int, int[])[count];
            var scale = part / count;
            var reach = Math.Max(1, scale);
            for (var pixel = 0; pixel < count; pixel++)
            {
                var center = start + ((pixel + 0.5) * scale);
                var first = Math.Max(0, (int)Math.Floor(center - reach + 0.5));
                var last = Math.Min(length, (int)Math.Floor(center + reach + 0.5));
                var triangle = new double[Math.Max(1, last - first)];
                first = Math.Min(first, length - triangle.Length);
                var sum = 0.0;
                for (var index = 0; index < triangle.Length; index++)
                    sum += triangle[index] = Math.Max(0, 1 - Math.Abs((first + index + 0.5 - center) / reach));
                _weights[pixel] = (first, Array.ConvertAll(triangle, weight => (int)Math.Floor((weight / sum * (1 << WeightBits)) + 0.5)));
            }
        }

        public int Count => _weights.Length;

        public (int First, int[] Each) this[int pixel] => _weights[pixel];
    }
}
