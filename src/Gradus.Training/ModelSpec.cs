using System.Globalization;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>A network's architecture in a word, such as <c>cnn</c> or <c>lstm:128</c>: what the command line takes and the model file keeps.</summary>
/// <remarks>Each family of models is a class of its own under Models/, and a line in the list below.</remarks>
public abstract class ModelSpec
{
    // A gibibyte of weights, and four while Adam trains them: more is a slip of the finger, or a file that was made to do harm.
    private const long MostParameters = 1 << 28;

    private static readonly ModelFamily[] Families =
    [
        MlpSpec.Family, CnnSpec.Family, LeNetSpec.Family, ResNetSpec.ResNet18, ResNetSpec.ResNet20,
        RecurrentSpec.Lstm, RecurrentSpec.Gru, TransformerSpec.Family, GptSpec.Family, AutoencoderSpec.Family,
    ];

    /// <summary>A spec whose normal form is the family's name with these sizes.</summary>
    private protected ModelSpec(ModelFamily family, params ReadOnlySpan<int> sizes)
    {
        Text = family.Name;
        for (var index = 0; index < sizes.Length; index++) Text += (index == 0 ? ":" : ",") + sizes[index].ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A word for each family, for help texts: <c>mlp:512,256, cnn, …</c>.</summary>
    public static string KnownWords => string.Join(", ", Families.Select(static family => family.Example));

    /// <summary>The word itself, in its normal form; sizes that were left out are told.</summary>
    public string Text { get; }

    /// <summary>Whether the network learns to give back its input, whatever the data tell of it.</summary>
    public virtual bool Reconstructs => false;

    /// <summary>Tokens that a language model looks at; null where the data are to tell.</summary>
    public virtual int? Context => null;

    /// <summary>What the samples must be, as it stands in an error message: <c>pictures of at least 12 × 12</c>.</summary>
    private protected abstract string Takes { get; }

    /// <summary>A perceptron with these hidden layers.</summary>
    public static ModelSpec Mlp(params ReadOnlySpan<int> hidden) => new MlpSpec(hidden.ToArray());

    /// <summary>Reads a word.</summary>
    /// <param name="text">The family's name, and its sizes after a colon: <c>mlp:512,256</c>.</param>
    /// <exception cref="FormatException">The word names no architecture; the message says what would.</exception>
    public static ModelSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var name = text.Split(':', 2)[0];
        var family = Families.FirstOrDefault(family => family.Name == name)
            ?? throw new FormatException($"model '{ModelFamily.Short(text)}' is not known. There are: {KnownWords}.");
        return family.Parse(text);
    }

    /// <summary>Builds the network for some data. Its weights are drawn when they are first needed.</summary>
    /// <exception cref="FormatException">
    /// The data are not of the kind that the model takes, or the network would be too large; no memory was taken for its weights.
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

    /// <summary>How this model is trained unless the user says otherwise.</summary>
    /// <param name="samples">Training samples. A small set makes few steps an epoch: smaller batches, and as many epochs as give some 2,000 steps.</param>
    /// <param name="batchSize">Samples in a step, where the user says so.</param>
    public virtual TrainingOptions DefaultOptions(int samples, int? batchSize = null)
    {
        var size = batchSize ?? (samples < 2000 ? 16 : 64);
        var stepsPerEpoch = Math.Max(1L, ((long)samples + size - 1) / size);
        return new TrainingOptions { BatchSize = size, Epochs = (int)Math.Clamp(2000 / stepsPerEpoch, 10, 200) };
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The network for some data, however large: without its weights it takes next to no memory.</summary>
    /// <exception cref="FormatException">The data are not of the kind that the model takes.</exception>
    internal Module<Tensor, Tensor> Assemble(ModelData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Fits(data) ? Create(data) : throw new FormatException($"model '{ModelFamily.Short(Text)}' takes {Takes}; these data are {data}.");
    }

    /// <summary>The numbers in a network's parameters and buffers: those that its file holds. Known without drawing them.</summary>
    internal static Int128 CountNumbers(Module network)
    {
        Int128 count = 0;
        foreach (var parameter in network.Parameters()) count += parameter.Shape.ElementCount;
        foreach (var (_, buffer) in network.NamedBuffers()) count += buffer.Value.Count;
        return count;
    }

    /// <summary>Whether the model can be built for these data.</summary>
    private protected abstract bool Fits(ModelData data);

    /// <summary>Makes the network's modules, every size given, for data that fit.</summary>
    private protected abstract Module<Tensor, Tensor> Create(ModelData data);
}
