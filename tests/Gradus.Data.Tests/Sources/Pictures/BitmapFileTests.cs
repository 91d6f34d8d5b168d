using System.Security.Cryptography;

namespace Gradus.Data.Tests;

public class BitmapFileTests
{
    public static TheoryData<string> Known => [.. KnownPictures.All.Select(static picture => picture.Name)];

    public static TheoryData<byte, byte, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<byte, byte, bool>();
            foreach (var (color, depths) in new (byte, byte[])[] { (0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16]) })
            {
                foreach (var depth in depths)
                {
                    kinds.Add(color, depth, false);
                    kinds.Add(color, depth, true);
                }
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void What_other_programs_wrote_has_the_pixels_that_they_find(string name)
    {
        // given
        var (_, file, sha) = KnownPictures.All.Single(picture => picture.Name == name);

        // when
        var picture = Decode(file);

        // then
        Assert.Equal((19, 13), (picture.Width, picture.Height));
        Assert.Equal(sha, Convert.ToHexStringLower(SHA256.HashData(picture.Pixels)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_png_of_every_kind_is_decoded(byte color, byte depth, bool isInterlaced)
    {
        // given: sizes at which some passes are empty, and rows that end within a byte
        var colors = Math.Min(256, 1 << depth);
        byte[] palette = [.. Enumerable.Range(0, colors).SelectMany(static index => new[] { (byte)index, (byte)(index * 3), (byte)(255 - index) })];
        foreach (var (width, height) in new[] { (1, 1), (3, 2), (13, 11) })
        {
            byte Sample(int x, int y, int channel) => (byte)(((x * 5) + (y * 3) + (channel * 31)) % Math.Min(256, 1 << depth));
            var samples = color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
            byte[] Pixel(int x, int y) =>
                [.. Enumerable.Range(0, samples).SelectMany(channel => depth == 16 ? new[] { Sample(x, y, channel), (byte)77 } : [Sample(x, y, channel)])];

            // when
            var picture = Decode(TestPictures.Png(width, height, color, depth, Pixel, color == 3 ? palette : null, isInterlaced, pieces: 3));

            // then
            Assert.Equal((width, height, color is 0 or 4 ? 1 : 3), (picture.Width, picture.Height, picture.Channels));
            for (var pixel = 0; pixel < width * height; pixel++)
            {
                var (x, y) = (pixel % width, pixel / width);
                for (var channel = 0; channel < picture.Channels; channel++)
                {
                    var expected = color == 3 ? palette[(3 * Sample(x, y, 0)) + channel]
                        : depth < 8 ? Sample(x, y, channel) * 255 / ((1 << depth) - 1) : Sample(x, y, channel);
                    Assert.Equal(expected, picture.Pixels[(pixel * picture.Channels) + channel]);
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void A_bmp_of_every_kind_is_decoded_from_below_and_from_above(ushort bits)
    {
        // given
        var colors = Enumerable.Range(0, bits > 8 ? 0 : 1 << bits);
        byte[]? palette = bits > 8 ? null : [.. colors.SelectMany(static index => new byte[] { (byte)index, (byte)(index * 3), (byte)(255 - index), 0 })];
        uint Value(int x, int y) => (uint)((x * 77_777) + (y * 12_345)) & (bits == 32 ? 0xFFFFFFFFu : (1u << bits) - 1);

        foreach (var height in new[] { 5, -5 })
        {
            // when
            var picture = Decode(TestPictures.Bmp(7, height, bits, Value, palette));

            // then
            for (var pixel = 0; pixel < 35; pixel++)
            {
                var value = Value(pixel % 7, pixel / 7);
                var expected = bits switch
                {
                    <= 8 => (255 - (int)value, (byte)(value * 3), (int)value),
                    16 => (Five(value >> 10), (byte)Five(value >> 5), Five(value)),
                    _ => ((int)(value >> 16) & 255, (byte)(value >> 8), (int)value & 255),
                };
                Assert.Equal(expected, (picture.Pixels[3 * pixel], picture.Pixels[(3 * pixel) + 1], picture.Pixels[(3 * pixel) + 2]));
            }
        }

        static int Five(uint value) => (int)(((value & 31) * 255) + 15) / 31;
    }

    [Fact]
    public void A_bmp_says_where_its_colors_lie()
    {
        // when
        var picture = Decode(TestPictures.Bmp(2, 1, 16, static (x, _) => x == 0 ? 0xF800u : 0x07E0u, masks: [0xF800, 0x07E0, 0x001F]));

        // then
        Assert.Equal([255, 0, 0, 0, 255, 0], picture.Pixels);
    }

    [Fact]
    public void Gray_is_the_luma_of_the_colors()
    {
        // when
        var gray = new Bitmap(4, 1, 3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 200, 200, 200]).ToGray();

        // then
        Assert.Equal([76, 150, 29, 200], gray.Pixels);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("0102030405", "its first bytes are 01020304: no PNG, JPEG, BMP or GIF picture")]
    [InlineData("504B0304", "this is a zip archive, no PNG, JPEG, BMP or GIF picture")]
    [InlineData("89504E470D0A1A0A", "it ends at byte 8, within its chunks")]
    [InlineData("FFD8FFD9", "it has no picture")]
    [InlineData("FFD8", "without the marker of its end")]
    [InlineData("424D0000", "within its header")]
    [InlineData("474946383961", "before its picture is whole")]
    public void What_is_no_picture_is_refused_with_what_it_is(string hex, string expected)
    {
        // when
        var error = Assert.Throws<InvalidDataException>(() => Decode(Convert.FromHexString(hex)));

        // then
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void A_checksum_that_is_wrong_is_an_error_where_it_matters()
    {
        // given
        var file = TestPictures.Png(4, 4, TestPictures.Pixels(4, 4));
        byte[] comment = [.. file], header = [.. file];

        // when: a bit of the comment, and one of the width
        comment[file.AsSpan().IndexOf("made by"u8)] ^= 1;
        header[19] ^= 1;

        // then
        Assert.Equal(4, Decode(comment).Width);
        Assert.Contains("does not have the checksum", Assert.Throws<InvalidDataException>(() => Decode(header)).Message);
    }

    private static Bitmap Decode(byte[] file) => BitmapFile.Decode(file, new DecodingLimit(file.Length, new PictureOptions()));
}
