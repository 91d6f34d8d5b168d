using System.Buffers.Binary;
using System.Text;

namespace Gradus.Formats.Tests;

public class SafeTensorsHostileTests
{
    private const string Good = """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    public static TheoryData<string, int, string> Headers => new()
    {
        // header, bytes of data, a part of the message
        { "", 0, "not JSON" },
        { "[]", 0, "expected an object of tensors, got StartArray" },
        { "{", 0, "not JSON" },
        { "{} {}", 0, "not JSON" },
        { "{\"x\":1}", 0, "expected an object for tensor 'x', got Number" },
        { "{\"x\":{}}", 0, "dtype is missing" },
        { """{"x":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "shape is missing" },
        { """{"x":{"dtype":"F32","shape":[2]}}""", 8, "data_offsets is missing" },
        { """{"x":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""", 8, "expected a string as dtype of tensor 'x', got Number" },
        { """{"x":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}""", 8, "dtype 'F99' is unknown" },
        { """{"x":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "two dtypes" },
        { """{"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "got -2" },
        { """{"x":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "got 2.5" },
        { """{"x":{"dtype":"F32","shape":[1e3],"data_offsets":[0,8]}}""", 8, "got 1e3" },
        { """{"x":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "expected numbers in shape of tensor 'x', got String" },
        { """{"x":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", 8, "got 99999999999999999999" },
        { """{"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "more elements than can be counted" },
        { """{"x":{"dtype":"F32","shape":[9223372036854775807,2,2],"data_offsets":[0,8]}}""", 8, "more elements than can be counted" },
        { """{"x":{"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,8]}}""", 8, "more elements than can be counted" },
        { """{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "F32[3] takes 12 bytes, but data_offsets 0 to 8 are 8" },
        { """{"x":{"dtype":"F4","shape":[1],"data_offsets":[0,1]}}""", 1, "end within a byte" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "begin at 8, after their end at 0" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "got -8" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "data_offsets has 1 numbers, expected 2" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "ends at byte 8 of the data, which have 7" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775799,9223372036854775807]}}""", 8, "ends at byte 9223372036854775807" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "1 more bytes follow" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "bytes 0 to 4 of the data belong to no tensor" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12,
            "tensor 'y' begins at byte 4 of the data, inside the one before it" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "inside the one before it" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}""", 16,
            "bytes 8 to 12 of the data belong to no tensor" },
        { """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "tensor 'x' is given twice" },
        { """{"__metadata__":{"a":1}}""", 0, "expected a string as metadata 'a', got Number" },
        { """{"__metadata__":{"a":"1","a":"2"}}""", 0, "metadata 'a' is given twice" },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, "'__metadata__' is given twice" },
        { """{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "half a surrogate pair" },
        { """{"x":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}""", 1, "bool element 0 is the byte 255" },
        { """{"x":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "17 axes" },
        { """{"x":{"dtype":"F32","shape":[0,4294967296],"data_offsets":[0,0]}}""", 0, "an axis of 4294967296" },
        { """{"x":{"dtype":"F32","shape":[2147483647,2147483647,2147483647,0],"data_offsets":[0,0]}}""", 0, "tensor 'x'" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_that_does_not_hold_together_is_refused_with_the_place(string header, int dataLength, string expected)
    {
        // given
        var data = new byte[dataLength];
        data.AsSpan().Fill(0xff);

        // when
        var exception = Assert.Throws<InvalidDataException>(() => Read(HostileFile.Bytes(header, data)));

        // then
        Assert.StartsWith("evil.safetensors: ", exception.Message);
        Assert.Contains(expected, exception.Message);
    }

    [Theory]
    [InlineData(1L << 60)]
    [InlineData(-1L)]
    [InlineData(100_000_001L)]
    [InlineData(99_999_999L)]
    public void A_header_longer_than_the_file_is_refused_before_anything_is_allocated(long length)
    {
        // given
        var bytes = HostileFile.Bytes(Good, new byte[8]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        Assert.Throws<InvalidDataException>(() => Read(bytes));
        var before = GC.GetAllocatedBytesForCurrentThread();

        // when
        var exception = Assert.Throws<InvalidDataException>(() => Read(bytes));

        // then
        Assert.Contains("at byte 0: a header of", exception.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        // given
        var bytes = HostileFile.Bytes(Good, new byte[8]);

        // when, then
        for (var length = 0; length < bytes.Length; length++) Assert.Throws<InvalidDataException>(() => Read(bytes[..length]));
    }

    [Fact]
    public void A_header_that_is_not_UTF_8_is_refused()
    {
        // given
        var bytes = HostileFile.Bytes(Good.Replace("x", "é"), new byte[8]);
        bytes[bytes.AsSpan().IndexOf("é"u8)] = 0xff;

        // when
        var exception = Assert.Throws<InvalidDataException>(() => Read(bytes));

        // then
        Assert.Contains("is not UTF-8", exception.Message);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        // given
        var header = """{"x":{"later":""" + new string('[', 100_000);

        // when
        var exception = Assert.Throws<InvalidDataException>(() => Read(HostileFile.Bytes(header, [])));

        // then
        Assert.Contains("not JSON", exception.Message);
    }

    [Fact]
    public void Properties_that_a_later_version_may_add_are_passed_over()
    {
        // given
        var header = """{"x":{"dtype":"F32","shape":[2],"later":{"deep":[1,{"a":null}]},"data_offsets":[0,8]}}""";

        // when, then
        Assert.Equal([0f, 0f], Read(HostileFile.Bytes(header, new byte[8])).Tensors["x"].ToArray<float>());
    }

    [Fact]
    public void Random_damage_is_refused_and_never_anything_else()
    {
        // given
        var stream = new MemoryStream();
        SafeTensorsFile.Write(stream, new Dictionary<string, Tensor>
        {
            ["0.weight"] = Tensor.Of([[1f, 2f], [3f, 4f]]),
            ["0.bias"] = Tensor.Of(1.0),
            ["mask"] = Tensor.Of(true, false, true),
            ["größe"] = Tensor.Of(7L),
        }, new Dictionary<string, string> { ["format"] = "pt" });

        // when
        var (refused, read) = HostileFile.Damage(stream.ToArray(), 5000, 1, static damaged => SafeTensorsFile.Read(damaged));

        // then: the same bit flipped twice is no damage
        Assert.True(read <= 5, $"{refused} refused, {read} read");
    }

    [Theory]
    [InlineData("tensors")]
    [InlineData("words")]
    [InlineData("axes")]
    public void A_header_of_hundreds_of_thousands_of_entries_is_refused_before_they_take_more_memory_than_the_file(string kind)
    {
        // given
        var (begin, again) = kind switch
        {
            "words" => ("{\"__metadata__\":{", "\"#\":\"\","),
            "axes" => ("{\"x\":{\"shape\":[0", ",0"),
            _ => ("{", "\"#\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},"),
        };
        var header = new StringBuilder(begin);
        for (var index = 0; index < 200_000; index++) header.Append(again.Replace("#", $"{index}", StringComparison.Ordinal));
        var bytes = HostileFile.Bytes(header.ToString(), []);

        // when
        var exception = Assert.Throws<InvalidDataException>(() => Read(bytes));

        // then
        Assert.Contains("more than ", exception.Message);
    }

    [Fact]
    public void A_message_quotes_no_more_of_a_name_than_can_be_read()
    {
        // given: a name of a megabyte with an escape sequence in it
        var name = "\u001b[31m" + new string('x', 1_000_000);

        // when
        var header = "{\"" + name + "\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        var exception = Assert.Throws<InvalidDataException>(() => Read(HostileFile.Bytes(header, new byte[8])));

        // then
        Assert.InRange(exception.Message.Length, 100, 500);
        Assert.DoesNotContain(exception.Message, char.IsControl);
    }

    [Fact]
    public void Random_bytes_as_a_header_are_refused()
    {
        // given
        var random = new Random(2);
        const string Alphabet = "{}[]\":,0123456789-eE.xX\\u d\"F32shapedtypedata_offsets";

        // when, then
        for (var index = 0; index < 2000; index++)
        {
            var header = new StringBuilder("{");
            for (var length = random.Next(60); length > 0; length--) header.Append(Alphabet[random.Next(Alphabet.Length)]);
            try
            {
                Read(HostileFile.Bytes(header.ToString(), []));
            }
            catch (InvalidDataException)
            {
                // As it should be.
            }
        }
    }

    private static SafeTensorsContents Read(byte[] bytes) => SafeTensorsFile.Read(new MemoryStream(bytes), "evil.safetensors");
}
