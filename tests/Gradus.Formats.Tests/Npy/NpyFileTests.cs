using System.Text;

namespace Gradus.Formats.Tests;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, int, string> Headers => new()
    {
        // dictionary, bytes of data, a part of the message
        { "", 0, "expected '{'" },
        { "{'descr': '<f4', 'fortran_order': False}", 4, "shape is missing" },
        { "{'descr': '<f4', 'shape': (1,)}", 4, "fortran_order is missing" },
        { "{'fortran_order': False, 'shape': (1,)}", 4, "descr is missing" },
        { "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", 4, "'descr' is unexpected" },
        { "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,)}", 4, "expected True or False" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", 4, "expected the sizes of axes" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}", 4, "expected the sizes of axes" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,)}", 4, "an axis of 4294967296" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647)}", 4, "more elements than any memory" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)}", 4, "17 axes" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 4, "<f4[2] takes 8 bytes, but 4 follow the header" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", 5, "takes 4 bytes, but 5 follow" },
        { "{'descr': '>f4', 'fortran_order': False, 'shape': (1,)}", 4, "big-endian" },
        { "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", 4, "could run code" },
        { "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}", 8, "elements of type '<c8' cannot be read" },
        { "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", 4, "arrays with fields cannot be read" },
        { "{'descr': '<f4, 'fortran_order': False, 'shape': (1,)}", 4, "expected '}'" },
        { "{'descr': '<f4", 4, "a string has no end" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + evil()", 4, "nothing may follow" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("(3L,)", "[3]")]
    [InlineData("(3L, 2L)", "[3, 2]")]
    [InlineData("(1l, 3L)", "[1, 3]")]
    [InlineData("()", "[]")]
    [InlineData("( 2 , 3 )", "[2, 3]")]
    [InlineData("(2,3,)", "[2, 3]")]
    public void A_shape_is_read_as_any_Python_wrote_it(string shape, string expected)
    {
        // given
        var sizes = expected.Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries);
        var count = sizes.Aggregate(1, static (product, size) => product * int.Parse(size, System.Globalization.CultureInfo.InvariantCulture));
        var header = Encoding.ASCII.GetBytes($"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. new byte[4 * count]];

        // when
        var tensor = NpyFile.Read(new MemoryStream(bytes));

        // then
        Assert.Equal(expected, $"[{string.Join(", ", tensor.Shape)}]");
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        // given
        Tensor[] tensors = [Tensor.Of([[1f, 2f], [3f, 4f]]).Transpose(), Tensor.Of(1.5, double.NaN),
            Tensor.Of(1L << 60), Tensor.Of(1, -2), Tensor.Of(true, false), Tensor.Scalar(3f), Tensor.Zeros([0, 4])];

        foreach (var tensor in tensors)
        {
            // when
            NpyFile.Write(_folder["it.npy"], tensor);
            var read = NpyFile.Read(_folder["it.npy"]);

            // then
            Assert.Equal(tensor.DType, read.DType);
            Assert.Equal(tensor.Shape, read.Shape);
            Assert.Equal(tensor.Contiguous().Bytes(), read.Bytes());
        }
    }

    [Fact]
    public void The_bytes_are_those_of_NumPy()
    {
        // given
        var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }".PadRight(117) + "\n";

        // when
        var stream = new MemoryStream();
        NpyFile.Write(stream, Tensor.Of([[1f, 2f]]));

        // then
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(text), 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40], stream.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fortran_order_is_turned_into_row_major_order_in_every_version(int version)
    {
        // given
        var bytes = File("{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }", Int32(1, 4, 2, 5, 3, 6), version);

        // when
        var read = NpyFile.Read(new MemoryStream(bytes));

        // then
        Assert.Equal([2, 3], read.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], read.ToArray<int>());
    }

    [Fact]
    public void Half_precision_and_bytes_are_widened()
    {
        // given
        var half = File("{'descr': '<f2', 'fortran_order': False, 'shape': (1,), }", [0x00, 0x3e]);
        var pixels = File("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", [7, 255]);

        // when, then
        Assert.Equal([1.5f], NpyFile.Read(new MemoryStream(half)).ToArray<float>());
        Assert.Equal([7, 255], NpyFile.Read(new MemoryStream(pixels)).ToArray<int>());
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_that_does_not_hold_together_is_refused_with_the_reason(string dictionary, int dataLength, string expected)
    {
        // when
        var exception = Assert.Throws<InvalidDataException>(() => NpyFile.Read(new MemoryStream(File(dictionary, new byte[dataLength])), "evil.npy"));

        // then
        Assert.StartsWith("evil.npy: ", exception.Message);
        Assert.Contains(expected, exception.Message);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        // given
        var bytes = File("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", new byte[8]);

        // when, then
        for (var length = 0; length < bytes.Length; length++) Assert.Throws<InvalidDataException>(() => NpyFile.Read(new MemoryStream(bytes[..length])));
    }

    [Fact]
    public void A_header_length_beyond_the_file_is_refused()
    {
        // given
        byte[] bytes = [0x93, .. "NUMPY"u8, 2, 0, 0xff, 0xff, 0xff, 0xff, .. new byte[20]];

        // when
        var exception = Assert.Throws<InvalidDataException>(() => NpyFile.Read(new MemoryStream(bytes)));

        // then
        Assert.Contains("a header of 4294967295 bytes", exception.Message);
    }

    [Fact]
    public void Random_damage_is_refused_or_read_and_never_anything_else()
    {
        // given
        var valid = File("{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }", Int32(1, 2, 3, 4, 5, 6));

        // when
        var (refused, read) = HostileFile.Damage(valid, 5000, 3, static damaged => NpyFile.Read(damaged));

        // then
        Assert.True(refused > 1000 && read > 200, $"{refused} refused, {read} read");
    }

    private static byte[] Int32(params int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] File(string dictionary, byte[] data, int version = 1)
    {
        var text = Encoding.ASCII.GetBytes(dictionary + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }
}
