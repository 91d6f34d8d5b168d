namespace Gradus.Formats;

/// <summary>The files of weights of a folder: one, or several that a list names. The list may have been made to do harm.</summary>
internal sealed class WeightFiles
{
    private const string Single = "model.safetensors";
    private const string Index = "model.safetensors.index.json";

    // The largest models have some two hundred.
    private const int MostFiles = 4096;
    private const long LongestIndex = 1 << 26;

    private readonly string[] _paths;

    private WeightFiles(string[] paths, List<SafeTensorsEntry> entries) => (_paths, Entries) = (paths, entries);

    /// <summary>All tensors, file by file.</summary>
    public IReadOnlyList<SafeTensorsEntry> Entries { get; }

    public static WeightFiles Open(string folder)
    {
        var single = Path.Combine(folder, Single);
        var index = Path.Combine(folder, Index);
        if (File.Exists(single)) return new WeightFiles([single], [.. Inspect(folder, Single)]);
        if (File.Exists(index)) return OpenListed(folder, index);
        var other = Array.Find(["pytorch_model.bin", "tf_model.h5", "model.ckpt.index", "flax_model.msgpack"], name => File.Exists(Path.Combine(folder, name)));
        var advice = other switch
        {
            null => "",
            "pytorch_model.bin" => $"; bring its {other} to it by TensorFile.Read and TensorFile.Write, or by gradus convert {other} {Single}",
            _ => $"; its {other} is of another format. Ask for the weights as safetensors",
        };
        throw new FileNotFoundException($"{folder}: there is no {Single} and no {Index} in it{advice}.");
    }

    /// <summary>Reads the numbers of all tensors.</summary>
    public Dictionary<string, Tensor> Read()
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var path in _paths)
        {
            foreach (var (name, tensor) in SafeTensorsFile.Read(path).Tensors) tensors[name] = tensor;
        }

        return tensors;
    }

    private static WeightFiles OpenListed(string folder, string index)
    {
        var places = ReadIndex(index);
        var entries = new List<SafeTensorsEntry>();
        var files = places.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (files.Length > MostFiles) throw new InvalidDataException($"{index}: it names {files.Length} files; expected at most {MostFiles}.");
        foreach (var file in files)
        {
            foreach (var entry in Inspect(folder, file))
            {
                if (!places.Remove(entry.Name, out var place) || place != file)
                {
                    throw new InvalidDataException($"{index}: it does not say that '{PlainText.Quote(entry.Name)}' is in {file}, where it is.");
                }

                entries.Add(entry);
            }
        }

        if (places.Count == 0) return new WeightFiles([.. files.Select(file => Path.Combine(folder, file))], entries);
        var (name, where) = places.First();
        throw new InvalidDataException($"{index}: it says that '{PlainText.Quote(name)}' is in {where}, where it is not.");
    }

    /// <summary>The file of each tensor.</summary>
    private static Dictionary<string, string> ReadIndex(string path)
    {
        using var stream = InputFile.Open(path);
        if (stream.Length > LongestIndex) throw new InvalidDataException($"{path}: {stream.Length} bytes are too many for a list of weights.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        using var document = JsonObject.Open(bytes, path);
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tensor, file) in new JsonObject(document.RootElement, path, "").Object("weight_map").Texts())
        {
            RequireName(path, file);
            if (!places.TryAdd(tensor, file)) throw new InvalidDataException($"{path}: '{PlainText.Quote(tensor)}' is listed twice.");
        }

        return places.Count > 0 ? places : throw new InvalidDataException($"{path}: weight_map names no tensor.");
    }

    /// <summary>A file is named by its name alone: nothing leads out of the folder, on any system.</summary>
    private static void RequireName(string index, string file)
    {
        var isName = file.EndsWith(".safetensors", StringComparison.Ordinal) && file.Length <= 255
            && file.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && !file.StartsWith('.');
        if (!isName) throw new InvalidDataException($"{index}: '{PlainText.Quote(file)}' is no name of a safetensors file in this folder.");
    }

    private static IReadOnlyList<SafeTensorsEntry> Inspect(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        RequireInside(folder, path);
        return SafeTensorsFile.Inspect(path).Tensors;
    }

    /// <summary>
    /// A link may lead to the folder itself, or to <c>blobs</c> two levels above it, where the cache of Hugging Face keeps what its folders show.
    /// </summary>
    private static void RequireInside(string folder, string path)
    {
        if (File.ResolveLinkTarget(path, returnFinalTarget: true) is not { } target) return;
        var full = Path.GetFullPath(folder);
        string[] allowed = [full, Path.GetFullPath(Path.Combine(full, "..", "..", "blobs"))];
        if (!allowed.Contains(Path.GetDirectoryName(Path.GetFullPath(target.FullName)), StringComparer.Ordinal))
        {
            throw new InvalidDataException($"{path}: it is a link that leads out of the folder.");
        }
    }
}
