using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Gradus.Formats.Tests;

/// <summary>Pickles and archives of PyTorch built piece by piece, as an attacker would. A character is a byte.</summary>
internal static class Pickles
{
    public static byte[] Bytes(string pickle) => Encoding.Latin1.GetBytes(pickle);

    public static string Text(string text) => $"X{Word((uint)text.Length)}{text}";

    public static string Number(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return "\x8A\x08" + Encoding.Latin1.GetString(bytes);
    }

    public static string Word(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return Encoding.Latin1.GetString(bytes);
    }

    public static string Numbers(params long[] numbers) => $"({string.Concat(numbers.Select(Number))}t";

    public static string Storage(string key = "0", long count = 4, string type = "FloatStorage") =>
        $"({Text("storage")}ctorch\n{type}\n{Text(key)}{Text("cpu")}{Number(count)}tQ";

    public static string Tensor(string storage, long[] sizes, long[] strides, long offset = 0) =>
        $"ctorch._utils\n_rebuild_tensor_v2\n({storage}{Number(offset)}{Numbers(sizes)}{Numbers(strides)}\u0089ccollections\nOrderedDict\n)RtR";

    /// <summary>A dictionary of protocol 2: keys and values.</summary>
    public static string Dict(params (string Key, string Value)[] entries) =>
        $"\x80\x02}}({string.Concat(entries.Select(static entry => Text(entry.Key) + entry.Value))}u.";

    /// <summary>A good tensor of four numbers in the storage 0.</summary>
    public static (string Key, string Value) Good => ("w", Tensor(Storage(), [2, 2], [2, 1]));

    /// <summary>A file of the zip format with a pickle and a storage of four numbers.</summary>
    public static byte[] Archive(string pickle) => Archive(CompressionLevel.NoCompression, ("a/data.pkl", Bytes(pickle)), ("a/data/0", new byte[16]));

    public static byte[] Archive(CompressionLevel level, params (string Name, byte[] Bytes)[] parts)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in parts)
            {
                using var part = archive.CreateEntry(name, level).Open();
                part.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static TensorFileContents Read(byte[] file) => PyTorchFile.Read(new MemoryStream(file), "it.pt");
}
