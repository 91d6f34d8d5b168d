namespace Gradus.Data.Tests;

public class PictureScalerTests
{
    [Fact]
    public void A_picture_of_the_size_stays_as_it_is()
    {
        // given
        var picture = new Bitmap(5, 3, 3, TestPictures.Pixels(5, 3));

        // then
        foreach (var how in Enum.GetValues<PictureResize>()) Assert.Same(picture, PictureScaler.Resize(picture, new PictureSize(3, 5), how));
    }

    [Fact]
    public void Half_the_size_weighs_four_pixels_in_a_row_by_a_triangle()
    {
        // when
        var half = PictureScaler.Resize(new Bitmap(8, 1, 1, [0, 0, 0, 0, 80, 80, 80, 80]), new PictureSize(1, 4), PictureResize.Stretch);

        // then: 1/8, 3/8, 3/8, 1/8; at the border the three that are there
        Assert.Equal([0, 10, 70, 80], half.Pixels);
    }

    [Fact]
    public void Twice_the_size_lies_between_the_nearest_pixels()
    {
        // when
        var twice = PictureScaler.Resize(new Bitmap(2, 1, 1, [0, 100]), new PictureSize(1, 4), PictureResize.Stretch);

        // then
        Assert.Equal([0, 25, 75, 100], twice.Pixels);
    }

    [Fact]
    public void Cropping_cuts_out_the_middle()
    {
        // given: black, white, black; each a square
        var picture = new Bitmap(6, 2, 1, [0, 0, 255, 255, 0, 0, 0, 0, 255, 255, 0, 0]);

        // when
        var cropped = PictureScaler.Resize(picture, new PictureSize(2, 2), PictureResize.Crop);

        // then: the pixels at the sides see nothing of their neighbors outside, for none is made smaller
        Assert.Equal([255, 255, 255, 255], cropped.Pixels);
    }

    [Fact]
    public void Fitting_leaves_black_beside_the_picture()
    {
        // given
        var picture = new Bitmap(4, 2, 1, [9, 9, 9, 9, 9, 9, 9, 9]);

        // then
        Assert.Equal([0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0], PictureScaler.Resize(picture, new PictureSize(4, 4), PictureResize.Fit).Pixels);
        var wide = new Bitmap(100, 1, 1, [.. Enumerable.Repeat((byte)9, 100)]);
        Assert.Equal([9, 9, 0, 0], PictureScaler.Resize(wide, new PictureSize(2, 2), PictureResize.Fit).Pixels);
    }

    [Theory]
    [InlineData(1, 1, 7, 5)]
    [InlineData(1000, 3, 5, 8)]
    [InlineData(3, 1000, 64, 64)]
    [InlineData(31, 17, 2, 40)]
    public void One_color_stays_that_color(int width, int height, int newHeight, int newWidth)
    {
        // given
        var picture = new Bitmap(width, height, 3, TestPictures.Plain(width, height, 200, 1, 255));

        // then
        foreach (var how in new[] { PictureResize.Crop, PictureResize.Stretch })
        {
            var resized = PictureScaler.Resize(picture, new PictureSize(newHeight, newWidth), how);
            Assert.Equal((newWidth, newHeight), (resized.Width, resized.Height));
            Assert.Equal(TestPictures.Plain(newWidth, newHeight, 200, 1, 255), resized.Pixels);
        }
    }

    [Theory]
    [InlineData("32x48", 32, 48)]
    [InlineData("1x2048", 1, 2048)]
    public void A_size_is_rows_times_pixels(string text, int height, int width)
    {
        // when
        var size = PictureSize.Parse(text);

        // then
        Assert.Equal(new PictureSize(height, width), size);
        Assert.Equal(text, size.ToString());
    }

    [Theory]
    [InlineData("32")]
    [InlineData("0x5")]
    [InlineData("32x2049")]
    [InlineData("-1x5")]
    [InlineData("32X32")]
    [InlineData("32x32x3")]
    public void What_is_no_size_is_refused(string text) =>
        Assert.Contains($"'{text}' is no size of pictures", Assert.Throws<FormatException>(() => PictureSize.Parse(text)).Message);
}
