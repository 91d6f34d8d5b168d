using System.IO.Compression;

namespace Gradus.Formats.Tests;

public sealed class NpzFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_and_equal_inputs_give_equal_bytes()
    {
        // given
        var tensors = new OrderedDictionary<string, Tensor> { ["y"] = Tensor.Of(1L, 2), ["x"] = Tensor.Of([[1f, 2f]]) };

        // when
        NpzFile.Write(_folder["first.npz"], tensors);
        NpzFile.Write(_folder["second.npz"], new OrderedDictionary<string, Tensor>(tensors.Reverse()));
        var read = NpzFile.Read(_folder["first.npz"]);

        // then
        Assert.Equal(["x", "y"], read.Keys);
        Assert.Equal([1L, 2], read["y"].ToArray<long>());
        Assert.Equal([1f, 2f], read["x"].ToArray<float>());
        Assert.Equal(File.ReadAllBytes(_folder["first.npz"]), File.ReadAllBytes(_folder["second.npz"]));
    }

    [Fact]
    public void More_arrays_than_sixteen_bits_count_are_written_and_read()
    {
        // given
        var one = Tensor.Of(7);
        var tensors = Enumerable.Range(0, 70_000).ToDictionary(static number => $"{number}", _ => one);

        // when
        NpzFile.Write(_folder["it"], tensors);
        var read = NpzFile.Read(_folder["it"]);

        // then
        Assert.Equal(70_000, read.Count);
        Assert.Equal([7], read["69999"].ToArray<int>());
    }

    [Fact]
    public void What_could_not_be_read_is_not_written()
    {
        // given
        var one = Tensor.Of(1f);
        var many = Enumerable.Range(0, 131_073).ToDictionary(static number => $"{number}", _ => one);
        string RefusedAll(Dictionary<string, Tensor> tensors) => Assert.Throws<GradusException>(() => NpzFile.Write(_folder["it"], tensors)).Message;
        string Refused(string name) => RefusedAll(new() { [name] = one });

        // then
        Assert.Equal("npz: 131073 arrays; at most 131072 are read. Write them to several files.", RefusedAll(many));
        Assert.StartsWith("npz: the name 'aaa", Refused(new string('a', 70_000)));
        Assert.Equal("npz: 'half \u00B7' holds half a surrogate pair and cannot be written as UTF-8.", Refused("half \ud800"));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Compressed_archives_are_read()
    {
        // given
        var zeros = Tensor.Zeros([1000, 100]);

        // when
        var read = NpzFile.Read(Archive(("a.npy", zeros)));

        // then
        Assert.Equal([1000, 100], read["a"].Shape);
    }

    [Fact]
    public void A_name_that_is_there_twice_is_refused()
    {
        // given
        var archive = Archive(("a.npy", Tensor.Of(1f)), ("a.npy", Tensor.Of(2f)));

        // when
        var exception = Assert.Throws<InvalidDataException>(() => NpzFile.Read(archive, "evil.npz"));

        // then
        Assert.Equal("evil.npz: 'a.npy' is there twice.", exception.Message);
    }

    [Fact]
    public void A_part_that_claims_more_than_its_bytes_can_hold_is_refused_before_it_is_opened()
    {
        // given: the central directory, whose mark is PK\1\2, says how long each part will be
        var bytes = Archive(("a.npy", Tensor.Of(1f))).ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 24), int.MaxValue);

        // when
        var exception = Assert.Throws<InvalidDataException>(() => NpzFile.Read(new MemoryStream(bytes), "evil.npz"));

        // then
        Assert.StartsWith("evil.npz: a.npy: 2147483647 bytes are said to lie in", exception.Message);
    }

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        // when
        var exception = Assert.Throws<InvalidDataException>(() => NpzFile.Read(new MemoryStream("no archive at all"u8.ToArray()), "evil.npz"));

        // then
        Assert.StartsWith("evil.npz: the archive is damaged", exception.Message);
    }

    [Fact]
    public void Random_damage_is_refused_or_changes_nothing_that_is_read()
    {
        // given
        var valid = Archive(("a.npy", Tensor.Of([[1f, 2f], [3f, 4f]])), ("b.npy", Tensor.Of(true, false))).ToArray();

        // when
        var (refused, read) = HostileFile.Damage(valid, 3000, 4, AssertTheSame);

        // then
        Assert.True(refused > 2000 && read > 100, $"{refused} refused, {read} read");

        static void AssertTheSame(Stream damaged)
        {
            var tensors = NpzFile.Read(damaged);
            Assert.Equal(["a", "b"], tensors.Keys);
            Assert.Equal([1f, 2f, 3f, 4f], tensors["a"].ToArray<float>());
            Assert.Equal([true, false], tensors["b"].ToArray<bool>());
        }
    }

    private static MemoryStream Archive(params (string Name, Tensor Tensor)[] parts)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, tensor) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                NpyFile.Write(part, tensor);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
