using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Gradus.Formats.Tests;

public sealed class NpzHostileTests
{
    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Every_single_flipped_bit_is_refused_or_changes_nothing_that_is_read(CompressionLevel level)
    {
        // given
        var bytes = Archive(level, ("a.npy", Tensor.Of([[1f, 2f], [3f, 4f]])), ("b.npy", Tensor.Of(true, false)));
        var refused = 0;

        // when
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                var tensors = NpzFile.Read(new MemoryStream(damaged));
                Assert.Equal(["a", "b"], tensors.Keys);
                Assert.Equal([1f, 2f, 3f, 4f], tensors["a"].ToArray<float>());
                Assert.Equal([true, false], tensors["b"].ToArray<bool>());
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        // then: what is left are versions, times and attributes, 22 bytes of each part, and unused bits of the compressed data
        Assert.InRange(refused, (8 * bytes.Length) - (2 * 8 * 24), 8 * bytes.Length);
    }

    [Fact]
    public void A_damaged_part_is_named()
    {
        // given
        var bytes = Archive(CompressionLevel.NoCompression, ("a.npy", Tensor.Of(1f)), ("b.npy", Tensor.Of(2f)));
        bytes[bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0, 0, 0x40]) + 2] ^= 1;

        // when
        var exception = Assert.Throws<InvalidDataException>(() => NpzFile.Read(new MemoryStream(bytes), "it.npz"));

        // then
        Assert.StartsWith("it.npz: b.npy: the bytes have the checksum ", exception.Message);
    }

    [Fact]
    public void Damage_behind_the_last_byte_of_an_array_is_named()
    {
        // given: a block that is not compressed and not the last, which ends where the 8,192 bytes that are read at once do; behind it a block of no known type
        var array = new MemoryStream();
        NpyFile.Write(array, Tensor.Zeros([8187 - 128], DType.Bool));
        byte[] packed = [0, 0xFB, 0x1F, 0x04, 0xE0, .. array.ToArray(), 0xFF];
        var archive = new MemoryStream(Deflated("a.npy", array.ToArray(), packed));

        // when
        var exception = Assert.Throws<InvalidDataException>(() => NpzFile.Read(archive, "it.npz"));

        // then
        Assert.StartsWith("it.npz: a.npy: the compressed data are damaged: ", exception.Message);
    }

    [Fact]
    public void An_archive_that_says_it_has_more_parts_than_any_has_is_refused_before_they_are_looked_for()
    {
        // given: the last record in its wide form, which counts up to 2⁶³
        var bytes = Archive(CompressionLevel.NoCompression, ("a.npy", Tensor.Of(1f)));
        var end = bytes.Length - 22;
        var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end + 16));
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end + 12));

        // when
        string Refused(long count)
        {
            using var archive = new MemoryStream([.. bytes.AsSpan(0, end), .. WideEnd(start, length, count, end)]);
            return Assert.Throws<InvalidDataException>(() => NpzFile.Read(archive, "it.npz")).Message;
        }

        // then
        Assert.Equal("it.npz: 9000000000000000000 arrays; at most 131072 are read.", Refused(9_000_000_000_000_000_000));
        Assert.Contains("its directory of 2 entries has ", Refused(2));
        Assert.Contains("its directory says that it has 0 entries, and goes on behind them", Refused(0));
    }

    [Fact]
    public void Parts_that_overlap_are_refused()
    {
        // given: the second entry of the directory points at the first part, under the same name but for its last letter
        var bytes = Archive(CompressionLevel.Optimal, ("a.npy", Tensor.Zeros([1000])), ("a.npz", Tensor.Zeros([1000])));
        var second = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        bytes[second + 46 + 4] = (byte)'y';
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(second + 42), 0);

        // when
        var exception = Assert.Throws<InvalidDataException>(() => NpzFile.Read(new MemoryStream(bytes), "it.npz"));

        // then
        Assert.Contains("overlaps the part before it", exception.Message);
    }

    [Fact]
    public void Archives_that_were_written_to_a_pipe_are_read()
    {
        // given: checksum and sizes then follow the data
        var pipe = new Pipe();
        using (var archive = new ZipArchive(pipe, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = archive.CreateEntry("a.npy").Open();
            NpyFile.Write(part, Tensor.Of(1f, 2f));
        }

        // when
        var tensors = NpzFile.Read(new MemoryStream(pipe.Written.ToArray()));

        // then
        Assert.Equal([1f, 2f], tensors["a"].ToArray<float>());
    }

    [Fact]
    public void An_archive_as_NumPy_writes_it_with_wide_sizes_is_read()
    {
        // given: zipfile.ZipFile.open(name, 'w', force_zip64=True) of Python 3.11, as numpy.savez uses it, of numpy.arange(3, dtype='f4')
        var bytes = Convert.FromBase64String(WideBase64);

        // when
        var tensors = NpzFile.Read(new MemoryStream(bytes));

        // then
        Assert.Equal([0f, 1f, 2f], tensors["arr_0"].ToArray<float>());
    }

    private const string WideBase64 =
        "UEsDBC0AAAAAAAAAIQC2jIZT//////////8JABQAYXJyXzAubnB5AQAQAIwAAAAAAAAAjAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcm" +
        "Rlcic6IEZhbHNlLCAnc2hhcGUnOiAoMywpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgAAAAAAAIA/" +
        "AAAAQFBLAQItAy0AAAAAAAAAIQC2jIZTjAAAAIwAAAAJAAAAAAAAAAAAAACAAQAAAABhcnJfMC5ucHlQSwUGAAAAAAEAAQA3AAAAxwAAAAAA";

    /// <summary>The record of a directory that counts in 64 bits, what points to it, and the record that says so.</summary>
    private static byte[] WideEnd(long start, long length, long count, long at)
    {
        var record = new byte[56 + 20 + 22];
        BinaryPrimitives.WriteUInt32LittleEndian(record, 0x06064B50);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(4), 44);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(32), count);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(40), length);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(48), start);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(56), 0x07064B50);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(64), at);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(76), 0x06054B50);
        record.AsSpan(84, 12).Fill(255);
        return record;
    }

    /// <summary>An archive of one part, compressed by hand.</summary>
    private static byte[] Deflated(string name, byte[] content, byte[] packed)
    {
        using var result = new MemoryStream();
        using var writer = new BinaryWriter(result);
        void Write(params ReadOnlySpan<int> shorts)
        {
            foreach (var value in shorts) writer.Write((ushort)value);
        }

        void WriteFacts()
        {
            // Version, no flags, deflated, no time; then checksum and sizes.
            Write(20, 0, 8, 0, 33);
            writer.Write(Crc32.Of(content));
            writer.Write(packed.Length);
            writer.Write(content.Length);
        }

        writer.Write(0x04034B50);
        WriteFacts();
        Write(name.Length, 0);
        writer.Write(Encoding.ASCII.GetBytes(name));
        writer.Write(packed);
        var start = (int)result.Position;
        writer.Write(0x02014B50);
        Write(20);
        WriteFacts();
        Write(name.Length, 0, 0, 0, 0, 0, 0, 0, 0);
        writer.Write(Encoding.ASCII.GetBytes(name));
        var length = (int)result.Position - start;
        writer.Write(0x06054B50);
        Write(0, 0, 1, 1);
        writer.Write(length);
        writer.Write(start);
        Write(0);
        return result.ToArray();
    }

    private static byte[] Archive(CompressionLevel level, params (string Name, Tensor Tensor)[] parts)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, tensor) in parts)
            {
                using var part = archive.CreateEntry(name, level).Open();
                NpyFile.Write(part, tensor);
            }
        }

        return stream.ToArray();
    }

    private sealed class Pipe : OneWayStream
    {
        public MemoryStream Written { get; } = new();

        public override bool CanWrite => true;

        public override void Write(ReadOnlySpan<byte> buffer) => Written.Write(buffer);
    }
}
