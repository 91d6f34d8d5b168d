namespace Gradus.Nn.Tests.Layers.Specs;

internal static class ModelSpecs
{
    private static readonly Tensor Words = Tensor.Of([[0, 3, 1, 3], [4, 4, 2, 0]]);
    private static readonly Tensor Sentences = Tensor.Of([[3, 1, 0, 0], [4, 4, 2, 0]]);

    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["Mlp"] = ModuleSpec.Of(
            static () => Mlp.Create(6, [4], 2), [3, 2, 3], [3, 2], "Sequential(\n  0: Flatten()\n  1: Linear(6 → 4)\n  2: Relu()\n  3: Linear(4 → 2)\n)"),
        ["Cnn"] = ModuleSpec.Of(
            static () => new Cnn(1, 5, 4, 3), [2, 1, 5, 4], [2, 3], "Cnn(\n  features: Sequential(\n    0: Conv2d(1 → 32, 3×3, padding 1)") with
        {
            IsLarge = true,
        },
        ["LeNet"] = ModuleSpec.Of(
            static () => new LeNet(2, 12, 15, 4), [2, 2, 12, 15], [2, 4],
            "LeNet(\n  features: Sequential(\n    0: Conv2d(2 → 6, 5×5, padding 2)\n    1: Tanh()") with
        {
            IsLarge = true,
        },
        ["ResidualBlock"] = ModuleSpec.Of(
            static () => new ResidualBlock(2, 2), [2, 2, 3, 4], [2, 2, 3, 4],
            "ResidualBlock(\n  conv1: Conv2d(2 → 2, 3×3, padding 1, no bias)\n  bn1: BatchNorm2d(2)\n" +
            "  conv2: Conv2d(2 → 2, 3×3, padding 1, no bias)\n  bn2: BatchNorm2d(2)\n)") with
        {
            DiffersInTraining = true,
        },
        ["ResidualBlock to another shape"] = ModuleSpec.Of(
            static () => new ResidualBlock(2, 3, 2), [2, 2, 3, 4], [2, 3, 2, 2],
            "ResidualBlock(\n  conv1: Conv2d(2 → 3, 3×3, stride 2, padding 1, no bias)\n  bn1: BatchNorm2d(3)\n" +
            "  conv2: Conv2d(3 → 3, 3×3, padding 1, no bias)\n  bn2: BatchNorm2d(3)\n" +
            "  downsample: Sequential(\n    0: Conv2d(2 → 3, 1×1, stride 2, no bias)\n    1: BatchNorm2d(3)\n  )\n)") with
        {
            DiffersInTraining = true,
        },
        ["ResNet18"] = ModuleSpec.Of(
            static () => new ResNet18(1, 3), [2, 1, 40, 33], [2, 3],
            "ResNet18(\n  conv1: Conv2d(1 → 64, 7×7, stride 2, padding 3, no bias)\n  bn1: BatchNorm2d(64)\n" +
            "  layer1: Sequential(\n    0: ResidualBlock(") with
        {
            DiffersInTraining = true,
            IsLarge = true,
        },
        ["ResNet20"] = ModuleSpec.Of(
            static () => new ResNet20(1), [2, 1, 8, 7], [2, 10],
            "ResNet20(\n  conv1: Conv2d(1 → 16, 3×3, padding 1, no bias)\n  bn1: BatchNorm2d(16)\n  layer1: Sequential(\n    0: ResidualBlock(") with
        {
            DiffersInTraining = true,
            IsLarge = true,
        },
        ["ResidualNetwork"] = ModuleSpec.Of(
            static () => new ResidualNetwork(new() { Channels = 1, StemWidth = 2, Widths = [4, 8], Depths = [1, 1], Outputs = 3 }), [2, 1, 16, 15], [2, 3],
            "ResidualNetwork(\n  conv1: Conv2d(1 → 2, 7×7, stride 2, padding 3, no bias)\n  bn1: BatchNorm2d(2)") with
        {
            DiffersInTraining = true,
            IsLarge = true,
        },
        ["ResidualNetwork of basic blocks"] = ModuleSpec.Of(
            static () => new ResidualNetwork(new() { Channels = 1, StemWidth = 2, Widths = [3], Depths = [1], IsBottleneck = false, Outputs = 0 }),
            [2, 1, 16, 15], [2, 3], "ResidualNetwork(\n  conv1: Conv2d(1 → 2") with
        {
            DiffersInTraining = true,
            IsLarge = true,
        },
        ["Autoencoder"] = ModuleSpec.Of(
            static () => new Autoencoder(6, [4, 2], bounded: true), [3, 2, 3], [3, 2, 3],
            "Autoencoder(\n  encoder: Sequential(\n    0: Flatten()\n    1: Linear(6 → 4)\n    2: Relu()\n    3: Linear(4 → 2)\n  )\n  decoder: Sequential(\n" +
            "    0: Linear(2 → 4)\n    1: Relu()\n    2: Linear(4 → 6)\n    3: Sigmoid()\n  )\n)"),
        ["Vae"] = ModuleSpec.Of(
            static () => new Vae(6, 5, 2),
            static (model, x) => model.Forward(x[0]) is var output ? output.Logits + (output.Mean.Sum() * 2) + output.LogVariance.Sum() : x[0],
            [[3, 2, 3]], [3, 2, 3],
            "Vae(\n  encoder: Sequential(\n    0: Flatten()\n    1: Linear(6 → 5)\n    2: Relu()\n  )\n  mean: Linear(5 → 2)\n  log_variance: Linear(5 → 2)\n" +
            "  decoder: Sequential(\n    0: Linear(2 → 5)\n    1: Relu()\n    2: Linear(5 → 6)\n  )\n)") with
        {
            DiffersInTraining = true,
            IsRandom = true,
        },
        ["LstmClassifier"] = ModuleSpec.Of(
            static () => new LstmClassifier(3, 2, 4), [2, 5, 3], [2, 4], "LstmClassifier(\n  rnn: Lstm(3 → 2, batch first)\n  out: Linear(2 → 4)\n)"),
        ["LstmClassifier of pictures"] = ModuleSpec.Of(
            static () => new LstmClassifier(6, 2, 4, layers: 2), [2, 2, 5, 3], [2, 4],
            "LstmClassifier(\n  rnn: Lstm(6 → 2, 2 layers, batch first)\n  out: Linear(2 → 4)\n)"),
        ["GruClassifier"] = ModuleSpec.Of(
            static () => new GruClassifier(3, 2, 4), [2, 1, 5, 3], [2, 4], "GruClassifier(\n  rnn: Gru(3 → 2, batch first)\n  out: Linear(2 → 4)\n)"),
        ["LstmLanguageModel"] = ModuleSpec.Of(
            static () => new LstmLanguageModel(5, 3, dropout: 0.5), static (model, x) => model.Forward(x[0]), [Words], [2, 4, 5],
            "LstmLanguageModel(\n  drop: Dropout(0.5)\n  encoder: Embedding(5 → 3)\n  rnn: Lstm(3 → 3, batch first)\n  decoder: Linear(3 → 5)\n)") with
        {
            DiffersInTraining = true,
            IsRandom = true,
        },
        ["GruLanguageModel"] = ModuleSpec.Of(
            static () => new GruLanguageModel(5, 3, 2), static (model, x) => model.Forward(x[0]), [Words], [2, 4, 5],
            "GruLanguageModel(\n  drop: Dropout(0)\n  encoder: Embedding(5 → 3)\n  rnn: Gru(3 → 3, 2 layers, batch first)\n  decoder: Linear(3 → 5)\n)"),
        ["TransformerClassifier"] = ModuleSpec.Of(
            static () => new TransformerClassifier(6, 3, new() { Layers = 1, Heads = 2, Width = 4 }), [2, 2, 5, 3], [2, 3],
            "TransformerClassifier(\n  tokens: Linear(6 → 4)\n  positions: SinusoidalPositions(10000)\n  encoder: TransformerEncoder(\n" +
            "    layers: ModuleList(\n      0: TransformerEncoderLayer(norm first\n") with
        {
            IsLarge = true,
        },
        ["TableNetwork"] = ModuleSpec.Of(
            static () => Learnt(new TableNetwork(4, 3, new() { Members = 2, Width = 3, Bins = 2, VectorWidth = 2, Categories = [1], AreClasses = true })),
            [2, 4], [2, 3],
            "TableNetwork(3 numbers, 1 categories, 2 members\n  numbers: PiecewiseLinear(3 × (2 bins → 2))\n  first: Linear(7 → 6)\n") with
        {
            DiffersInTraining = true,
            IsRandom = true,
            IsLarge = true,
        },
        ["BagOfWords"] = ModuleSpec.Of(
            static () => new BagOfWords(5, 3, [2], 4, dropout: 0.5), static (model, x) => model.Forward(x[0]), [Sentences], [2, 4],
            "BagOfWords(\n  words: Embedding(5 → 3, padding index 0)\n  drop: Dropout(0.5)\n  out: Sequential(\n    0: Flatten()\n    1: Linear(3 → 2)\n" +
            "    2: Relu()\n    3: Linear(2 → 4)\n  )\n)") with
        {
            DiffersInTraining = true,
            IsRandom = true,
        },
        ["LstmSentenceClassifier"] = ModuleSpec.Of(
            static () => new LstmSentenceClassifier(5, 3, 2, layers: 2), static (model, x) => model.Forward(x[0]), [Sentences], [2, 2],
            "LstmSentenceClassifier(\n  words: Embedding(5 → 3, padding index 0)\n  drop: Dropout(0)\n  rnn: Lstm(3 → 3, 2 layers, batch first)\n" +
            "  out: Linear(3 → 2)\n)"),
        ["GruSentenceClassifier"] = ModuleSpec.Of(
            static () => new GruSentenceClassifier(5, 3, 2), static (model, x) => model.Forward(x[0]), [Sentences], [2, 2],
            "GruSentenceClassifier(\n  words: Embedding(5 → 3, padding index 0)\n  drop: Dropout(0)\n  rnn: Gru(3 → 3, batch first)\n  out: Linear(3 → 2)\n)"),
        ["TransformerSentenceClassifier"] = ModuleSpec.Of(
            static () => new TransformerSentenceClassifier(5, 3, new() { Layers = 1, Heads = 2, Width = 4 }), static (model, x) => model.Forward(x[0]),
            [Sentences], [2, 3],
            "TransformerSentenceClassifier(\n  words: Embedding(5 → 4, padding index 0)\n  drop: Dropout(0)\n  positions: SinusoidalPositions(10000)\n" +
            "  encoder: TransformerEncoder(\n    layers: ModuleList(\n      0: TransformerEncoderLayer(norm first\n") with
        {
            IsLarge = true,
        },
    };

    private static TableNetwork Learnt(TableNetwork network)
    {
        network.Learn(ModuleSpec.Draw([100, 4]).To(DType.Float32));
        return network;
    }
}
