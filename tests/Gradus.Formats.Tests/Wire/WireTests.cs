using Gradus.Testing;

namespace Gradus.Formats.Tests.Wire;

/// <summary>The wire format of protocol buffers.</summary>
public sealed class WireTests
{
    [Theory]
    [InlineData(0, "08-00")]
    [InlineData(1, "08-01")]
    [InlineData(127, "08-7F")]
    [InlineData(128, "08-80-01")]
    // The example of the format's own description.
    [InlineData(150, "08-96-01")]
    [InlineData(-1, "08-FF-FF-FF-FF-FF-FF-FF-FF-FF-01")]
    [InlineData(long.MaxValue, "08-FF-FF-FF-FF-FF-FF-FF-FF-7F")]
    public void A_whole_number_is_written_seven_bits_a_byte(long value, string expected)
    {
        // given
        var message = new WireWriter();

        // when
        message.Whole(1, value);

        // then
        Assert.Equal(expected, BitConverter.ToString(message.Written.ToArray()));
        Assert.Equal(value, new ProtoMessage(message.Written.ToArray()).Whole(1));
        var reader = new WireReader(message.Written);
        Assert.True(reader.Read());
        Assert.Equal((1, value), (reader.Field, (long)reader.Number));
        Assert.False(reader.Read());
    }

    [Fact]
    public void Numbers_texts_and_messages_are_read_as_they_were_written()
    {
        // given
        var message = new WireWriter();

        // when
        message.Real(1, -0.1);
        message.Real32(2, float.NaN);
        message.Reals(3, [1, double.PositiveInfinity]);
        message.Text(4, "größer\ud800");
        message.Message(1000, inner => inner.Message(1, static innermost => innermost.Whole(536_870_911, 7)));
        message.Bytes(5, []);

        // then
        var read = new ProtoMessage(message.Written.ToArray());
        Assert.Equal(-0.1, read.Real(1));
        Assert.Equal(float.NaN, read.Real32(2));
        Assert.Equal([1, double.PositiveInfinity], read.Reals(3));
        Assert.Equal("größer\ufffd", read.Text(4));
        Assert.Equal(7, read.Message(1000).Message(1).Whole(536_870_911));
        Assert.Empty(read.Bytes(5));
        var fields = new List<int>();
        for (var reader = new WireReader(message.Written); reader.Read();) fields.Add(reader.Field);
        Assert.Equal([1, 2, 3, 4, 1000, 5], fields);
    }

    [Theory]
    // A number that does not end, and one that is too long.
    [InlineData("08-80")]
    [InlineData("08-80-80-80-80-80-80-80-80-80-80-01")]
    // A length beyond the end, and one beyond all.
    [InlineData("0A-02-00")]
    [InlineData("0A-FF-FF-FF-FF-FF-FF-FF-FF-FF-01")]
    // Groups, which nobody writes, and numbers that are cut.
    [InlineData("0B")]
    [InlineData("09-00")]
    [InlineData("0D-00-00-00")]
    public void A_damaged_message_is_an_error(string bytes)
    {
        // given
        var message = bytes.Split('-').Select(static part => Convert.ToByte(part, 16)).ToArray();

        // then
        Assert.Throws<InvalidDataException>(() =>
        {
            for (var reader = new WireReader(message); reader.Read();) Assert.InRange(reader.Bytes.Length, 0, message.Length);
        });
    }

    [Fact]
    public void A_message_that_no_reader_takes_is_not_written()
    {
        // given
        var message = new WireWriter(most: 1000);
        var much = new byte[600];
        message.Bytes(1, much);

        // then: on its own, and inside of another
        Assert.Contains("a message of more than 1000 bytes", Assert.Throws<GradusException>(() => message.Bytes(1, much)).Message);
        Assert.Throws<GradusException>(() => new WireWriter(most: 1000).Message(1, inner => inner.Bytes(1, new byte[998])));
    }

    [Theory]
    [InlineData("", 0u)]
    // The check value of the catalog of parametrized CRC algorithms (CRC-32/ISCSI).
    [InlineData("123456789", 0xE3069283u)]
    // crc32c of "The quick brown fox jumps over the lazy dog"
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void Checksums_of_records_are_those_that_others_compute(string text, uint expected) =>
        Assert.Equal(expected, Crc32C.Of(System.Text.Encoding.ASCII.GetBytes(text)));
}
