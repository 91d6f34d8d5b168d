using System.Buffers.Binary;
using Gradus.Formats;
using Gradus.Testing;

namespace Gradus.Data.Tests;

/// <summary>Pictures that were damaged, or made to do harm.</summary>
public sealed class HostilePictureTests : IDisposable
{
    private const int Cases = 1000;

    private static readonly (uint Width, uint Height)[] Lies =
        [(65_535, 65_535), (40_000, 10_000), (0, 5), (uint.MaxValue, uint.MaxValue), (2_147_483_648, 1), (65_535, 1_000)];

    private static readonly byte[][] Words =
    [
        [0, 0, 0, 0], [255, 255, 255, 255], [255, 255], [127, 255, 255, 255], [0, 0, 0, 128], [0xFF, 0xD9], [0xFF, 0xD8], [0xFF, 0xDA], [0xFF, 0xC0],
        [0xFF, 0xC2], [0xFF, 0xC4], [0xFF, 0xDB], [0xFF, 0xDD, 0, 4, 0, 1], [0xFF, 0xD0],
        "IDAT"u8.ToArray(), "IHDR"u8.ToArray(), "PLTE"u8.ToArray(), "IEND"u8.ToArray(), [0x2C], [0x21, 0xF9], [0x3B],
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("bmp")]
    [InlineData("gif")]
    public void A_damaged_picture_is_read_the_same_each_time_or_refused_with_its_file_in_little_memory(string format)
    {
        // given
        var path = Path.Combine(_folder.Path, "it." + format);

        // when
        var (refused, read) = Fuzz.Run(Good(format), Words, Cases, bytes =>
        {
            File.WriteAllBytes(path, Repair(bytes));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var first = Read(path);
            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.InRange(taken, 0, (1L << 26) + (1 << 20) + (10L * bytes.Length));
            Assert.Equal(first, Read(path));
            return first is not null;
        });

        // then
        Assert.InRange(refused, Cases / 4, int.MaxValue);
        Assert.InRange(read, 1, int.MaxValue);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("bmp")]
    [InlineData("gif")]
    public void A_picture_that_is_cut_off_is_refused_wherever_that_is(string format)
    {
        // given
        foreach (var good in Good(format))
        {
            // what stands behind the pixels: the end of the blocks, and what fills up a row
            var needed = format switch { "gif" => good.Length - 3, "bmp" => good.Length - 4, _ => good.Length };

            for (var length = 0; length < needed; length++)
            {
                // when, then
                var cut = good[..length];
                Assert.Throws<InvalidDataException>(() => BitmapFile.Decode(cut, new DecodingLimit(cut.Length, new PictureOptions())));
            }
        }
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("bmp")]
    [InlineData("gif")]
    public void A_header_that_lies_takes_no_memory(string format)
    {
        foreach (var (width, height) in Lies)
        {
            // given
            if (format is "jpeg" or "gif" && width > 65_535) continue;
            var path = _folder.Write("it." + format, Resized(format, width, height));

            // when
            var before = GC.GetAllocatedBytesForCurrentThread();
            var error = Assert.Throws<InvalidDataException>(() => PictureFile.Read(path, new PictureOptions()));

            // then
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            Assert.StartsWith(path, error.Message);
        }
    }

    [Fact]
    public void A_large_picture_is_read_where_that_is_allowed()
    {
        // given: 25 million pixels, a bit each
        byte[] header = [.. TestPictures.Big(5000), .. TestPictures.Big(5000), 1, 3, 0, 0, 0];
        var path = _folder.Write("large.png", [.. PngDecoder.Signature, .. TestPictures.Chunk("IHDR"u8, header), .. TestPictures.Chunk("PLTE"u8, [1, 2, 3]),
            .. TestPictures.Chunk("IDAT"u8, TestPictures.Zlib(new byte[5000 * 626])), .. TestPictures.Chunk("IEND"u8, [])]);

        // when
        var error = Assert.Throws<InvalidDataException>(() => PictureFile.Read(path, new PictureOptions()));
        var pixels = PictureFile.Read(path, new PictureOptions { MaxPixels = 25_000_000, Size = new PictureSize(1, 1) });
        var few = Assert.Throws<InvalidDataException>(() => PictureFile.Read(path, new PictureOptions { MaxPixels = 24_999_999 }));

        // then
        Assert.Matches("5000 × 5000 pixels, which take 7. MB to decode; 64 MB are allowed", error.Message);
        Assert.Contains("set MaxPixels", error.Message);
        Assert.Equal([1, 2, 3], pixels);
        Assert.Contains("more than the 24999999 of MaxPixels", few.Message);
    }

