using System.IO.Compression;
using Gradus.Formats;
using Gradus.Testing;

namespace Gradus.Data.Tests;

public sealed class ArrayFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("it.npz")]
    [InlineData("it.safetensors")]
    public void Floats_with_whole_numbers_are_samples_with_labels(string name)
    {
        // given
        var path = Write(name, ("x", Tensor.Of([[1f, 2f], [3f, 4f], [5f, 6f]])), ("y", Tensor.Of(0L, 2L, 1L)), ("z", Tensor.Of(1f)));

        // when
        var data = ArrayFile.Load(path, inputs: "x", targets: "y");

        // then
        Assert.Equal("it: 3 samples [2], 3 classes", data.ToString());
        Assert.Equal(["0", "1", "2"], data.ClassNames);
        Assert.Equal([0, 2, 1], data.Labels!);
        Assert.Equal([5f, 6f, 1f, 2f], data.Read([2, 0]).Input.ToArray<float>());
        Assert.Equal(["x", "y", "z"], ArrayFile.Names(path).Order());
    }

    [Fact]
    public void Floats_as_targets_are_numeric_targets()
    {
        // given
        var path = Write("it.npz", ("in", Tensor.Of([[[1.0], [2.0]]])), ("out", Tensor.Of([[3f, 4f]])), ("one", Tensor.Of(7f)));

        // then
        Assert.Equal("it: 1 samples [2, 1], 2 targets", ArrayFile.Load(path, "in", "out").ToString());
        Assert.Equal([7f], ArrayFile.Load(path, "in", "one").Targets!);
        Assert.Equal("it: 1 samples [2, 1]", ArrayFile.Load(path, "in", null).ToString());
        Assert.Equal("it: 1 samples [1], 1 target", ArrayFile.Load(path, "one", "one").ToString());
    }

    [Theory]
    [InlineData("it.npy", "[1, 2, 3]", "(2, 2, 3)", new byte[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("it.npy", "[3, 2, 1]", "(2, 2, 1, 3)", new byte[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData("it.npy", "[1, 2, 3]", "(2, 2, 3, 1)", new byte[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("it.npy", "[3, 2, 1]", "(2, 3, 2, 1)", new byte[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData("it.npy", "[6]", "(2, 6)", new byte[] { 0, 1, 2, 3, 4, 5 })]
    public void Bytes_are_pixels_with_their_channels_first(string name, string shape, string sizes, byte[] first)
    {
        // given
        var path = _folder.Write(name, Npy("|u1", sizes, [.. Enumerable.Range(0, 12).Select(static value => (byte)value)]));

        // when
        var data = ArrayFile.Load(path, targets: null);

        // then
        Assert.Equal($"it: 2 samples {shape}", data.ToString());
        Assert.Equal(first.Select(static value => value / 255f), data.Read([0]).Input.ToArray<float>());
    }

    [Fact]
    public void A_file_is_split_at_random_or_by_its_arrays()
    {
        // given
        var samples = Tensor.From(Enumerable.Range(0, 20).Select(static value => (float)value).ToArray(), [20, 1]);
        var whole = Write("whole.npz", ("x", samples), ("y", samples.To(DType.Int64).Flatten()));
        var parts = Write("parts.npz", ("x_train", samples), ("y_train", samples.To(DType.Int64).Flatten()),
            ("x_test", samples[..3]), ("y_test", Tensor.Of(0L, 1L, 2L)));

        // when
        var (random, told) = (ArrayFile.LoadSplit(whole), ArrayFile.LoadSplit(parts, new() { ValidationShare = 0.2 }));

        // then
        Assert.Equal((16, 2, 2), (random.Train.Count, random.Validation.Count, random.Test.Count));
        Assert.Equal((16, 4, 3), (told.Train.Count, told.Validation.Count, told.Test.Count));
        Assert.Equal(20, told.Test.ClassNames!.Count);
        Assert.Null(ArrayFile.LoadSplit(Write("no.npz", ("x", samples))).Train.ClassNames);
        Assert.Contains("1 samples are too few", Assert.Throws<InvalidDataException>(() => ArrayFile.LoadSplit(Write("one.npz", ("x", samples[..1])))).Message);
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_refused_with_file_and_array()
    {
        // given
        var path = Write("it.npz", ("x", Tensor.Of([[1f], [2f]])), ("nan", Tensor.Of([[1f], [float.NaN]])), ("three", Tensor.Of(1L, 2L, 3L)),
            ("minus", Tensor.Of(0L, -1L)), ("large", Tensor.Of(0L, 1L << 40)), ("wide", Tensor.Of([[1L, 2L], [3L, 4L]])),
            ("none", Tensor.Zeros([0, 2])));

        // then
        Refused("there is no array 'y'. There are: ", "x", "y");
        Refused("array 'three': got sizes [3], expected one target for each of 2 samples: [2].", "x", "three");
        Refused("array 'minus': label 1 is -1, expected 0 to 65535.", "x", "minus");
        Refused("array 'large': label 1 is 1099511627776, expected 0 to 65535.", "x", "large");
        Refused("array 'wide': got whole numbers [2,2], expected labels [2].", "x", "wide");
        Refused("array 'nan': element 1 is NaN, no finite float32 number.", "nan", "three");
        Refused("array 'none': got sizes [0,2], expected [samples, …].", "none", "three");
        Assert.Contains("label 0 is 1, expected 0 to 0", Assert.Throws<InvalidDataException>(() => ArrayFile.Load(path, "three", "three", ["only"])).Message);

        void Refused(string message, string inputs, string targets)
        {
            var error = Assert.Throws<InvalidDataException>(() => ArrayFile.Load(path, inputs, targets));
            Assert.StartsWith($"{path}: ", error.Message);
            Assert.Contains(message, error.Message);
        }
    }

    [Fact]
    public void An_archive_that_unpacks_to_far_more_than_its_file_takes_no_memory()
    {
        // given: 100 MB of zeros in 100 KB
        var path = Path.Combine(_folder.Path, "bomb.npz");
        using (var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        {
            using var part = archive.CreateEntry("x.npy").Open();
            part.Write(Npy("|u1", "(100000000,)", []));
            for (var piece = 0; piece < 100; piece++) part.Write(new byte[1_000_000]);
        }

        // when
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => ArrayFile.Load(path, targets: null));

        // then
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 22);
        Assert.Contains("take 95 MB; 64 MB are allowed for a file of ", error.Message);
    }

    [Theory]
    [InlineData("npz")]
    [InlineData("npy")]
    [InlineData("safetensors")]
    public void A_damaged_file_is_read_or_refused_with_its_name_in_little_memory(string format)
    {
        // given
        var good = format == "npy"
            ? [Npy("<f4", "(2, 1)", [1, 2, 3, 4, 5, 6, 7, 8]), Npy("|u1", "(2, 3)", [1, 2, 3, 4, 5, 6])]
            : new[] { ("x", Tensor.Of([[1f, 2f], [3f, 4f]])), ("x", Tensor.Of([[1L, 2L], [3L, 4L]])) }.Select((x, index) =>
                File.ReadAllBytes(Write($"good{index}.{format}", x, ("y", Tensor.Of(0L, 1L))))).ToArray();
        if (format == "safetensors") good = [.. good, Plain()];
        byte[][] words = [[0, 0, 0, 0], [255, 255, 255, 255], [255, 255, 255, 127], .. new[]
        {
            "PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "'<f8'", "'|u1'", "'|O'", "True", "(2147483647, 2147483647)", "(0, 2)",
            "U8", "F64", "BOOL", "[0,2]", "[2,0]", "x", "y",
        }.Select(System.Text.Encoding.UTF8.GetBytes)];
        var path = Path.Combine(_folder.Path, "it." + format);

        // when
        var (refused, read) = Fuzz.Run(good, words, 1000, bytes =>
        {
            File.WriteAllBytes(path, bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                _ = ArrayFile.Load(path, targets: format == "npy" ? null : "y");
                return true;
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith(path, exception.Message);
                Assert.DoesNotContain('\n', exception.Message);
                return false;
            }
            finally
            {
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1L << 26) + (1 << 20) + (10 * bytes.Length));
            }
        });

        // then
        Assert.True(refused > 300 && read >= 1, $"{refused} refused, {read} read");
    }

    /// <summary>A safetensors file as other programs write it: without checksums, which would refuse nearly all damage.</summary>
    private static byte[] Plain()
    {
        var header = """{"x":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"y":{"dtype":"U8","shape":[2],"data_offsets":[8,10]}}"""u8;
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[10]];
    }

    private static byte[] Npy(string type, string sizes, byte[] data)
    {
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {sizes}, }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(text), .. data];
    }

    private string Write(string name, params (string Name, Tensor Tensor)[] arrays)
    {
        var path = Path.Combine(_folder.Path, name);
        var tensors = arrays.ToDictionary(static array => array.Name, static array => array.Tensor);
        if (name.EndsWith(".npz")) NpzFile.Write(path, tensors);
        else SafeTensorsFile.Write(path, tensors);
        return path;
    }
}
