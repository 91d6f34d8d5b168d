using Gradus.Nn;

namespace Gradus.Compare;

/// <summary>The options of layers, as a case gives them.</summary>
internal static partial class Layers
{
    private static ConvolutionOptions<TSize> Convolution<TSize>(OperationArguments a, Func<string, TSize> size) where TSize : struct => new()
    {
        Stride = size("stride"),
        Padding = size("padding"),
        Dilation = size("dilation"),
        Groups = a.Int("groups"),
        Bias = a.Flag("bias"),
        PaddingMode = a.Has("mode") ? (PadMode)a.Int("mode") : PadMode.Constant,
    };

    private static TransposedConvolutionOptions<TSize> Transposed<TSize>(OperationArguments a, Func<string, TSize> size) where TSize : struct => new()
    {
        Stride = size("stride"),
        Padding = size("padding"),
        OutputPadding = size("outputPadding"),
        Dilation = size("dilation"),
        Groups = a.Int("groups"),
        Bias = a.Flag("bias"),
    };

    private static DepthwiseConvolutionOptions<TSize> Depthwise<TSize>(OperationArguments a, Func<string, TSize> size) where TSize : struct => new()
    {
        Stride = size("stride"),
        Padding = size("padding"),
        Dilation = size("dilation"),
        Multiplier = a.Int("multiplier"),
        Bias = a.Flag("bias"),
    };

    private static TOptions Sequence<TOptions>(OperationArguments a) where TOptions : RecurrentOptions, new() => new()
    {
        Layers = a.Int("layers"),
        BatchFirst = a.Flag("batchFirst"),
        Bidirectional = a.Flag("bidirectional"),
        Bias = a.Flag("bias"),
    };

    private static RnnActivation Activation(OperationArguments a) => a.Flag("relu") ? RnnActivation.Relu : RnnActivation.Tanh;

    private static TransformerOptions Block(OperationArguments a) => new()
    {
        FeedForward = a.Int("feedForward"),
        Dropout = 0,
        Activation = a.Flag("gelu") ? FeedForwardActivation.Gelu : FeedForwardActivation.Relu,
        NormFirst = a.Flag("normFirst"),
    };
}
