using Gradus.Nn;

namespace Gradus.Formats;

/// <summary>
/// A model as Hugging Face keeps it: a folder of <c>config.json</c> and <c>model.safetensors</c>, or several files of weights that
/// <c>model.safetensors.index.json</c> lists.
/// </summary>
/// <remarks>
/// Networks are built for GPT-2 (<see cref="Gpt"/>), BERT (<see cref="Bert"/>), ViT (<see cref="VisionTransformer"/>) and ResNet
/// (<see cref="ResidualNetwork"/>), by the definitions of the library <c>transformers</c>. No code in the folder is run, and nothing beside it is read.
/// </remarks>
public sealed class HuggingFaceFolder
{
    private const string ConfigName = "config.json";

    private readonly ModelConfig _config;
    private readonly WeightFiles _weights;

    private HuggingFaceFolder(string path, ModelConfig config, WeightFiles weights) => (Path, _config, _weights) = (path, config, weights);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The kind of the model, as its configuration names it: <c>gpt2</c>, <c>bert</c>, <c>vit</c>, <c>resnet</c>.</summary>
    public string ModelType => _config.ModelType;

    /// <summary>What the weights are called in the files, with their types and shapes.</summary>
    public IReadOnlyList<SafeTensorsEntry> Tensors => _weights.Entries;

    /// <summary>Opens a folder: reads its configuration, and of the weights all but the numbers.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">There is no configuration or no weights in it.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, the list of weights leads out of the folder, or the model is of another kind.
    /// </exception>
    public static HuggingFaceFolder Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"{path}: there is no such folder.");
        var config = ModelConfig.Read(System.IO.Path.Combine(path, ConfigName));
        return new HuggingFaceFolder(path, config, WeightFiles.Open(path));
    }

    /// <summary>Builds the network and loads its weights, in evaluation mode.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or a size of the configuration cannot be.</exception>
    /// <exception cref="GradusException">Weights are missing or of another shape; the message lists them.</exception>
    public HuggingFaceModel Load()
    {
        var names = StateNames.Of(_config.Family);
        var network = Build(WeightFacts.Of(_weights.Entries, names));
        // The sizes of the network before its weights take memory: a configuration of a few bytes may claim any.
        var claimed = CountNumbers(network);
        var held = _weights.Entries.Sum(static entry => entry.Shape.Aggregate(1L, static (product, size) => product * size));
        if (claimed > held + ModelConfig.SpareNumbers)
        {
            throw new InvalidDataException($"{_config.File}: it describes a network of {claimed} numbers, but the files of weights hold {held}.");
        }

        var report = HuggingFaceReport.Load(network, _weights, names);
        if (!report.IsComplete) throw new GradusException($"{Path}: the weights do not fit {network.GetType().Name}: {report}.");
        network.Eval();
        return new HuggingFaceModel(network, report);
    }

    /// <summary>Builds a network of a type and loads its weights, as <see cref="Load()"/> does.</summary>
    /// <typeparam name="T">The network that the folder is expected to hold, such as <see cref="Gpt"/>.</typeparam>
    /// <inheritdoc cref="Load()"/>
    /// <exception cref="GradusException">The folder holds another network, or weights are missing or of another shape.</exception>
    public T Load<T>() where T : Module => Load().Network is { } network && network is T wanted
        ? wanted
        : throw new GradusException($"{Path}: it holds '{ModelType}', a {_config.Family}; expected a {typeof(T).Name}.");

    private Module Build(WeightFacts facts)
    {
        try
        {
            return _config.Build(facts);
        }
        catch (GradusException exception)
        {
            throw new InvalidDataException($"{_config.File}: {exception.Message}", exception);
        }
    }

    private static Int128 CountNumbers(Module network)
    {
        Int128 count = 0;
        foreach (var parameter in network.Parameters()) count += parameter.Shape.ElementCount;
        foreach (var (_, buffer) in network.NamedBuffers()) count += buffer.Value.Count;
        return count;
    }
}
