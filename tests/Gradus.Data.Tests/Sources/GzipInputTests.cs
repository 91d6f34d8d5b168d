namespace Gradus.Data.Tests;

public sealed class GzipInputTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_unpacks_to_far_more_than_data_do_is_refused_with_what_to_do()
    {
        // given: 70 MB of zeros in some 300 kB
        var path = _folder.Write("zeros.gz", TempFolder.Zip(new byte[70_000_000]));
        var buffer = new byte[1 << 16];

        // when
        var exception = Assert.Throws<InvalidDataException>(() =>
        {
            using var stream = SourceFile.Open(path, out _);
            while (stream.Read(buffer) > 0)
            {
            }
        });

        // then
        Assert.StartsWith("the compressed data unpack to more than 6", exception.Message);
        Assert.EndsWith("gunzip.", exception.Message);
    }

    [Fact]
    public void A_flipped_bit_in_a_compressed_file_is_refused_or_changes_nothing_that_is_read()
    {
        // given
        byte[] content = [0, 0, 8, 1, 0, 0, 0, 40, .. Enumerable.Range(0, 40).Select(static value => (byte)(value * value))];
        var zipped = TempFolder.Zip(content);

        // when, then
        for (var bit = 0; bit < 8 * zipped.Length; bit++)
        {
            var damaged = (byte[])zipped.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var path = _folder.Write("damaged", damaged);
            try
            {
                Assert.Equal(content[8..], IdxReader.Read(path).Data);
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith(path, exception.Message);
            }
        }
    }
}
