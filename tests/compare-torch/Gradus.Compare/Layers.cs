using Gradus.Nn;

namespace Gradus.Compare;

/// <summary>How a layer is made of arguments, and called.</summary>
internal sealed record ComparedLayer(Func<OperationArguments, Module> Make, Func<Module, Tensor[], OperationArguments, Tensor[]> Run);

/// <summary>What Gradus does for each layer that compare_nn.py knows, by the name of its class; after a dot, another use of the same.</summary>
internal static partial class Layers
{
    private static readonly Dictionary<string, ComparedLayer> s_all = [];

    static Layers()
    {
        Activations();
        Dense();
        Windows();
        Volumes();
        Paddings();
        Norms();
        Rearranging();
        Recurrent();
        Attention();
        Containers();
    }

    /// <summary>The layers that are compared.</summary>
    public static IReadOnlyDictionary<string, ComparedLayer> All => s_all;

    private static void Plain(string name, Func<OperationArguments, Module<Tensor, Tensor>> make) =>
        Called<Module<Tensor, Tensor>>(name, make, static (layer, x, _) => [layer.Forward(x[0])]);

    private static void Called<T>(string name, Func<OperationArguments, T> make, Func<T, Tensor[], OperationArguments, Tensor[]> run) where T : Module =>
        s_all.Add(name, new(make, (module, x, a) => run((T)module, x, a)));

    private static int? Given(OperationArguments a, string name) => a.Has(name) ? a.Int(name) : null;

    private static Tensor? At(Tensor[] x, int index) => index < x.Length ? x[index] : null;

    private static void Activations()
    {
        Plain("Relu", static _ => new Relu());
        Plain("Sigmoid", static _ => new Sigmoid());
        Plain("Tanh", static _ => new Tanh());
        Plain("Gelu", static a => new Gelu(a.Flag("tanh")));
        Plain("Silu", static _ => new Silu());
        Plain("Elu", static a => new Elu(a.Number("alpha")));
        Plain("Celu", static a => new Celu(a.Number("alpha")));
        Plain("Selu", static _ => new Selu());
        Plain("LeakyRelu", static a => new LeakyRelu(a.Number("slope")));
        Plain("Hardshrink", static a => new Hardshrink(a.Number("lambda")));
        Plain("Softshrink", static a => new Softshrink(a.Number("lambda")));
        Plain("Hardsigmoid", static _ => new Hardsigmoid());
        Plain("Hardswish", static _ => new Hardswish());
        Plain("Hardtanh", static a => new Hardtanh(a.Number("min"), a.Number("max")));
        Plain("LogSigmoid", static _ => new LogSigmoid());
        Plain("Relu6", static _ => new Relu6());
        Plain("Mish", static _ => new Mish());
        Plain("Softplus", static a => new Softplus(a.Number("beta"), a.Number("threshold")));
        Plain("Softsign", static _ => new Softsign());
        Plain("Tanhshrink", static _ => new Tanhshrink());
        Plain("Threshold", static a => new Threshold(a.Number("threshold"), a.Number("value")));
        Plain("Softmin", static a => new Softmin(a.Int("axis")));
        Plain("Softmax", static a => new Softmax(a.Int("axis")));
        Plain("LogSoftmax", static a => new LogSoftmax(a.Int("axis")));
        Plain("Softmax2d", static _ => new Softmax2d());
        Plain("Glu", static a => new Glu(a.Int("axis")));
        Plain("RRelu", static a => new RRelu(a.Number("lower"), a.Number("upper")));
        Plain("PRelu", static a => new PRelu(a.Int("channels")));
    }

    private static void Dense()
    {
        Plain("Identity", static _ => new Identity());
        Plain("Linear", static a => new Linear(a.Int("inputs"), a.Int("outputs"), a.Flag("bias")));
        Plain("Linear.AnySize", static a => new Linear(a.Int("outputs"), a.Flag("bias")));
        Called("Bilinear", static a => new Bilinear(a.Int("first"), a.Int("second"), a.Int("outputs"), a.Flag("bias")),
            static (layer, x, _) => [layer.Forward((x[0], x[1]))]);
        Called("CosineSimilarity", static a => new CosineSimilarity(a.Int("axis"), a.Number("epsilon")), static (layer, x, _) => [layer.Forward((x[0], x[1]))]);
        Called("PairwiseDistance", static a => new PairwiseDistance(a.Number("p"), a.Number("epsilon"), a.Flag("keep")),
            static (layer, x, _) => [layer.Forward((x[0], x[1]))]);
        Plain("Dropout", static a => new Dropout(a.Number("p")));
        Plain("Dropout1d", static a => new Dropout1d(a.Number("p")));
        Plain("Dropout2d", static a => new Dropout2d(a.Number("p")));
        Plain("Dropout3d", static a => new Dropout3d(a.Number("p")));
        Plain("AlphaDropout", static a => new AlphaDropout(a.Number("p")));
        Plain("FeatureAlphaDropout", static a => new FeatureAlphaDropout(a.Number("p")));
        Plain("Embedding", static a => new Embedding(a.Int("count"), a.Int("width"), paddingIndex: Given(a, "padding"),
            maxNorm: a.Has("norm") ? a.Number("norm") : null));
        Called("EmbeddingBag", static a => new EmbeddingBag(a.Int("count"), a.Int("width"), new()
        {
            Mode = (BagMode)a.Int("mode"),
            PaddingIndex = Given(a, "padding"),
            MaxNorm = a.Has("norm") ? a.Number("norm") : null,
        }),
            static (layer, x, a) => [layer.Forward(new BagInput(x[0], a.Has("offsets") ? a.Ints("offsets") : null, At(x, 1)))]);
        Called("AdaptiveLogSoftmaxWithLoss",
            static a => new AdaptiveLogSoftmaxWithLoss(a.Int("inputs"), a.Int("classes"), a.Ints("cutoffs"), a.Number("divisor"), a.Flag("bias")),
            static (layer, x, _) => layer.Forward((x[0], x[1])) is var (output, loss) ? [output, loss, layer.LogProbabilities(x[0])] : []);
    }

