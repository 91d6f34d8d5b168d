using Gradus.Nn;

namespace Gradus.Training;

/// <summary><c>gpt:LAYERS,HEADS,WIDTH,CONTEXT</c>: a decoder-only transformer that predicts the next character of a text.</summary>
internal sealed class GptSpec : ModelSpec
{
    public static readonly ModelFamily Family = new("gpt", "gpt:4,4,128,64", 4, static sizes => new GptSpec(sizes is [] ? [4, 4, 128, 64] : sizes));

    private const int MostLayers = 1000;

    private readonly int _layers;
    private readonly int _heads;
    private readonly int _width;
    private readonly int _context;

    private GptSpec(int[] sizes) : base(Family, sizes)
    {
        if (sizes is not [var layers, var heads, var width, var context])
        {
            throw new FormatException($"got {sizes.Length} sizes instead of the four LAYERS,HEADS,WIDTH,CONTEXT");
        }

        if (layers > MostLayers) throw new FormatException($"{layers} layers are more than {MostLayers}");
        if (width % heads != 0) throw new FormatException($"{heads} heads do not divide a width of {width}");
        (_layers, _heads, _width, _context) = (layers, heads, width, context);
    }

    public override int? Context => _context;

    /// <summary>The number of blocks.</summary>
    internal int Layers => _layers;

    /// <summary>The heads of each.</summary>
    internal int Heads => _heads;

    private protected override bool TakesDropout => true;

    private protected override string Takes => $"text in windows of {_context}";

    // nanoGPT's for a small network, which the lesson of its README trains on the same text.
    public override TrainingOptions DefaultOptions(int samples, int? batchSize = null) =>
        new() { BatchSize = batchSize ?? 32, Steps = 2500, LearningRate = 1e-3, Beta2 = 0.99, WeightDecay = 0.1 };

    private protected override bool Fits(ModelData data) => data is { Form: DataForm.Text, InputShape: [var time] } && time == _context;

    private protected override Module<Tensor, Tensor> Create(ModelData data) =>
        new Gpt(data.Outputs, new() { Layers = _layers, Heads = _heads, Width = _width, Context = _context, Dropout = DropoutFor(data) });
}