    [Fact]
    public void Pixels_that_unpack_to_more_than_the_header_says_are_not_unpacked()
    {
        // given: a quarter of a gigabyte of zeros
        var bomb = TestPictures.Zlib(new byte[1 << 28]);
        byte[] header = [.. TestPictures.Big(4), .. TestPictures.Big(4), 8, 0, 0, 0, 0];
        var path = _folder.Write("bomb.png", [.. PngDecoder.Signature, .. TestPictures.Chunk("IHDR"u8, header),
            .. TestPictures.Chunk("IDAT"u8, bomb), .. TestPictures.Chunk("IEND"u8, [])]);

        // when
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => PictureFile.Read(path, new PictureOptions()));

        // then
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 21);
        Assert.Contains("more pixels than its header says", error.Message);
    }

    [Fact]
    public void A_jpeg_of_thousands_of_scans_is_refused()
    {
        // given: the first scan of the picture again and again
        var good = KnownPictures.File("ProgressiveJpeg");
        var start = good.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var end = start + 2 + good.AsSpan(start + 2).IndexOf((byte)0xFF);
        byte[] file = [.. good[..start], .. Enumerable.Repeat(good[start..end], 1000).SelectMany(static bytes => bytes), .. good[end..]];

        // when
        var error = Assert.Throws<InvalidDataException>(() => BitmapFile.Decode(file, new DecodingLimit(file.Length, new PictureOptions())));

        // then
        Assert.Contains("more than 256 scans", error.Message);
    }

    [Fact]
    public void A_jpeg_whose_component_has_no_scan_is_refused()
    {
        // given: frame and tables, and the end
        var good = KnownPictures.File("ProgressiveJpeg");
        byte[] file = [.. good[..good.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA])], 0xFF, 0xD9];

        // when
        var error = Assert.Throws<InvalidDataException>(() => BitmapFile.Decode(file, new DecodingLimit(file.Length, new PictureOptions())));

        // then
        Assert.Contains("a component has no scan", error.Message);
    }

    private static byte[][] Good(string format) => format switch
    {
        "png" =>
        [
            TestPictures.Png(9, 7, TestPictures.Pixels(9, 7)),
            TestPictures.Png(9, 7, 3, 4, static (x, y) => [(byte)((x + y) % 16)], new byte[48], isInterlaced: true, pieces: 2),
            TestPictures.Png(9, 7, 4, 16, static (x, y) => [(byte)x, 0, (byte)y, 0]),
        ],
        "bmp" =>
        [
            TestPictures.Bmp(9, 7, 24, static (x, y) => (uint)(x * y * 999)), TestPictures.Bmp(9, -7, 4, static (x, y) => (uint)(x + y) % 16, new byte[64]),
            TestPictures.Bmp(9, 7, 16, static (x, y) => (uint)(x * y), masks: [0xF800, 0x07E0, 0x001F]),
        ],
        "gif" => [KnownPictures.File("Gif"), KnownPictures.File("InterlacedGif")],
        _ => [.. KnownPictures.All.Where(static picture => picture.Name.EndsWith("Jpeg")).Select(static picture => picture.File)],
    };

    /// <summary>Every other PNG with the right checksums, so that what lies behind them is tried too.</summary>
    private static byte[] Repair(byte[] file)
    {
        if (!file.AsSpan().StartsWith(PngDecoder.Signature) || file.Length % 2 == 0) return file;
        var at = 8L;
        while (at + 12 <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (at + 12 + length > file.Length) break;
            var checksum = Crc32.Of(file.AsSpan((int)at + 4, (int)length + 4));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)(at + 8 + length)), checksum);
            at += 12 + length;
        }

        return file;
    }

    private static byte[] Resized(string format, uint width, uint height)
    {
        byte[] file = [.. Good(format)[0]];
        switch (format)
        {
            case "png":
                TestPictures.Big(width).CopyTo(file, 16);
                TestPictures.Big(height).CopyTo(file, 20);
                TestPictures.Big(Crc32.Of(file.AsSpan(12, 17))).CopyTo(file, 29);
                return file;
            case "bmp":
                TestPictures.Little(width).CopyTo(file, 18);
                TestPictures.Little(height).CopyTo(file, 22);
                return file;
            case "gif":
                TestPictures.Little(width | (height << 16)).CopyTo(file, 6);
                return file;
            default:
                var frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
                TestPictures.Big((height << 16) | width).CopyTo(file, frame + 5);
                return file;
        }
    }

    private static byte[]? Read(string path)
    {
        try
        {
            return PictureFile.Read(path, new PictureOptions());
        }
        catch (InvalidDataException exception)
        {
            Assert.StartsWith(path, exception.Message);
            Assert.DoesNotContain('\n', exception.Message);
            return null;
        }
    }
}