    private static void Norms()
    {
        Plain("BatchNorm1d", static a => new BatchNorm1d(a.Int("channels"), a.Number("epsilon"), a.Has("momentum") ? a.Number("momentum") : null,
            a.Flag("affine"), a.Flag("track")));
        Plain("BatchNorm2d", static a => new BatchNorm2d(a.Int("channels"), a.Number("epsilon"), a.Has("momentum") ? a.Number("momentum") : null,
            a.Flag("affine"), a.Flag("track")));
        Plain("BatchNorm3d", static a => new BatchNorm3d(a.Int("channels"), a.Number("epsilon"), a.Has("momentum") ? a.Number("momentum") : null,
            a.Flag("affine"), a.Flag("track")));
        Plain("InstanceNorm1d", static a => new InstanceNorm1d(a.Int("channels"), a.Number("epsilon"), a.Flag("affine"),
            a.Number("momentum"), a.Flag("track")));
        Plain("InstanceNorm2d", static a => new InstanceNorm2d(a.Int("channels"), a.Number("epsilon"), a.Flag("affine"),
            a.Number("momentum"), a.Flag("track")));
        Plain("InstanceNorm3d", static a => new InstanceNorm3d(a.Int("channels"), a.Number("epsilon"), a.Flag("affine"),
            a.Number("momentum"), a.Flag("track")));
        Plain("GroupNorm", static a => new GroupNorm(a.Int("channels"), a.Int("groups"), a.Number("epsilon"), a.Flag("affine")));
        Plain("LayerNorm", static a => new LayerNorm(a.Ints("sizes"), a.Number("epsilon"), a.Flag("affine")));
        Plain("LayerNorm.AnySize", static a => new LayerNorm(epsilon: a.Number("epsilon"), affine: a.Flag("affine")));
        Plain("LocalResponseNorm", static a => new LocalResponseNorm(a.Int("size"), a.Number("alpha"), a.Number("beta"), a.Number("k")));
    }

    private static void Rearranging()
    {
        Plain("Flatten", static a => new Flatten(a.Int("from"), a.Int("to")));
        Plain("Unflatten", static a => new Unflatten(a.Int("axis"), a.Ints("sizes")));
        Plain("PixelShuffle", static a => new PixelShuffle(a.Int("factor")));
        Plain("PixelUnshuffle", static a => new PixelUnshuffle(a.Int("factor")));
        Plain("ChannelShuffle", static a => new ChannelShuffle(a.Int("groups")));
        Plain("Unfold", static a => new Unfold(a.Size("kernel"), a.Size("stride"), a.Size("padding"), a.Size("dilation")));
        Plain("Fold", static a => new Fold(a.Size("size"), a.Size("kernel"), a.Size("stride"), a.Size("padding"), a.Size("dilation")));
        Plain("Upsample", static a => new Upsample(a.Number("factor"), (InterpolationMode)a.Int("mode"), a.Flag("corners")));
    }

    private static void Containers()
    {
        Plain("Sequential", static a => new Sequential(new Linear(a.Int("inputs"), a.Int("hidden")), new Tanh(),
            new Sequential(new Linear(a.Int("hidden"), a.Int("outputs"), bias: false), new LayerNorm(a.Int("outputs")))));
        Called("ModuleList", static a => new ModuleList<Linear>(new Linear(a.Int("inputs"), a.Int("outputs")), new Linear(a.Int("inputs"), a.Int("outputs"))),
            static (list, x, _) => [list[0].Forward(x[0]) * list[1].Forward(x[0])]);
        Called("ModuleDict", static a => new ModuleDict<Linear>(("left", new Linear(a.Int("inputs"), a.Int("outputs"))),
            ("Right", new Linear(a.Int("inputs"), a.Int("outputs")))),
            static (parts, x, _) => [parts["left"].Forward(x[0]) - parts["Right"].Forward(x[0])]);
        Called("ParameterList", static a => new ParameterList(new Parameter([a.Int("inputs")], Init.Ones), new Parameter([a.Int("inputs")], Init.Ones)),
            static (list, x, _) => [(x[0] * list[0]) + list[1]]);
        Called("ParameterDict", static a => new ParameterDict(("scale", new Parameter([a.Int("inputs")], Init.Ones)),
            ("Shift", new Parameter([a.Int("inputs")], Init.Ones))), static (parts, x, _) => [(x[0] * parts["scale"]) + parts["Shift"]]);
    }
}
