namespace Gradus.Formats;

/// <summary>Writes the zip format of PyTorch: data.pkl, byteorder, a part for each storage, and the version.</summary>
internal static class TorchWriter
{
    // Every file has the same, so that equal tensors give equal bytes whatever the file is called.
    private const string Folder = "archive";
    private const string Version = "3\n";

    public static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var storages = new List<Tensor>();
        var keys = new Dictionary<Storage, List<int>>(ReferenceEqualityComparer.Instance);
        var entries = new List<(string Name, Tensor Tensor, int Storage)>(tensors.Count);
        foreach (var (name, tensor) in tensors) entries.Add((name, tensor, KeyOf(tensor, storages, keys)));
        var archive = new TorchZipWriter(stream, Folder);
        archive.Add("data.pkl", PickleWriter.Write(entries));
        archive.Add("byteorder", "little"u8);
        for (var key = 0; key < storages.Count; key++) archive.Add(FormattableString.Invariant($"data/{key}"), storages[key]);
        archive.Add("version", System.Text.Encoding.ASCII.GetBytes(Version));
        archive.End();
    }

    /// <summary>The storage that a tensor is written to: that of another one, where both show the same elements.</summary>
    private static int KeyOf(Tensor tensor, List<Tensor> storages, Dictionary<Storage, List<int>> keys)
    {
        if (!keys.TryGetValue(tensor.Storage, out var others)) keys.Add(tensor.Storage, others = []);
        foreach (var other in others)
        {
            if (IsSame(storages[other], tensor)) return other;
        }

        others.Add(storages.Count);
        storages.Add(tensor);
        return storages.Count - 1;
    }

    private static bool IsSame(Tensor x, Tensor y) =>
        x.DType == y.DType && x.Shape == y.Shape && x.Layout.Offset == y.Layout.Offset && x.Layout.Strides.SequenceEqual(y.Layout.Strides);
}
