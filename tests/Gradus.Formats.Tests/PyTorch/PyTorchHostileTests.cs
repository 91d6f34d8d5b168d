using System.IO.Compression;
using System.Text;

namespace Gradus.Formats.Tests;

public sealed class PyTorchHostileTests
{
    private static readonly (string File, string Words)[] Reasons =
    [
        ("01", "posix.system"), ("04", "of 1000000 elements reaches to element 999999 of its storage, which has 4"), ("06", "begins at element -1"),
        ("07", "hold -2; none may be negative"), ("11", "100 axes; at most 16"), ("13", "1000 elements of float32, 4000 bytes, and there are 16"),
        ("14", "data/7: there is no such part"), ("17", "'archive/data.pkl' is there twice"), ("21", "adds to a tensor"), ("23", "place 9 of its memo"),
        ("35", "expected (storage, offset, sizes, strides, …)"), ("51", "4 elements, and there are 3"), ("52", "storage"), ("53", "there are -"),
        ("61", "Git LFS, not the file itself, no PyTorch file. Fetch the file with git lfs pull. It has 102,530,333 bytes."), ("62", "the file is empty"),
        ("63", "this is a safetensors file"), ("64", "this is an .npz file of NumPy"),
    ];

    [Fact]
    public void Every_hostile_file_is_refused_or_read_without_what_is_hostile_in_it()
    {
        // given
        var folder = SharedData.PyTorchFiles();
        int read = 0, refused = 0;

        foreach (var line in File.ReadLines(Path.Combine(folder, "hostile-given.tsv")).Skip(1))
        {
            var (file, wanted) = (line.Split('\t')[0], line.Split('\t')[1]);
            var path = Path.Combine(folder, "hostile", file);
            try
            {
                // when
                var contents = PyTorchFile.Read(path);

                // then
                Assert.Contains("read", wanted);
                Assert.Equal(4, contents.Tensors["w"].Count);
                read++;
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith("refuse", wanted);
                Assert.StartsWith(path, exception.Message);
                Assert.Contains(Reasons.FirstOrDefault(reason => file.StartsWith(reason.File, StringComparison.Ordinal)).Words ?? "", exception.Message);
                refused++;
            }
        }

        Assert.Equal((7, 20), (read, refused));
        Assert.False(File.Exists("/tmp/pwned"));
    }

    public static TheoryData<string, string, string> Pickled => new()
    {
        {
            "offset past the storage", Pickles.Dict(("w", Pickles.Tensor(Pickles.Storage(), [2, 2], [2, 1], 1))),
            "reaches to element 4 of its storage, which has 4"
        },
        { "negative size", Pickles.Dict(("w", Pickles.Tensor(Pickles.Storage(), [-2, 2], [2, 1]))), "the sizes of a tensor hold -2" },
        {
            "2^62 elements that wrap to none", Pickles.Dict(("w", Pickles.Tensor(Pickles.Storage(), [1L << 30, 1L << 30, 16], [0, 0, 0]))),
            "more elements than any memory"
        },
        {
            "2^32 elements of one number", Pickles.Dict(("w", Pickles.Tensor(Pickles.Storage(), [1 << 16, 1 << 16], [0, 0]))),
            "repeat their numbers to 16384 MB"
        },
        {
            "one key as two types", Pickles.Dict(Pickles.Good, ("v", Pickles.Tensor(Pickles.Storage("0", 2, "DoubleStorage"), [2], [1]))),
            "elements of FloatStorage at one place and 2"
        },
        {
            "a class that is no storage", Pickles.Dict(("w", Pickles.Tensor(Pickles.Storage(type: "EvilStorage"), [2], [1]))),
            "torch.EvilStorage is no class of storages"
        },
        { "a text of 4 GB", "\x80\x02X\xFF\xFF\xFF\xFF", "a text of 4294967295 bytes, but only 0 follow" },
        { "a text of 2^62 bytes", "\x80\x04\x8D\0\0\0\0\0\0\0\x40", "a text of 4611686018427387904 bytes" },
        { "a number of 2^31 bytes", "\x80\x02\x8B\xFF\xFF\xFF\x7F", "a number of 2147483647 bytes" },
        { "a frame of 2^60 bytes", "\x80\x04\x95\0\0\0\0\0\0\0\x10", "a frame of" },
        { "a negative length", "\x80\x02\x8B\xFF\xFF\xFF\xFF", "a number of -1 bytes" },
        { "an extension", "\x80\x02\x82\x01.", "operation 0x82" },
        { "a buffer outside", "\x80\x05\x97.", "operation 0x97" },
        { "an empty stack", "\x80\x02.", "its stack is empty" },
        { "no end", "\x80\x02}", "1 more bytes are needed, but only 0 follow" },
        { "what follows the end", "\x80\x02}.}", "1 bytes follow" },
        { "a protocol of tomorrow", "\x80\x09}.", "protocol 9" },
        { "a whole network", "\x80\u0002cmodels\nNet\n)\x81}" + Pickles.Text("_modules") + "}sb.", "a whole network of the class models.Net" },
        { "a call of a list", "\x80\x02])R.", "REDUCE calls a list" },
        { "a number alone", "\x80\x02K\x01.", "it holds a number" },
        { "no tensors", Pickles.Dict(("args", "cargparse\nNamespace\n)\x81")), "1 value was left out: args: argparse.Namespace" },
    };

