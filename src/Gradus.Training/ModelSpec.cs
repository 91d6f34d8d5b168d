using System.Globalization;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// The architecture of a network, written as a name with sizes, such as <c>cnn</c> or <c>lstm:128</c>. The command line takes it so, and a model file
/// keeps it.
/// </summary>
/// <remarks>Each family of models is a class under Models/ and a line in the list below.</remarks>
public abstract class ModelSpec
{
    // A gibibyte of weights, and four while Adam trains them: more is a slip of the finger, or a file that was made to do harm.
    private const long MostParameters = 1 << 28;

    /// <summary>What drops of a <c>table</c> network in training.</summary>
    internal const double TableDropout = 0.1;

    /// <summary>What drops of a sentence in training: of tables and pictures nothing does, but a word that occurs twice is soon learnt by heart.</summary>
    internal const double SentenceDropout = 0.2;

    private static readonly ModelFamily[] Families =
    [
        MlpSpec.Family, CnnSpec.Family, LeNetSpec.Family, ResNetSpec.ResNet18, ResNetSpec.ResNet20,
        RecurrentSpec.Lstm, RecurrentSpec.Gru, TransformerSpec.Family, GptSpec.Family, AutoencoderSpec.Family, TableSpec.Family,
    ];

    /// <summary>A spec of a family with these sizes.</summary>
    private protected ModelSpec(ModelFamily family, params ReadOnlySpan<int> sizes)
    {
        Text = family.Name;
        for (var index = 0; index < sizes.Length; index++) Text += (index == 0 ? ":" : ",") + sizes[index].ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>An example of each family, separated by commas, for help texts: <c>mlp:512,256, cnn, …</c>.</summary>
    public static string KnownWords => string.Join(", ", Families.Select(static family => family.Example));

    /// <summary>The architecture as <see cref="Parse"/> takes it, with all sizes written out.</summary>
    public string Text { get; }

    /// <summary>The share of hidden numbers that training drops, in [0, 1). Default: null: 0.2 of sentences, 0.1 in <c>table</c>, else 0.</summary>
    public double? Dropout { get; private set; }

    /// <summary>Whether the network is an autoencoder: its target is its input, and labels are ignored.</summary>
    public virtual bool Reconstructs => false;

    /// <summary>The context of a language model, in tokens; null for other models, and where it follows from the data.</summary>
    public virtual int? Context => null;

    /// <summary>Whether the network has a place where numbers can be dropped.</summary>
    private protected virtual bool TakesDropout => false;

    /// <summary>The share that is dropped while such data are learned.</summary>
    internal double DropoutFor(ModelData data) => Dropout ?? UsualDropout(data);

    /// <summary>The share that is dropped where nothing is said.</summary>
    private protected virtual double UsualDropout(ModelData data) => data.Form == DataForm.Sentence ? SentenceDropout : 0;

    /// <summary>The same architecture, which names the share that is dropped while such data are learned: a later default changes nothing about it.</summary>
    internal ModelSpec Resolve(ModelData data) => DropoutFor(data) is > 0 and var share && TakesDropout ? WithDropout(share) : this;

    /// <summary>The samples that the model takes, for error messages: <c>pictures of at least 12 × 12</c>.</summary>
    private protected abstract string Takes { get; }

    /// <summary>A multilayer perceptron with hidden layers of these widths.</summary>
    public static ModelSpec Mlp(params ReadOnlySpan<int> hidden) => new MlpSpec(hidden.ToArray());

    /// <summary>Parses an architecture.</summary>
    /// <param name="text">The name of the family, and its sizes after a colon: <c>mlp:512,256</c>.</param>
    /// <exception cref="FormatException">The text is no architecture. The message says what is expected.</exception>
    public static ModelSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = text.Split(':', 2)[0];
        var family = Families.FirstOrDefault(family => family.Name == name) ?? OwnSpec.Find(name)
            ?? throw new FormatException($"model '{ModelFamily.Short(text)}' is not known. There are: {KnownWords}.");
        return family.Parse(text);
    }

