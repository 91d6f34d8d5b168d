using Gradus.Formats;
using Gradus.Nn;
using Gradus.Onnx;

namespace Gradus.Training;

/// <content>A model as a file.</content>
public sealed partial record TrainedModel
{
    private const string MetadataKey = "gradus";

    /// <summary>Writes the model to a file, adapters of <see cref="Lora"/> merged. Where that fails, an existing file stays as it was.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Save);
    }

    /// <summary>Writes the model to a stream, in the format of the file.</summary>
    public void Save(Stream stream)
    {
        // One that was opened by its graph stays as it was opened.
        var (tensors, record) = Record.IsOwn == true && Network is not OnnxModel ? OwnNetwork.Describe(this) : (Network.MergedState(), Record);
        SafeTensorsFile.Write(stream, tensors, new Dictionary<string, string> { [MetadataKey] = record.ToJson() });
    }

    /// <summary>Whether a file of tensors holds a model of Gradus, and not weights alone.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no tensors.</exception>
    internal static bool Is(string path) =>
        TensorFile.FormatOf(path).HasExtension(".safetensors") && SafeTensorsFile.Inspect(path).Metadata.ContainsKey(MetadataKey);

    /// <summary>
    /// Loads a model from a file and verifies its checksums, if it has any (<see cref="HasChecksums"/>). No code in the file is run.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or holds no model of Gradus.</exception>
    public static TrainedModel Load(string path) => Load(path, SafeTensorsFile.Inspect(path), () => SafeTensorsFile.Read(path));

    private static TrainedModel Load(string path, SafeTensorsHeader header, Func<SafeTensorsContents> read)
    {
        // The header first: what is no model is refused before its numbers are read, however many they are.
        var model = Outline(path, header);
        var contents = read();
        try
        {
            if (model.Record.IsOwn == true) OwnNetwork.Load(model.Network, contents.Tensors);
            else model.Network.LoadState(contents.Tensors);
            return model with { HasChecksums = contents.HasChecksums };
        }
        catch (GradusException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Loads a model from a stream, such as an embedded resource. No code in it is run.</summary>
    /// <param name="stream">The stream, read to its end.</param>
    /// <param name="name">Its name in messages. Default: "the model".</param>
    /// <exception cref="InvalidDataException">The content is damaged, or no model of Gradus.</exception>
    public static TrainedModel Load(Stream stream, string name = "the model")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        // The header is looked at before the numbers are read, so the content is needed twice.
        using var kept = stream.CanSeek ? null : new MemoryStream();
        if (kept is not null) stream.CopyTo(kept);
        var content = kept ?? stream;
        var start = kept is null ? stream.Position : content.Position = 0;
        var header = SafeTensorsFile.Inspect(content, name);
        content.Position = start;
        return Load(name, header, () => SafeTensorsFile.Read(content, name));
    }

    /// <summary>
    /// Creates the model of a file from its header, without reading the weights. Where they are needed, they are initialized at random.
    /// </summary>
    /// <param name="path">The file, for error messages.</param>
    /// <param name="header">The header of the file.</param>
    /// <exception cref="InvalidDataException">The file holds no model of Gradus.</exception>
    public static TrainedModel Outline(string path, SafeTensorsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (!header.Metadata.TryGetValue(MetadataKey, out var json))
        {
            throw new InvalidDataException($"{path}: these are tensors, but not a model of Gradus: there is no '{MetadataKey}' in its metadata.");
        }

        try
        {
            var record = ModelRecord.FromJson(json);
            var spec = record.ReadSpec();
            // What the record claims is bounded by what the file holds; an element takes a byte at least, so this sum cannot overflow.
            var held = header.Tensors.Sum(static tensor => tensor.Shape.Aggregate(1L, static (product, size) => product * size));
            var network = spec.Assemble(record.ToModelData());
            var claimed = ModelSpec.CountNumbers(network);
            // The graph of a network of one's own may need tensors that the network does not, and the other way round.
            if (record.IsOwn == true ? claimed > held : claimed != held)
            {
                throw new InvalidDataException($"its record describes a network of {claimed} parameters, but the file holds {held} numbers");
            }

            network.Eval();
            return new TrainedModel(network, record);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or GradusException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}
