namespace Gradus.Nn;

/// <summary>The places of a window over features, a line or a picture.</summary>
internal sealed class OcclusionWindows
{
    private readonly Size2 _window;
    private readonly int _height;
    private readonly int _width;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly int[] _sizes;

    private OcclusionWindows(Size2 window, Size2 stride, int height, int width, int[] sizes)
    {
        (_window, _height, _width, _sizes) = (window, height, width, sizes);
        (_rows, _columns) = (Places(window.Height, stride.Height, height), Places(window.Width, stride.Width, width));
    }

    /// <summary>How many places there are.</summary>
    public int Count => _rows.Length * _columns.Length;

    /// <summary>
    /// Windows over the samples of an input: [samples, features], [samples, channels, length] or [samples, channels, height, width]; all but the last have
    /// one row.
    /// </summary>
    /// <exception cref="GradusException">The input has other axes, or the window does not lie within it.</exception>
    public static OcclusionWindows Over(string operation, Tensor input, Size2 window, Size2 stride)
    {
        if (input.Rank is < 2 or > 4)
        {
            throw new GradusException(
                $"{operation}: the input is {input.Describe()}, " +
                "expected [samples, features], [samples, channels, length] or [samples, channels, height, width].");
        }

        var isPicture = input.Rank == 4;
        var (height, width) = (isPicture ? input.Shape[2] : 1, input.Shape[-1]);
        if (!isPicture) window = (1, window.Width);
        if (!window.IsAtLeast(1) || !stride.IsAtLeast(1) || window.Height > height || window.Width > width)
        {
            throw new GradusException(
                $"{operation}: a window of {window} with a stride of {stride} over {input.Describe()}; " +
                "expected a window within the input and a stride of at least 1.");
        }

        return new OcclusionWindows(window, stride, height, width, input.Rank switch { 2 => [width], 3 => [1, width], _ => [1, height, width] });
    }

    /// <summary>Where the window covers at some places: bool [count, …], which broadcasts over the channels of a sample.</summary>
    public Tensor Masks(int start, int count)
    {
        var covers = new bool[checked(count * _height * _width)];
        for (var index = 0; index < count; index++)
        {
            var (top, left) = (_rows[(start + index) / _columns.Length], _columns[(start + index) % _columns.Length]);
            for (var row = top; row < top + _window.Height; row++) covers.AsSpan((((index * _height) + row) * _width) + left, _window.Width).Fill(true);
        }

        return Tensor.From(covers, [count, .. _sizes]);
    }

    /// <summary>Where a window begins along an axis; the last place is moved in, so that the window ends with the axis.</summary>
    private static int[] Places(int window, int stride, int length)
    {
        var last = length - window;
        return [.. Enumerable.Range(0, (last + stride - 1) / stride).Select(place => place * stride), last];
    }
}