    /// <summary>
    /// Makes a network of one's own known by a name: it is then trained, saved with its preprocessing, and loaded like any other. Files of it are opened by
    /// other programs too, the command line among them, as long as its operators can be written as ONNX.
    /// </summary>
    /// <param name="name">Its name: letters, digits and hyphens. A network that was registered by this name is replaced.</param>
    /// <param name="create">Makes the network for data of these sizes.</param>
    /// <returns>Its architecture, as <see cref="Parse"/> gives it for the name.</returns>
    /// <exception cref="FormatException">The name is none, or that of a network of Gradus.</exception>
    public static ModelSpec Register(string name, Func<ModelData, Module<Tensor, Tensor>> create)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(create);
        if (name.Length is 0 or > 60 || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            throw new FormatException($"'{ModelFamily.Short(name)}' is no name of a model: expected 1 to 60 letters, digits and hyphens.");
        }

        if (name == "onnx" || Array.Exists(Families, family => family.Name == name))
        {
            throw new FormatException($"'{name}' is the name of a network of Gradus: choose another one.");
        }

        return OwnSpec.Add(name, create);
    }

    /// <summary>The same architecture, some of whose hidden numbers training drops.</summary>
    /// <param name="share">The share that is dropped, in [0, 1); null leaves it to the default.</param>
    /// <exception cref="FormatException">The network has no place for it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in [0, 1).</exception>
    public ModelSpec WithDropout(double? share)
    {
        if (share is not { } dropped) return this;
        if (!(dropped is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share that is dropped is in [0, 1).");
        if (!TakesDropout) throw NoPlaceForDropout();
        var spec = (ModelSpec)MemberwiseClone();
        spec.Dropout = share;
        return spec;
    }

    private protected FormatException NoPlaceForDropout() => new($"model '{ModelFamily.Short(Text)}' has no place for dropout.");

    /// <summary>Builds the network for data of these sizes. Its weights are initialized when they are first needed.</summary>
    /// <exception cref="FormatException">
    /// The model does not take such data, or the network would be too large. No memory is taken for weights then.
    /// </exception>
    public Module<Tensor, Tensor> Build(ModelData data)
    {
        var network = Assemble(data);
        var parameters = CountNumbers(network);
        return parameters <= MostParameters
            ? network
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"model '{ModelFamily.Short(Text)}': " +
                $"it has {parameters:N0} parameters for these data; at most {MostParameters:N0} are allowed. Choose smaller layers."));
    }

    /// <summary>The recommended training options of this model.</summary>
    /// <param name="samples">
    /// Number of training samples. For small datasets, batches are smaller and epochs more, so that a run has about 2,000 steps.
    /// </param>
    /// <param name="batchSize">The batch size, if it is already chosen. Default: null, chosen here.</param>
    public virtual TrainingOptions DefaultOptions(int samples, int? batchSize = null)
    {
        var size = batchSize ?? (samples < 2000 ? 16 : 64);
        var stepsPerEpoch = Math.Max(1L, ((long)samples + size - 1) / size);
        return new TrainingOptions { BatchSize = size, Epochs = (int)Math.Clamp(2000 / stepsPerEpoch, 10, 200) };
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Builds the network whatever its size: before its weights are initialized it takes next to no memory.</summary>
    /// <exception cref="FormatException">The model does not take such data.</exception>
    internal Module<Tensor, Tensor> Assemble(ModelData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Fits(data) ? Create(data) : throw new FormatException($"model '{ModelFamily.Short(Text)}' takes {Takes}; these data are {data}.");
    }

    /// <summary>The number of elements of a network's parameters and buffers. They need not be initialized.</summary>
    internal static Int128 CountNumbers(Module network)
    {
        Int128 count = 0;
        foreach (var parameter in network.Parameters()) count += parameter.Shape.ElementCount;
        foreach (var (_, buffer) in network.NamedBuffers()) count += buffer.Sizes.Known?.ElementCount ?? buffer.Value.Count;
        return count;
    }

    /// <summary>Whether the model takes data of these sizes.</summary>
    private protected abstract bool Fits(ModelData data);

    /// <summary>Creates the network for data that fit.</summary>
    private protected abstract Module<Tensor, Tensor> Create(ModelData data);
}