    [Theory, MemberData(nameof(Pickled))]
    public void What_a_pickle_must_not_say_is_refused_by_its_place_and_reason(string what, string pickle, string words)
    {
        // when
        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<InvalidDataException>(() => Pickles.Read(Pickles.Archive(pickle)));

        // then
        Assert.StartsWith("it.pt: ", exception.Message);
        Assert.True(exception.Message.Contains(words, StringComparison.Ordinal), $"{what}: {exception.Message}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 22);
    }

    [Fact]
    public void Code_beside_a_tensor_is_left_out_and_named()
    {
        // given
        const string Evil = "cbuiltins\neval\n(X\x04\0\0\0exittR";
        const string Wrapped = "cos\n_wrap_close\n)\x81}X\x01\0\0\0xK\x01sb";

        // when
        var contents = Pickles.Read(Pickles.Archive(Pickles.Dict(Pickles.Good, ("x", Evil), ("y", Wrapped))));

        // then
        Assert.Equal(["w"], contents.Tensors.Keys);
        Assert.Equal("2 values were left out: x: builtins.eval, y: os._wrap_close.", contents.DescribeLeftOut());
    }

    [Fact]
    public void Lists_within_lists_dictionaries_within_themselves_and_lists_of_lists_of_one_list_have_an_end()
    {
        // given: 200,000 lists one in another; 60 lists each of which holds the one before four times
        var nested = new string(']', 200_000) + new string('a', 199_999);
        var shared = new StringBuilder("]");
        for (var level = 0; level < 60; level++) shared.Append($"q{(char)level}0](h{(char)level}h{(char)level}h{(char)level}h{(char)level}e");
        const string Cycle = "}qÿX\x04\0\0\0selfhÿs";

        // when
        var contents = Pickles.Read(Pickles.Archive(Pickles.Dict(Pickles.Good, ("n", nested), ("l", shared.ToString()), ("c", Cycle))));

        // then
        Assert.Equal(["w"], contents.Tensors.Keys);
        Assert.Contains("nested deeper than 64 levels", contents.DescribeLeftOut());
    }

    [Fact]
    public void A_pickle_whose_objects_would_fill_the_memory_is_refused()
    {
        // given: four million lists; a list of a hundred thousand that is copied again and again
        var lists = new string(']', 4_000_000);
        var copies = $"]q\0({new string('N', 100_000)}e{string.Concat(Enumerable.Repeat("cbuiltins\ntuple\n(h\0tR0", 10_000))}";

        foreach (var pickle in (string[])[lists, copies])
        {
            // when
            var exception = Assert.Throws<InvalidDataException>(() => Pickles.Read(Pickles.Archive(Pickles.Dict(Pickles.Good, ("x", pickle)))));

            // then
            Assert.Contains("its objects take more than", exception.Message);
        }
    }

    [Fact]
    public void Archives_that_unpack_to_far_more_than_they_are_are_refused()
    {
        // given: 128 MB of zeros as a storage, and as a pickle
        var zeros = new byte[128 << 20];
        var storage = Pickles.Archive(CompressionLevel.Optimal,
            ("a/data.pkl", Pickles.Bytes(Pickles.Dict(("w", Pickles.Tensor(Pickles.Storage(count: zeros.Length / 4), [1], [1]))))), ("a/data/0", zeros));
        var pickle = Pickles.Archive(CompressionLevel.Optimal, ("a/data.pkl", zeros));

        // when
        var first = Assert.Throws<InvalidDataException>(() => Pickles.Read(storage));
        var second = Assert.Throws<InvalidDataException>(() => Pickles.Read(pickle));

        // then
        Assert.Contains("'w': the storages up to it unpack to 128 MB, in a file of ", first.Message);
        Assert.Contains("data.pkl: 134217728 bytes, packed in ", second.Message);
    }

    [Fact]
    public void Every_single_flipped_bit_of_a_weight_is_noticed()
    {
        // given
        var file = Pickles.Archive(Pickles.Dict(Pickles.Good));
        var at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes("a/data/0")) + "a/data/0".Length;

        for (var bit = 0; bit < 8 * 16; bit++)
        {
            var damaged = (byte[])file.Clone();
            damaged[at + (bit / 8)] ^= (byte)(1 << (bit % 8));

            // when
            var exception = Assert.Throws<InvalidDataException>(() => Pickles.Read(damaged));

            // then
            Assert.Contains("it.pt: data/0: the bytes have the checksum", exception.Message);
        }
    }

    [Theory]
    [InlineData("constants.pkl", "this is a TorchScript archive")]
    [InlineData("code/net.py", "torch.save(model.state_dict(), \"weights.pt\")")]
    public void A_program_is_refused_with_the_line_that_saves_its_weights(string part, string words)
    {
        // when
        var file = Pickles.Archive(CompressionLevel.NoCompression, ("a/data.pkl", Pickles.Bytes("\x80\x02}.")), ($"a/{part}", []));
        var exception = Assert.Throws<InvalidDataException>(() => Pickles.Read(file));

        // then
        Assert.Contains(words, exception.Message);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>", "this is a web page")]
    [InlineData("PYTORCH1....", "a preview of PyTorch 1.0")]
    [InlineData("not a model at all", "begins neither as a zip archive nor as a pickle does")]
    [InlineData("\x80\x04\x95\x02\0\0\0\0\0\0\0}.", "a pickle of Python, but not one that torch.save wrote")]
    public void What_is_no_file_of_pytorch_is_told_what_it_is(string file, string words)
    {
        // when
        var exception = Assert.Throws<InvalidDataException>(() => Pickles.Read(Pickles.Bytes(file)));

        // then
        Assert.StartsWith("it.pt: ", exception.Message);
        Assert.Contains(words, exception.Message);
    }
}
