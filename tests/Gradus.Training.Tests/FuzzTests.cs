using System.IO.Compression;
using System.Text;
using Gradus.Data;
using Gradus.Formats;
using Gradus.Testing;

namespace Gradus.Training.Tests;

/// <summary>Every format that is read from files, damaged thousands of times.</summary>
public sealed class FuzzTests : IDisposable
{
    private static readonly byte[][] Numbers =
        [[0, 0, 0, 0], [255, 255, 255, 255], [255, 255, 255, 127], [0, 0, 0, 128], [1, 0, 0, 0, 0, 0, 0, 0], [255, 255, 255, 255, 255, 255, 255, 127]];

    private static readonly byte[][] JsonWords =
        [.. Numbers, .. Words("{", "}", "[", "]", "\"", ",", ":", "null", "-1", "0", "1e999", "9223372036854775807",
            "\\ud800", "\\u202e", "F64", "BOOL", "[0,0]", "{\"a\":", "\"__metadata__\":", "\"shape\":[0],", "\0")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Safetensors_files()
    {
        // given
        var tensors = new Dictionary<string, Tensor>
        {
            ["0.weight"] = Tensor.Of([[1f, 2f], [3f, 4f]]),
            ["mask"] = Tensor.Of(true, false),
            ["größe"] = Tensor.Of(7L),
        };
        var checkedFile = new MemoryStream();
        SafeTensorsFile.Write(checkedFile, tensors, new Dictionary<string, string> { ["format"] = "pt" });
        var plain = """
            {"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[1,2],"data_offsets":[8,12]}}
            """u8;
        byte[] plainFile = [.. BitConverter.GetBytes((long)plain.Length), .. plain, .. new byte[12]];

        // when
        var (refused, _) = Fuzz.Run([checkedFile.ToArray(), plainFile], JsonWords, 10_000, bytes => Reads(() => SafeTensorsFile.Read(new MemoryStream(bytes))));

        // then
        Assert.InRange(refused, 3000, int.MaxValue);
    }

    [Fact]
    public void Npy_and_npz_files()
    {
        // given
        var npy = new MemoryStream();
        NpyFile.Write(npy, Tensor.Of([[1f, 2f], [3f, 4f]]));
        NpzFile.Write(_folder["stored.npz"], new Dictionary<string, Tensor> { ["a"] = Tensor.Of(1f, 2f), ["b"] = Tensor.Of(3L) });
        var deflated = new MemoryStream();
        using (var archive = new ZipArchive(deflated, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = archive.CreateEntry("a.npy").Open();
            NpyFile.Write(part, Tensor.Zeros([100]));
        }

        byte[][] words = [.. Numbers, .. Words("PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0007",
            "'<f8'", "'|O'", "(3L,)", "True", "(", ")", "'shape': (2147483647, 2147483647), ", "\n")];

        // when
        var (refusedArrays, _) = Fuzz.Run([npy.ToArray()], words, 10_000, bytes => Reads(() => NpyFile.Read(new MemoryStream(bytes))));
        var (refusedArchives, _) = Fuzz.Run([System.IO.File.ReadAllBytes(_folder["stored.npz"]), deflated.ToArray()], words, 10_000, bytes =>
            Reads(() => NpzFile.Read(new MemoryStream(bytes))));

        // then
        Assert.InRange(Math.Min(refusedArrays, refusedArchives), 2000, int.MaxValue);
    }

    [Fact]
    public void Idx_files_and_what_is_compressed()
    {
        // given
        byte[] idx = [0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 4, .. Enumerable.Range(0, 12).Select(static value => (byte)value)];

        // when
        var (refused, _) = Fuzz.Run([idx, Zip(idx)], Numbers, 4000, bytes => Reads(() => IdxReader.Read(File(bytes))));

        // then
        Assert.InRange(refused, 1000, int.MaxValue);
    }

    [Fact]
    public void Tables_and_texts()
    {
        // given
        var table = Encoding.UTF8.GetBytes(Make.Table(40, regress: false));
        byte[][] words =
            [.. Numbers, .. Words("\"", ",", ";", "\t", "\n", "\r\n", "\n\n", "NaN", "1e999", "-", "€", "1.234,5", "\u202E", "\uFEFF", "a,b,color,y\n", "\0")];

        // when
        var (refusedTables, _) = Fuzz.Run([table, Zip(table)], words, 2000, bytes => Reads(() => CsvTable.Load(File(bytes))));
        var (refusedTexts, _) = Fuzz.Run([table, Zip(table)], words, 2000, bytes => Reads(() => TextFile.Load(File(bytes), new TextOptions { Context = 4 })));

        // then
        Assert.InRange(Math.Min(refusedTables, refusedTexts), 50, int.MaxValue);
    }

    [Fact]
    public void Records_of_models()
    {
        // given
        var spec = Make.Untrained("mlp:2").Model.Record.ToJson();
        var text = """{"gradus":"1","model":"gpt:1,1,2,4","input_shape":[4],"outputs":2,"class_names":["a","b"],"data":"text","split":{"seed":0}}""";
        var sentences = Make.Sentences(_folder, "gru:2", rows: 30).Model.Record.ToJson();
        byte[][] words = [.. JsonWords, .. Words("\"words\":[\"a\"],", "\"length\":4097,", "\"length\":0", "\"window\":3,", "[\"\"]"),
            .. Words("mlp:1048576", "lstm:1,64", "transformer:2,1,2",
            "autoencoder:2", "resnet18", "cnn", "\"table\":{},", "[16777216]", "[1,16777216,1]", "\"text\"")];

        // when
        var (refused, read) = Fuzz.Run([.. new[] { spec, text, sentences }.Select(Encoding.UTF8.GetBytes)], words, 6000, static bytes =>
            Reads(() => Outline(Encoding.UTF8.GetString(bytes))));

        // then
        Assert.True(refused > 3000 && read >= 0, $"{refused} refused, {read} read");

        // Any number of weights will do: what is tried is the record.
        static object Outline(string json) =>
            TrainedModel.Outline("it",
                new SafeTensorsHeader([new SafeTensorsEntry("w", "F32", [12], 0, 48)], new Dictionary<string, string> { ["gradus"] = json }, 0));
    }

    [Theory]
    [InlineData("\"class_names\":[\"\\ud800\",\"b\"]")]
    [InlineData("\"data\":\"\\udc00\"")]
    [InlineData("\"table\":{\"target\":{\"name\":\"\\ud800\"}}")]
    public void Half_a_surrogate_pair_in_a_record_is_refused(string member)
    {
        // given
        var json = $$"""{"gradus":"1","model":"mlp:2","input_shape":[2],"outputs":2,"data":"csv","split":{"seed":0},{{member}}}""";

        // when, then
        Assert.Throws<InvalidDataException>(() => ModelRecord.FromJson(json));
    }

    private static bool Reads(Func<object> read)
    {
        try
        {
            _ = read();
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static byte[][] Words(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    private static byte[] Zip(byte[] content)
    {
        using var result = new MemoryStream();
        using (var zip = new GZipStream(result, CompressionLevel.Optimal)) zip.Write(content);
        return result.ToArray();
    }

    private string File(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(_folder["it"], bytes);
        return _folder["it"];
    }
}
