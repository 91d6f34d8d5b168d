using System.Globalization;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>A network's architecture in a word, such as <c>mlp:512,256</c>: what the command line takes and the model file keeps.</summary>
public sealed record ModelSpec
{
    private const int LargestLayer = 1 << 20;
    private const int MostLayers = 1000;

    // A gibibyte of weights, and four while Adam trains them: more is a slip of the finger, or a file that was made to do harm.
    private const long MostParameters = 1 << 28;

    private ModelSpec(string text, int[] hidden)
    {
        Text = text;
        Hidden = hidden;
    }

    /// <summary>The word itself, in its normal form.</summary>
    public string Text { get; }

    /// <summary>The sizes of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>A perceptron with these hidden layers.</summary>
    public static ModelSpec Mlp(params ReadOnlySpan<int> hidden)
    {
        var sizes = hidden.ToArray();
        return new ModelSpec(sizes.Length == 0 ? "mlp" : "mlp:" + string.Join(",", sizes.Select(static size => size.ToString(CultureInfo.InvariantCulture))), sizes);
    }

    /// <summary>Reads a word.</summary>
    /// <param name="text"><c>mlp</c> for a linear model, <c>mlp:512,256</c> for hidden layers of these sizes.</param>
    /// <exception cref="FormatException">The word names no architecture; the message says what would.</exception>
    public static ModelSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var kind = colon < 0 ? text : text[..colon];
        if (kind != "mlp") throw new FormatException($"model '{Short(text)}': expected mlp:SIZES, such as mlp:512,256.");
        if (colon < 0) return Mlp();
        var sizes = new List<int>();
        foreach (var part in text[(colon + 1)..].Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > LargestLayer)
            {
                throw new FormatException($"model '{Short(text)}': '{Short(part)}' is not a layer size; expected whole numbers from 1 to {LargestLayer}, such as mlp:512,256.");
            }

            sizes.Add(size);
            if (sizes.Count > MostLayers) throw new FormatException($"model 'mlp:…': more than {MostLayers} hidden layers.");
        }

        return Mlp([.. sizes]);
    }

    /// <summary>Builds the network for samples of a shape.</summary>
    /// <param name="inputShape">The shape of a sample.</param>
    /// <param name="outputs">Classes, or targets.</param>
    /// <exception cref="FormatException">The network would be too large; nothing was allocated for it.</exception>
    public Module<Tensor, Tensor> Build(IReadOnlyList<int> inputShape, int outputs)
    {
        var parameters = CountParameters(inputShape, outputs);
        if (parameters > MostParameters) throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"model '{Short(Text)}': it has {parameters:N0} parameters for these data; at most {MostParameters:N0} are allowed. Choose smaller layers."));
        var inputs = 1;
        foreach (var size in inputShape) inputs *= size;
        return Nn.Mlp.Create(inputs, [.. Hidden], outputs);
    }

    /// <summary>Weights and biases of the network for samples of a shape, without building it.</summary>
    internal Int128 CountParameters(IReadOnlyList<int> inputShape, int outputs)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Int128 inputs = 1, count = 0;
        foreach (var size in inputShape) inputs *= size;
        foreach (var size in Hidden.Append(outputs))
        {
            count += (inputs + 1) * size;
            inputs = size;
        }

        return count;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    // A word may come from a file: an error message does not repeat a megabyte.
    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
