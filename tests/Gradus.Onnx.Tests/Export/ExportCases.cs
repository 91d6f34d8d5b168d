using Gradus.Nn;
using Gradus.Nn.Tests.Layers;

namespace Gradus.Onnx.Tests.Export;

/// <summary>Every layer and model, with what export has to know of it: the specs of the layers' own tests, and some more.</summary>
internal static class ExportCases
{
    /// <summary>Why a spec is exported for the batch of its example alone.</summary>
    public static readonly Dictionary<string, string> Static = new()
    {
        ["Rnn of any size, two ways"] = Lengths,
        ["Lstm of any size, two ways"] = Lengths,
        ["Gru of any size, two ways"] = Lengths,
        ["Lstm with a projection"] = Lengths,
        ["EmbeddingBag of sums"] = "the offsets of the bags are part of the program",
    };

    private const string Lengths = "the lengths of the sequences are part of the program";

    private static readonly Dictionary<string, int[]> Axes = new()
    {
        ["Lstm"] = [1],
        ["MemberLinear"] = [1],
        ["Rnn without bias"] = [1],
        ["Lstm without bias"] = [1],
        ["Gru without bias"] = [1],
        ["Gru"] = [0, 1],
        ["Lstm of two layers and directions"] = [0, 1, 1],
        ["Gru of two layers and directions"] = [1, 1],
        ["Rnn of two layers and directions"] = [1, 1],
        ["Lstm with a projection, of whole sequences"] = [1],
    };

    /// <summary>Specs by name.</summary>
    public static IReadOnlyDictionary<string, ModuleSpec> All { get; } = ModuleSpecs.All.Concat(More()).ToDictionary(
        static entry => entry.Key,
        static entry => entry.Key switch
        {
            // In use there are no labels.
            "AdaptiveLogSoftmaxWithLoss" => entry.Value with
            {
                Run = static (layer, x) => ((AdaptiveLogSoftmaxWithLoss)layer).LogProbabilities(x[0]),
                Inputs = [entry.Value.Inputs[0]],
            },
            // Which tokens there are is an input as these are.
            "Bert" => entry.Value with
            {
                Run = static (layer, x) => ((Bert)layer).Forward(new BertInput(x[0], x[1])),
                Inputs = [entry.Value.Inputs[0], Tensor.Of([[1L, 1, 1], [1, 1, 0]])],
            },
            _ => entry.Value,
        });

    /// <summary>The axis of each input that counts samples; null for the first.</summary>
    public static int[]? BatchAxes(string name) => Axes.GetValueOrDefault(name);

    /// <summary>Inputs of a batch: the spec's in turn, with other numbers.</summary>
    public static Tensor[] Inputs(string name, Tensor[] inputs, int batch)
    {
        var given = new ExportInputs(inputs, new() { BatchAxes = BatchAxes(name), DynamicBatch = !Static.ContainsKey(name) });
        return [.. (given.IsDynamic ? given.For(batch) : given.Examples).Select((input, index) => input.DType.IsFloat
            ? ModuleSpec.Draw(input.Shape, 10 + index).To(input.DType)
            : name.StartsWith("MaxUnpool", StringComparison.Ordinal) ? input : input.Flip(-1).Contiguous())];
    }

    private static Dictionary<string, ModuleSpec> More() => new()
    {
        ["Lstm of two layers and directions"] = ModuleSpec.Of(
            static () => new Lstm(2, new() { BatchFirst = true, Layers = 2, Bidirectional = true }),
            static (layer, x) => layer.Forward(new LstmInput(x[0], (x[1], x[2]))) is var (output, state)
                ? output.Sum(1) + state.Cell.Sum(0).Sum(1, keepDim: true)
                : x[0],
            [[3, 4, 3], [4, 3, 2], [4, 3, 2]], [3, 4], ""),
        ["Gru of two layers and directions"] = ModuleSpec.Of(
            static () => new Gru(2, new() { Layers = 2, Bidirectional = true }),
            static (layer, x) => layer.Forward(new GruInput(x[0], x[1])) is var (output, state) ? output.Sum(0) + state.Sum(0).Sum(1, keepDim: true) : x[0],
            [[4, 3, 3], [4, 3, 2]], [3, 4], ""),
        ["Rnn of two layers and directions"] = ModuleSpec.Of(
            static () => new Rnn(2, new() { Layers = 2, Bidirectional = true, Activation = RnnActivation.Relu }),
            static (layer, x) => layer.Forward(new RnnInput(x[0], x[1])) is var (output, state) ? output.Sum(0) + state.Sum(0).Sum(1, keepDim: true) : x[0],
            [[4, 3, 3], [4, 3, 2]], [3, 4], ""),
        ["Lstm with a projection, of whole sequences"] = ModuleSpec.Of(
            static () => new Lstm(3, 4, new() { Projection = 2 }), static (layer, x) => layer.Forward(x[0]).Output, [[4, 2, 3]], [4, 2, 2], ""),
        ["Conv1d of groups"] = ModuleSpec.Of(
            static () => new Conv1d(4, 6, 3, new() { Groups = 2, Stride = 2, Padding = 1, Dilation = 2 }), [2, 4, 11], [2, 6, 5], ""),
        ["Upsample of images, linear"] = ModuleSpec.Of(static () => new Upsample(1.7, InterpolationMode.Linear), [1, 2, 3, 4], [1, 2, 5, 6], ""),
        ["Upsample of images, corners aligned"] = ModuleSpec.Of(
            static () => new Upsample(2.5, InterpolationMode.Linear, alignCorners: true), [1, 2, 3, 4], [1, 2, 7, 10], ""),
        ["Upsample of volumes, linear"] = ModuleSpec.Of(static () => new Upsample(2, InterpolationMode.Linear), [1, 2, 2, 3, 2], [1, 2, 4, 6, 4], ""),
        ["Upsample of images, cubic corners"] = ModuleSpec.Of(
            static () => new Upsample(2, InterpolationMode.Cubic, alignCorners: true), [1, 2, 3, 4], [1, 2, 6, 8], ""),
    };
}
