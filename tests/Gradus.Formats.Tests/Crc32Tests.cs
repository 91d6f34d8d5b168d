namespace Gradus.Formats.Tests;

public sealed class Crc32Tests
{
    [Theory]
    [InlineData("", 0u)]
    // The check value of the catalog of parametrized CRC algorithms (CRC-32/ISO-HDLC).
    [InlineData("123456789", 0xCBF43926u)]
    // zlib.crc32(b"The quick brown fox jumps over the lazy dog")
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Checksums_are_those_that_others_compute(string text, uint expected)
    {
        // when, then
        Assert.Equal(expected, Crc32.Of(System.Text.Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void Bytes_that_come_in_pieces_have_the_checksum_of_the_whole()
    {
        // given
        var bytes = new byte[1000];
        new Random(1).NextBytes(bytes);
        var pieces = new Crc32();

        // when
        for (int from = 0, length = 0; from < bytes.Length; from += length++) pieces.Append(bytes.AsSpan(from, Math.Min(length, bytes.Length - from)));

        // then
        Assert.Equal(Crc32.Of(bytes), pieces.Value);
    }
}
