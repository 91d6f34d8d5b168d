using System.Buffers.Binary;

namespace Gradus.Formats.Tests;

public sealed class SafeTensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back()
    {
        // given
        var tensors = new Dictionary<string, Tensor>
        {
            ["weights"] = Tensor.Randn([300, 7], generator: new Generator(1)),
            ["doubles"] = Tensor.Of(0.1, -0.0, double.NaN, double.PositiveInfinity),
            ["longs"] = Tensor.Of(long.MinValue, long.MaxValue),
            ["ints"] = Tensor.Of([[1, 2, 3], [4, 5, 6]]),
            ["flags"] = Tensor.Of(true, false, true),
            ["scalar"] = Tensor.Scalar(2.5f),
            ["nothing"] = Tensor.Zeros([3, 0, 2]),
            ["größe · 尺寸 \"quoted\""] = Tensor.Of(1f),
        };
        var metadata = new Dictionary<string, string> { ["format"] = "gradus", ["note"] = "a\nb ü" };

        // when
        SafeTensorsFile.Write(_folder["it"], tensors, metadata);
        var read = SafeTensorsFile.Read(_folder["it"]);

        // then
        Assert.Equal(metadata, read.Metadata);
        Assert.True(read.HasChecksums);
        Assert.Equal(tensors.Keys.Order(), read.Tensors.Keys.Order());
        foreach (var (name, tensor) in tensors) AssertSame(tensor, read.Tensors[name]);
    }

    [Fact]
    public void The_bytes_are_those_of_the_reference_implementation_given_the_checksums_as_metadata()
    {
        // given: the checksums by zlib.crc32, of the data and of the lines that stand for the header
        var tensors = new Dictionary<string, Tensor> { ["b"] = Tensor.Of([[1f, 2f]]), ["flag"] = Tensor.Of(true), ["a"] = Tensor.Of(3L) };
        const string header = """{"__metadata__":{"format":"pt","gradus.crc32.header":"c0b3fd8f","gradus.crc32.tensors":"ebadd88a2e3fa576a505df1b"},"a":""" +
            """{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]},"flag":""" +
            """{"dtype":"BOOL","shape":[1],"data_offsets":[16,17]}}""";

        // when
        SafeTensorsFile.Write(_folder["it"], tensors, new Dictionary<string, string> { ["format"] = "pt" });

        // then
        byte[] data = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 1];
        Assert.Equal(HostileFile.Bytes(header.PadRight((header.Length + 7) / 8 * 8), data), File.ReadAllBytes(_folder["it"]));
    }

    [Fact]
    public void Equal_inputs_give_equal_bytes_in_whatever_order_they_come()
    {
        // given
        var names = new[] { "x", "b", "layer.10", "layer.2", "a" };
        var tensors = names.Select((name, index) => KeyValuePair.Create(name, index % 2 == 0 ? Tensor.Of((float)index) : Tensor.Of((double)index))).ToArray();
        var metadata = new[] { KeyValuePair.Create("one", "1"), KeyValuePair.Create("two", "2") };

        // when
        SafeTensorsFile.Write(_folder["first"], new OrderedDictionary<string, Tensor>(tensors), new OrderedDictionary<string, string>(metadata));
        SafeTensorsFile.Write(_folder["second"], new OrderedDictionary<string, Tensor>(tensors.Reverse()),
            new OrderedDictionary<string, string>(metadata.Reverse()));

        // then
        Assert.Equal(File.ReadAllBytes(_folder["first"]), File.ReadAllBytes(_folder["second"]));
    }

    [Fact]
    public void The_data_begin_at_a_multiple_of_8_and_the_header_says_where()
    {
        // given
        SafeTensorsFile.Write(_folder["it"], new Dictionary<string, Tensor> { ["x"] = Tensor.Of([[1f, 2f, 3f]]), ["wide"] = Tensor.Of(1.0) });

        // when
        var header = SafeTensorsFile.Inspect(_folder["it"]);

        // then
        Assert.Equal(0, header.DataStart % 8);
        Assert.Equal(["wide F64[1] at 0…8", "x F32[1,3] at 8…20"], header.Tensors.Select(static entry => entry.ToString()));
        Assert.Empty(header.Metadata);
        Assert.Equal(1f, BinaryPrimitives.ReadSingleLittleEndian(File.ReadAllBytes(_folder["it"]).AsSpan((int)header.DataStart + 8)));
    }

    [Fact]
    public void Views_are_written_as_what_they_show()
    {
        // given
        var matrix = Tensor.Of([[1f, 2f, 3f], [4f, 5f, 6f]]);

        // when
        SafeTensorsFile.Write(_folder["it"], new Dictionary<string, Tensor> { ["transposed"] = matrix.Transpose(), ["column"] = matrix.Select(1, 1) });
        var read = SafeTensorsFile.Read(_folder["it"]).Tensors;

        // then
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], read["transposed"].ToArray<float>());
        Assert.Equal([2f, 5f], read["column"].ToArray<float>());
    }

    [Fact]
    public void Half_precision_and_small_integers_are_widened()
    {
        // given
        var header = """{"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},"u":{"dtype":"U8","shape":[2],"data_offsets":[8,10]},"i":{"dtype":"I8","shape":[2],"data_offsets":[10,12]},"s":{"dtype":"I16","shape":[1],"data_offsets":[12,14]},"t":{"dtype":"U16","shape":[1],"data_offsets":[14,16]}}""";
        var data = Convert.FromHexString("003e00c0" + "c03f00c0" + "00ff" + "7fff" + "ffff" + "ffff");

        // when
        var read = SafeTensorsFile.Read(new MemoryStream(HostileFile.Bytes(header, data))).Tensors;

        // then
        Assert.Equal([1.5f, -2f], read["h"].ToArray<float>());
        Assert.Equal([1.5f, -2f], read["b"].ToArray<float>());
        Assert.Equal([0, 255], read["u"].ToArray<int>());
        Assert.Equal([127, -1], read["i"].ToArray<int>());
        Assert.Equal([-1], read["s"].ToArray<int>());
        Assert.Equal([65535], read["t"].ToArray<int>());
    }

    [Fact]
    public void Half_precision_is_written_as_it_is()
    {
        // given
        var values = Tensor.Of(1.5f, -2f);

        // when
        SafeTensorsFile.Write(_folder["it"], new Dictionary<string, Tensor> { ["h"] = values.To(DType.Float16), ["b"] = values.To(DType.BFloat16) });
        NpyFile.Write(_folder["array"], values.To(DType.Float16));

        // then
        Assert.Equal(["BF16", "F16"], SafeTensorsFile.Inspect(_folder["it"]).Tensors.Select(static entry => entry.DType).Order());
        Assert.All(SafeTensorsFile.Read(_folder["it"]).Tensors.Values, tensor => Assert.Equal([1.5f, -2f], tensor.ToArray<float>()));
        Assert.Equal([1.5f, -2f], NpyFile.Read(_folder["array"]).ToArray<float>());
        Assert.Throws<GradusException>(() => NpyFile.Write(_folder["array"], values.To(DType.BFloat16)));
    }

    [Fact]
    public void A_type_that_no_tensor_holds_is_shown_by_Inspect_and_refused_by_Read()
    {
        // given
        File.WriteAllBytes(_folder["it"], HostileFile.Bytes("""{"w":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}""", new byte[2]));

        // when
        var header = SafeTensorsFile.Inspect(_folder["it"]);
        var exception = Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(_folder["it"]));

        // then
        Assert.Equal("F8_E4M3", header.Tensors[0].DType);
        Assert.Contains("tensor 'w': elements of type F8_E4M3 cannot be read", exception.Message);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_file_that_was_there_and_nothing_else()
    {
        // given
        SafeTensorsFile.Write(_folder["it"], new Dictionary<string, Tensor> { ["x"] = Tensor.Of(1f) });
        var before = File.ReadAllBytes(_folder["it"]);
        Tensor freed;
        using (new TensorScope()) freed = Tensor.Zeros([1000]);

        // when
        Assert.Throws<GradusException>(() =>
            SafeTensorsFile.Write(_folder["it"], new Dictionary<string, Tensor> { ["ok"] = Tensor.Zeros([10]), ["x"] = freed }));

        // then
        Assert.Equal(before, File.ReadAllBytes(_folder["it"]));
        Assert.Equal(["it"], _folder.Names);
    }

    [Fact]
    public void Names_that_the_format_cannot_hold_are_refused()
    {
        // given: the word for metadata, and half of a surrogate pair, which has no UTF-8
        string[] names = ["__metadata__", "half a pair \ud800"];

        // when, then
        foreach (var name in names)
        {
            Assert.Throws<GradusException>(() => SafeTensorsFile.Write(new MemoryStream(), new Dictionary<string, Tensor> { [name] = Tensor.Of(1f) }));
        }
    }

    [Fact]
    public void More_words_than_are_read_are_not_written()
    {
        // given: one more than fits beside the two words of the checksums
        var words = Enumerable.Range(0, (1 << 17) - 1).ToDictionary(static number => $"{number}", static _ => "");
        var tensors = new Dictionary<string, Tensor> { ["x"] = Tensor.Of(1f) };

        // when
        var exception = Assert.Throws<GradusException>(() => SafeTensorsFile.Write(new MemoryStream(), tensors, words));
        words.Remove("0");
        SafeTensorsFile.Write(_folder["it"], tensors, words);

        // then
        Assert.StartsWith("safetensors: 131071 words of metadata; at most 131070 are read beside the checksums.", exception.Message);
        Assert.Equal(words, SafeTensorsFile.Read(_folder["it"]).Metadata);
    }

    [Fact]
    public void A_tensor_longer_than_one_chunk_comes_back_whole()
    {
        // given
        var counts = Tensor.Arange(700_001);

        // when
        SafeTensorsFile.Write(_folder["it"], new Dictionary<string, Tensor> { ["x"] = counts });

        // then
        Assert.Equal(counts.ToArray<long>(), SafeTensorsFile.Read(_folder["it"]).Tensors["x"].ToArray<long>());
    }

    private static void AssertSame(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.DType, actual.DType);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.Contiguous().Bytes(), actual.Bytes());
    }
}
