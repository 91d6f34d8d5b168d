using System.IO.Compression;
using System.Text;

namespace Gradus.Formats.Tests;

/// <summary>Files of other kinds, given where numbers were expected.</summary>
public class FileKindTests
{
    public static TheoryData<string, string, string> Files => new()
    {
        { "PK\x03\x04\x14\0\0\0\b\0archive/data.pkl\0\0", "a zip archive with a pickle, as torch.save writes", "PyTorchFile.Read(path)" },
        { "PK\x03\x04\x14\0\0\0\b\0weights.npy\0", "an .npz file of NumPy", "NpzFile.Read" },
        { "PK\x03\x04\x14\0\0\0\b\0notes.txt\0", "a zip archive", "Unpack" },
        { "\x80\x02}q\0X\x06\0\0\0weight", "a pickle of Python, as torch.save and joblib write", "which runs nothing" },
        { "\x80\x04\x95\x10\0\0\0\0\0\0\0", "a pickle of Python, as torch.save and joblib write", "which runs nothing" },
        { "\x08\x07\x12\x07pytorch\x1A\x05", "a protobuf message, as ONNX and TensorFlow write", "safetensors" },
        { "\x89HDF\r\n\x1A\n\0\0\0\0", "an HDF5 file, as Keras and h5py write", "numpy.savez" },
        { "GGUF\x03\0\0\0\0\0\0\0", "a GGUF file of llama.cpp", "gradus train" },
        { "\x1F\x8B\b\0\0\0\0\0", "a gzip file", "gunzip" },
        { "BZh91AY&SY", "a bzip2 file", "Unpack" },
        { "\x93NUMPY\x01\0v\0{'descr'", "an .npy file of NumPy", "NpyFile.Read" },
        { "\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "a PNG picture", "IDX" },
        { "\xFF\xD8\xFF\xE0\0\x10JFIF", "a JPEG picture", "IDX" },
        { "<!DOCTYPE html>\n<html>", "a web page", "Download the file itself" },
        { "\n  <HTML lang=\"en\">", "a web page", "Download the file itself" },
        { "version https://git-lfs.github.com/spec/v1\n", "a pointer of Git LFS, not the file itself", "git lfs pull" },
        { "{\"weights\": [1, 2, 3]}", "a JSON file", "ReadJsonLines" },
        { "\0\0\b\x03\0\0\0\x14\0\0\0\x1C", "an IDX file, the format of MNIST", "Mnist.Load(directory)" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_another_kind_is_named_with_what_to_do(string content, string name, string advice)
    {
        // given: whatever follows
        byte[] bytes = [.. Encoding.Latin1.GetBytes(content), .. new byte[content[0] is '<' or '\n' or '{' or 'v' ? 0 : 600]];

        // when
        var exception = Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(new MemoryStream(bytes), "model"));

        // then
        Assert.StartsWith($"model: this is {name}, no safetensors file. ", exception.Message);
        Assert.Contains(advice, exception.Message);
    }

    [Fact]
    public void A_text_is_called_a_text()
    {
        var exception = Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(new MemoryStream("a,b,c\n1,2,3\n"u8.ToArray()), "model"));

        Assert.StartsWith("model: this is text, no safetensors file", exception.Message);
    }

    [Fact]
    public void Arrays_of_one_kind_given_as_another_are_named()
    {
        // given
        using var npy = new MemoryStream();
        NpyFile.Write(npy, Tensor.Of(1f, 2f));
        using var safetensors = new MemoryStream();
        SafeTensorsFile.Write(safetensors, new Dictionary<string, Tensor> { ["a"] = Tensor.Of(1f) });
        using var npz = new MemoryStream();
        using (var archive = new ZipArchive(npz, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = archive.CreateEntry("a.npy").Open();
            part.Write(npy.ToArray());
        }

        // then
        Assert.Contains("this is an .npy file of NumPy, no .npz file", Message(() => NpzFile.Read(new MemoryStream(npy.ToArray()))));
        Assert.Contains("this is a safetensors file, no .npz file", Message(() => NpzFile.Read(new MemoryStream(safetensors.ToArray()))));
        Assert.EndsWith("This is an .npz file of NumPy. NpzFile.Read opens it.", Message(() => NpyFile.Read(new MemoryStream(npz.ToArray()))));
        Assert.Contains("this is an .npz file of NumPy, no safetensors file", Message(() => SafeTensorsFile.Read(new MemoryStream(npz.ToArray()))));
        Assert.Contains("this is an .npy file of NumPy, no safetensors file", Message(() => SafeTensorsFile.Read(new MemoryStream(npy.ToArray()))));
    }

    private static string Message(Action read) => Assert.Throws<InvalidDataException>(read).Message;
}
