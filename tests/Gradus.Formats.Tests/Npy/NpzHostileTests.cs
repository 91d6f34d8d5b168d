using System.Buffers.Binary;
using System.IO.Compression;

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

    private sealed class Pipe : Stream
    {
        public MemoryStream Written { get; } = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Written.Write(buffer, offset, count);
    }
}
