namespace Gradus.Formats;

/// <summary>Reads and writes the files of PyTorch, .pt, .pth and .th: what <c>torch.save(model.state_dict(), path)</c> writes.</summary>
/// <remarks>
/// Such a file is a pickle, a program that Python runs when it opens the file. Here it is never run: the few names that tensors and plain containers are made
/// of are recognized, and everything else is left out and listed. Files from outside are taken for hostile: lengths, sizes and strides are checked before
/// memory is taken for them. Read are the format of version 1.6 and later (a zip archive) and the one before (five pickles); quantized, sparse, complex and
/// 8-bit floating-point tensors are left out. Unsigned bytes and integers of 8 and 16 bits become i32. Tensors that share memory in PyTorch share it here.
/// </remarks>
public static class PyTorchFile
{
    private const long AlwaysAllowed = 1 << 26;

    // Views may repeat what they show, so that they take more memory than the file once they are copied.
    private const int ViewsTimesTheFile = 8;
    private const int StoragesTimesTheFile = 4;

    /// <summary>Reads all tensors. Of a checkpoint the names are ways: <c>state_dict/module.conv1.weight</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or no file of weights; the message says where.</exception>
    public static TensorFileContents Read(string path)
    {
        using var stream = InputFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads all tensors from a stream that can seek, from its beginning to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What error messages call it.</param>
    /// <inheritdoc cref="Read(string)"/>
    public static TensorFileContents Read(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var archive = TorchArchive.Open(stream, name);
        var (found, values, leftOut) = archive.Contents;
        if (found.Count == 0) throw NoTensors(archive.Contents, name);
        CheckSizes(found, stream.Length, name);
        var memories = new Dictionary<(string, TorchType), Tensor>();
        var tensors = new OrderedDictionary<string, Tensor>(found.Count);
        foreach (var (key, tensor) in found)
        {
            if (!memories.TryGetValue((tensor.Storage.Key, tensor.Type), out var memory))
            {
                memory = ReadStorage(archive.Storages, tensor, $"{name}: '{PlainText.Quote(key)}'");
                memories.Add((tensor.Storage.Key, tensor.Type), memory);
            }

            tensors.Add(key, View(memory, tensor));
        }

        return new TensorFileContents(tensors, values, leftOut);
    }

    /// <summary>Reads names, types, shapes and the values beside the tensors, not the numbers.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or no file of weights; the message says where.</exception>
    public static TensorFileSummary Inspect(string path)
    {
        using var stream = InputFile.Open(path);
        var (tensors, values, leftOut) = TorchArchive.Open(stream, path).Contents;
        return new TensorFileSummary(
            [.. tensors.Select(static entry =>
                new TensorSummary(entry.Key, entry.Value.Type.Word, entry.Value.Sizes, entry.Value.Count * entry.Value.Type.Size))],
            values, leftOut);
    }

    /// <summary>
    /// Writes tensors by name, as <c>torch.save(state_dict, path)</c> does: <c>torch.load(path, weights_only=True)</c> reads it. Equal inputs give equal bytes,
    /// and tensors that are one memory stay one. The file is there whole or not at all.
    /// </summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="tensors">The tensors, which keep their order.</param>
    /// <exception cref="GradusException">A name cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        AtomicFile.Write(path, stream => TorchWriter.Write(stream, tensors));
    }

    private static InvalidDataException NoTensors(CheckpointContents contents, string name)
    {
        var others = new TensorFileContents(new Dictionary<string, Tensor>(), contents.Values, contents.LeftOut).DescribeLeftOut();
        return new InvalidDataException($"{name}: it holds no tensors that can be read.{(others is null ? "" : $" {others}")} {TorchKinds.Advice}");
    }

    /// <summary>Refuses what would fill the memory, before anything is allocated.</summary>
    private static void CheckSizes(OrderedDictionary<string, TorchTensor> tensors, long length, string name)
    {
        Int128 views = 0, memory = 0;
        var seen = new HashSet<(string, TorchType)>();
        foreach (var (key, tensor) in tensors)
        {
            var size = Elements.Held(tensor.Type.Element!.Value, keepsHalf: true).Size;
            views += (Int128)tensor.Count * size;
            var count = tensor.Storage.Bytes / tensor.Type.Size;
            if (seen.Add((tensor.Storage.Key, tensor.Type))) memory += (Int128)count * size;
            var what = $"{name}: '{PlainText.Quote(key)}'";
            if (count > int.MaxValue) throw new InvalidDataException($"{what}: it lies in a storage of {count} elements; at most {int.MaxValue} are read.");
            if (views > AlwaysAllowed + ((Int128)ViewsTimesTheFile * length))
                throw new InvalidDataException($"{what}: the tensors up to it repeat their numbers to {views >> 20} MB, in a file of {length} bytes.");
            if (memory > AlwaysAllowed + ((Int128)StoragesTimesTheFile * length))
                throw new InvalidDataException($"{what}: the storages up to it unpack to {memory >> 20} MB, in a file of {length} bytes.");
        }
    }

    private static Tensor ReadStorage(TorchStorages storages, TorchTensor tensor, string what)
    {
        var count = (int)(tensor.Storage.Bytes / tensor.Type.Size);
        return storages.Read(tensor.Storage, stream =>
        {
            var memory = Elements.Read(stream, tensor.Type.Element!.Value, [count], what, keepsHalf: true);
            // Bytes that make no whole element belong to the storage, and to its checksum.
            stream.ReadExactly(new byte[tensor.Storage.Bytes % tensor.Type.Size]);
            return memory;
        });
    }

    private static Tensor View(Tensor memory, TorchTensor tensor)
    {
        var shape = Shape.Adopt([.. tensor.Sizes.Select(static size => (int)size)]);
        var layout = shape.ElementCount == 0
            ? Layout.Dense(shape)
            : Layout.Strided(shape, [.. tensor.Sizes.Zip(tensor.Strides, static (size, stride) => size == 1 ? 0 : (nint)stride)], (nint)tensor.Offset);
        var view = Tensor.Over(memory, layout);
        view.Own(TensorScope.Current);
        return view;
    }
}
