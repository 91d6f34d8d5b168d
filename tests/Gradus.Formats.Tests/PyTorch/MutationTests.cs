using Gradus.Testing;

namespace Gradus.Formats.Tests;

/// <summary>Ten thousand damaged copies of each format: each is refused with the one right exception, or read, with little memory and in little time.</summary>
public sealed class MutationTests : IDisposable
{
    private const int Cases = 10_000;

    private static readonly byte[][] Words =
    [
        [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0], [0x80, 0, 0, 0, 0, 0, 0, 0x80],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "PK"u8.ToArray(),
        "(t"u8.ToArray(), ")R"u8.ToArray(), "}s"u8.ToArray(), "0"u8.ToArray(), "2"u8.ToArray(), "e"u8.ToArray(), "cposix\nsystem\n"u8.ToArray(),
        [0x81], [0x93], [0x8B], [0x8D],
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Damaged_zip_files_of_pytorch_are_refused_or_read()
    {
        // given
        PyTorchFile.Write(_folder["a.pt"], Tensors);
        var archive = File.ReadAllBytes(_folder["a.pt"]);
        var checkpoint = Pickles.Archive(Pickles.Dict(Pickles.Good, ("epoch", "K\x07"), ("n", "](K\x01N\u0088e")));

        // when
        var (refused, read) = Damage([archive, checkpoint], static stream => PyTorchFile.Read(stream));

        // then: nearly all damage is noticed, by the checksums
        Assert.Equal(Cases, refused + read);
        Assert.InRange(refused, Cases * 8 / 10, Cases);
    }

    [Fact]
    public void Damaged_pickles_are_refused_or_read()
    {
        // given: the pickle alone, whose archive has the right checksum
        string[] pickles =
        [
            Pickles.Dict(Pickles.Good),
            Pickles.Dict(Pickles.Good, ("epoch", "K\x07"), ("x", "cargparse\nNamespace\n)\x81}b"), ("n", "](K\x01Ne")),
        ];

        // when
        var (refused, read) = Damage([.. pickles.Select(Pickles.Bytes)],
            static stream => PyTorchFile.Read(new MemoryStream(Pickles.Archive(System.Text.Encoding.Latin1.GetString(stream.ToArray())))));

        // then
        Assert.Equal(Cases, refused + read);
        Assert.True(refused > 0 && read > 0);
    }

    [Fact]
    public void Damaged_files_of_pytorch_before_version_1_6_are_refused_or_read()
    {
        // when
        var (refused, read) = Damage([Legacy()], static stream => PyTorchFile.Read(stream));

        // then
        Assert.Equal(Cases, refused + read);
        Assert.True(refused > 0 && read > 0);
    }

    [Fact]
    public void Damaged_files_of_torchsharp_are_refused_or_read()
    {
        // given
        TorchSharpFile.Write(_folder["a.dat"], Tensors);

        // when
        var (refused, read) = Damage([File.ReadAllBytes(_folder["a.dat"])], static stream => TorchSharpFile.Read(stream));

        // then
        Assert.Equal(Cases, refused + read);
        Assert.True(refused > 0 && read > 0);
    }

    /// <summary>A file of five pickles and one storage.</summary>
    internal static byte[] Legacy(long count = 4)
    {
        const string Magic = "\x80\x02\x8A\x0A\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19.\x80\x02M\xE9\x03.\x80\x02}X\x0D\0\0\0little_endian\x88s.";
        var storage = Pickles.Storage().Replace("tQ", "NtQ");
        var root = Pickles.Dict(("w", Pickles.Tensor(storage, [2, 2], [2, 1])));
        return [.. Pickles.Bytes($"{Magic}{root}\x80\x02]{Pickles.Text("0")}a."), .. BitConverter.GetBytes(count), .. new byte[16]];
    }

    private static OrderedDictionary<string, Tensor> Tensors => new()
    {
        ["0.weight"] = Tensor.Of([[1f, 2f], [3f, 4f]]),
        ["0.bias"] = Tensor.Of(1.5, 2.5),
        ["flags"] = Tensor.Of(true, false),
        ["count"] = Tensor.Of(7L),
    };

    private static (int Refused, int Read) Damage(byte[][] good, Action<MemoryStream> read)
    {
        const long MostBytes = 64 << 20;
        return Fuzz.Run(good, Words, Cases, bytes =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(new MemoryStream(bytes));
                return true;
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith("stream: ", exception.Message);
                return false;
            }
            finally
            {
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes + (4 * bytes.Length));
            }
        });
    }
}
