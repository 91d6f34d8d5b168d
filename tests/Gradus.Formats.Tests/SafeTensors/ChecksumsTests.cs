using System.Text;

namespace Gradus.Formats.Tests;

public sealed class ChecksumsTests
{
    private static readonly Dictionary<string, Tensor> Weights = new()
    {
        ["0.weight"] = Tensor.Of([[1f, 2f], [3f, 4f]]),
        ["0.bias"] = Tensor.Of(1.0),
        ["mask"] = Tensor.Of(true, false, true),
        ["nothing"] = Tensor.Zeros([0]),
    };

    [Fact]
    public void Every_single_flipped_bit_of_a_file_is_refused()
    {
        // given
        var bytes = Bytes(Weights);

        // when, then
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => Read(damaged));
        }
    }

    [Fact]
    public void A_damaged_tensor_is_named()
    {
        // given: the last byte is one of the mask's
        var bytes = Bytes(Weights);
        bytes[^1] ^= 1;

        // when
        var exception = Assert.Throws<InvalidDataException>(() => Read(bytes));

        // then
        Assert.StartsWith("it: tensor 'mask': its bytes have the checksum ", exception.Message);
        Assert.Contains("the file is damaged", exception.Message);
    }

    [Fact]
    public void A_header_that_was_changed_is_refused_before_the_numbers_are_read()
    {
        // given: another name for a tensor, as long as the old one
        var bytes = Bytes(Weights);
        "0.shift"u8[..6].CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("0.bias"u8)));

        // when
        var exception = Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(new MemoryStream(bytes), "it"));

        // then
        Assert.StartsWith("it: what the header says has the checksum ", exception.Message);
    }

    [Fact]
    public void A_file_without_checksums_is_read_and_says_so()
    {
        // given
        var bytes = HostileFile.Bytes("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]);

        // when
        var contents = Read(bytes);

        // then
        Assert.False(contents.HasChecksums);
        Assert.Equal([0f, 0f], contents.Tensors["x"].ToArray<float>());
    }

    [Fact]
    public void A_header_written_in_another_order_and_notation_keeps_its_checksum()
    {
        // given: what a program that reads and writes again may make of it
        var bytes = Bytes(new Dictionary<string, Tensor> { ["a"] = Tensor.Of(1f), ["b"] = Tensor.Of(2f) });
        var length = (int)BitConverter.ToInt64(bytes);
        var entries = Encoding.UTF8.GetString(bytes, 8, length).Trim()[1..^1].Split("},\"");
        var header = $$"""{ "{{entries[2]}}, "{{entries[1]}}}, {{entries[0]}}} }""";

        // when
        var contents = Read(HostileFile.Bytes(header, bytes[(8 + length)..]));

        // then
        Assert.True(contents.HasChecksums);
        Assert.Equal(2f, contents.Tensors["b"].Item<float>());
    }

    [Fact]
    public void Checksums_that_come_as_metadata_are_replaced()
    {
        // given
        var stream = new MemoryStream();

        // when
        var words = new Dictionary<string, string> { ["gradus.crc32.header"] = "00000000", ["gradus.crc32.tensors"] = "", ["kept"] = "yes" };
        SafeTensorsFile.Write(stream, Weights, words);
        var contents = Read(stream.ToArray());

        // then
        Assert.Equal(["kept"], contents.Metadata.Keys);
    }

    [Theory]
    [InlineData("\"gradus.crc32.header\":\"00000000\"", "and not 'gradus.crc32.tensors'")]
    [InlineData("\"gradus.crc32.tensors\":\"00000000\"", "and not 'gradus.crc32.header'")]
    public void One_of_the_two_checksums_alone_is_damage(string metadata, string expected)
    {
        // given
        var bytes = HostileFile.Bytes($$$"""{"__metadata__":{{{{metadata}}}},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]);

        // when
        var exception = Assert.Throws<InvalidDataException>(() => Read(bytes));

        // then
        Assert.Contains(expected, exception.Message);
    }

    private static byte[] Bytes(Dictionary<string, Tensor> tensors)
    {
        var stream = new MemoryStream();
        SafeTensorsFile.Write(stream, tensors, new Dictionary<string, string> { ["format"] = "pt" });
        return stream.ToArray();
    }

    private static SafeTensorsContents Read(byte[] bytes) => SafeTensorsFile.Read(new MemoryStream(bytes), "it");
}
