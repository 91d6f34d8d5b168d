namespace Gradus.Data.Tests;

public class IdxReaderTests
{
    private static readonly byte[] Small = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    [Fact]
    public void Plain_and_compressed_files_read_alike_whatever_their_names()
    {
        using var folder = new TempFolder();

        foreach (var path in new[] { folder.Write("plain.gz", Small), folder.Write("zipped", TempFolder.Zip(Small)) })
        {
            var array = IdxReader.Read(path);

            Assert.Equal([2, 3], array.Dims);
            Assert.Equal([1, 2, 3, 4, 5, 6], array.Data);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("00000801000000")]
    [InlineData("0100080100000001FF", "got 0100 at byte 0, expected 0000")]
    [InlineData("00000D01000000017F800000", "got element type 0D (32-bit float) at byte 2, expected 08")]
    [InlineData("0000080000000001FF", "got 0 dimensions at byte 3")]
    [InlineData("000008FF00000001FF", "got 255 dimensions at byte 3")]
    [InlineData("0000080100000003FFFF", "[3] at byte 4 need 3 bytes after byte 8; the file can hold 2")]
    [InlineData("0000080100000001FFFF", "more bytes after byte 9, expected the end")]
    [InlineData("00000801FFFFFFFFFF", "got size 4294967295 at byte 4")]
    [InlineData("0000080300010000000100000001000000", "got size 65536 at byte 8")]
    [InlineData("0000080200000000FFFFFFFF", "got size 4294967295 at byte 8")]
    [InlineData("000008017FFFFFC7FF", "need 2147483591 bytes")]
    public void A_damaged_file_is_refused_with_its_name_and_the_place(string hex, string expected = "inside the header")
    {
        using var folder = new TempFolder();
        var path = folder.Write("bad.idx", Convert.FromHexString(hex));

        var error = Assert.Throws<InvalidDataException>(() => IdxReader.Read(path));

        Assert.StartsWith(path, error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void A_file_of_another_kind_is_named_with_what_to_do()
    {
        // given
        using var folder = new TempFolder();
        var path = folder.Write("it", [.. "PK\u0003\u0004"u8, .. new byte[26], .. "weights.npy"u8]);

        // when
        var error = Assert.Throws<InvalidDataException>(() => IdxReader.Read(path));

        // then
        Assert.EndsWith("expected 0000: this is an .npz file of NumPy, no IDX file. NpzFile.Read opens it.", error.Message);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_or_changed_is_refused_at_every_place()
    {
        using var folder = new TempFolder();
        var zipped = TempFolder.Zip([0, 0, 8, 1, 0, 0, 1, 0, .. Enumerable.Range(0, 256).Select(i => (byte)(i * 7))]);
        var path = "";

        for (var length = 2; length < zipped.Length; length += 5)
        {
            path = folder.Write("cut.gz", zipped[..length]);
            Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => IdxReader.Read(path)).Message);
        }

        var changed = zipped.ToArray();
        changed[zipped.Length / 2] ^= 0x10;
        path = folder.Write("changed.gz", changed);
        Assert.Throws<InvalidDataException>(() => IdxReader.Read(path));
    }

    [Fact]
    public void A_compressed_file_that_claims_gigabytes_costs_no_memory()
    {
        using var folder = new TempFolder();
        var padding = new byte[1 << 21];
        System.Security.Cryptography.RandomNumberGenerator.Fill(padding);
        var path = folder.Write("claims.gz", TempFolder.Zip([0, 0, 8, 1, 0x7F, 0xFF, 0xFF, 0x00, .. padding]));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => IdxReader.Read(path));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Fact]
    public void A_missing_file_is_said_to_be_missing()
    {
        using var folder = new TempFolder();

        Assert.Throws<FileNotFoundException>(() => IdxReader.Read(Path.Combine(folder.Path, "none")));
        Assert.Throws<FileNotFoundException>(() => IdxReader.Read(folder.Path));
    }
}
