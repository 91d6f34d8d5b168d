using System.Globalization;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>Which layers become C#.</summary>
internal static class LayerSupport
{
    // A mean over all places, or all members, is summed in one block.
    private const int MostPlaces = 4096;

    /// <summary>The layers, whatever network they are in.</summary>
    public static IReadOnlyList<Type> Layers { get; } =
    [
        typeof(AvgPool2d), typeof(BatchNorm2d), typeof(Conv2d), typeof(Dropout), typeof(Dropout1d), typeof(Dropout2d), typeof(Embedding), typeof(Flatten),
        typeof(Gelu), typeof(Gru), typeof(Identity), typeof(LayerNorm), typeof(Linear), typeof(Lstm), typeof(MaxPool2d), typeof(PiecewiseLinear), typeof(Relu),
        typeof(Sequential), typeof(Sigmoid), typeof(Silu), typeof(Tanh),
    ];

    /// <summary>Throws where a network has layers that do not become C#, naming all of them.</summary>
    /// <exception cref="GradusException">There are such layers.</exception>
    public static void Require(TrainedModel model)
    {
        var reasons = new List<string>();
        foreach (var (name, module) in model.Network.NamedModules())
        {
            if (Reason(module) is { } reason) reasons.Add($"{(name.Length == 0 ? "the network" : name)}: {reason}");
        }

        if (model.Network.NamedParameters().Any(static named => named.Parameter.Value.DType != DType.Float32))
            reasons.Add("weights that are not float32");
        if (model is { Network: ResNet network, Record.InputShape: [_, var height, var width] })
        {
            var step = network is ResNet18 ? 32L : 4L;
            if ((height + step) * (width + step) > step * step * MostPlaces)
                reasons.Add(string.Create(CultureInfo.InvariantCulture, $"pictures of {height} × {width}: a mean over more than {MostPlaces} places"));
        }

        if (reasons.Count > 0) throw new GradusException($"csharp: not supported are {string.Join("; ", reasons)}.");
    }

    private static string? Reason(Module module) => module switch
    {
        Conv2d { Form.Groups: not 1 } => "a Conv2d of several groups",
        Conv2d { PaddingMode: not PadMode.Constant } => "a Conv2d whose padding is not zeros",
        MaxPool2d pool => Reason("MaxPool2d", pool, pool.Kernel, pool.Stride, pool.Padding) ?? (pool.Dilation != 1 ? "a MaxPool2d with a dilation" : null),
        AvgPool2d pool => Reason("AvgPool2d", pool, pool.Kernel, pool.Stride, pool.Padding)
            ?? (!pool.CountsPadding && pool.Padding != 0 ? "an AvgPool2d that leaves out its padding" : null),
        BatchNorm2d { RunningMean: null } => "a BatchNorm2d without running statistics",
        Gelu { IsTanh: true } => "a Gelu by tanh",
        Flatten { IsWhole: false } => "a Flatten of some axes",
        Lstm { IsBidirectional: true } or Gru { IsBidirectional: true } => "a recurrent layer of both directions",
        Lstm { IsProjected: true } => "an Lstm with a projection",
        TableNetwork { Members: > MostPlaces } => string.Create(CultureInfo.InvariantCulture, $"a TableNetwork of more than {MostPlaces} members"),
        Cnn or LeNet or ResNet or ResidualBlock or Autoencoder or RecurrentClassifier<Lstm> or RecurrentClassifier<Gru>
            or BagOfWords or RecurrentSentenceClassifier<Lstm> or RecurrentSentenceClassifier<Gru> or RecurrentLanguageModel<Lstm>
            or RecurrentLanguageModel<Gru> or Gpt or GptBlock or GptMlp or CausalSelfAttention or ModuleList<GptBlock>
            or TableNetwork or MemberLinear or ModuleList<MemberLinear> => null,
        _ when Layers.Contains(module.GetType()) => null,
        _ => $"a {PlainText.Of(module.GetType().Name.Split('`')[0])}",
    };

    private static string? Reason(string name, Pooling pool, Size2 kernel, Size2 stride, Size2 padding)
    {
        var isSquare = kernel.Height == kernel.Width && stride.Height == stride.Width && padding.Height == padding.Width;
        return pool.CeilMode ? $"a {name} whose sizes are rounded up" : isSquare ? null : $"a {name} whose windows are no squares";
    }
}
