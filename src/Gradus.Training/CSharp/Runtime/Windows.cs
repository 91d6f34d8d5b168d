namespace Gradus.Exported;

/// <summary>Where the windows of a convolution lie in its input: a number of a picture has a place of its own, which steps along each axis lead to.</summary>
internal static class Windows
{
    /// <summary>Where each window begins, row by row.</summary>
    public static int[] Starts(int height, int width, int rowStep, int columnStep)
    {
        var starts = new int[height * width];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++) starts[(row * width) + column] = (row * rowStep) + (column * columnStep);
        }

        return starts;
    }

    /// <summary>Where each term of a window lies, counted from its start: channel by channel, each row by row.</summary>
    public static int[] Terms(int channels, int height, int width, int channelStep, int rowStep, int columnStep)
    {
        var terms = new int[channels * height * width];
        for (var term = 0; term < terms.Length; term++)
        {
            var (rest, column) = (term / width, term % width);
            terms[term] = (rest / height * channelStep) + (rest % height * rowStep) + (column * columnStep);
        }

        return terms;
    }

    /// <summary>A copy with zeros around it, plane by plane of rows of some numbers.</summary>
    public static void Pad(ReadOnlySpan<float> x, int planes, int height, int row, int rowsAround, int numbersAround, Span<float> z)
    {
        z.Clear();
        var pitch = row + (2 * numbersAround);
        for (var line = 0; line < planes * height; line++)
        {
            var to = ((line / height * (height + (2 * rowsAround))) + rowsAround + (line % height)) * pitch;
            x.Slice(line * row, row).CopyTo(z.Slice(to + numbersAround, row));
        }
    }

    /// <summary>[rows, columns] as [columns, rows]; a row of either may begin some numbers after the one before it.</summary>
    public static void Transpose(ReadOnlySpan<float> x, int rows, int columns, int pitch, Span<float> z, int pitchOfResult)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) z[(column * pitchOfResult) + row] = x[(row * pitch) + column];
        }
    }

    /// <summary>Rows of another distance.</summary>
    public static void Copy(ReadOnlySpan<float> x, int rows, int columns, int pitch, Span<float> z, int pitchOfResult)
    {
        for (var row = 0; row < rows; row++) x.Slice(row * pitch, columns).CopyTo(z[(row * pitchOfResult)..]);
    }
}
