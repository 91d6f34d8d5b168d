namespace Gradus.Kernels.Tests.Windows;

/// <summary>Which memory the tiles of a band ask for.</summary>
public sealed unsafe class BandAheadTests
{
    [Theory]
    [InlineData(3, 7)]
    [InlineData(3, 3)]
    [InlineData(5, 2)]
    public void Tiles_share_the_rows_of_one_channel_after_the_other(int channels, int tiles)
    {
        // given: rows −1 … 3 of images of 10 × 20 numbers, of which 0 … 3 exist
        const int image = 1 << 20, plane = 10 * 20 * sizeof(float), length = 4 * 20 * sizeof(float), terms = 9;
        var ahead = new BandAhead((void*)image, channels, 10, 20, -1, 5, tiles, sizeof(float));

        // when
        var asked = new HashSet<nint>();
        for (var tile = 0; tile < tiles; tile++)
        {
            var next = (nint)ahead.Next(terms, null, out var step);
            for (var term = 0; term < terms; term++) asked.Add((next - image + (term * step)) / CacheLines.Bytes);
        }

        // then: every line of as many channels as there are tiles, and none beyond the last of them
        var covered = Math.Min(channels, tiles);
        for (nint at = 0; at < length; at += CacheLines.Bytes)
        {
            for (var channel = 0; channel < covered; channel++) Assert.Contains(((channel * plane) + at) / CacheLines.Bytes, asked);
        }

        Assert.True(asked.Max() * CacheLines.Bytes < ((covered - 1) * plane) + length + CacheLines.Bytes);
    }

    [Fact]
    public void Without_a_next_band_nothing_is_asked_for()
    {
        // given
        var ahead = default(BandAhead);
        var near = 0;

        // when, then
        Assert.True(ahead.Next(9, &near, out var step) == &near);
        Assert.Equal(0, step);
    }
}
