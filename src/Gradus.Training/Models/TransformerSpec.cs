using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// <c>transformer</c>, <c>transformer:LAYERS,HEADS,WIDTH</c>: a transformer encoder. Its tokens are the time steps of a sequence, the rows of
/// a picture, or the words of a sentence.
/// </summary>
internal sealed class TransformerSpec : ModelSpec
{
    public static readonly ModelFamily Family = new(
        "transformer", "transformer:2,4,128", 3, static sizes => new TransformerSpec(sizes is [] ? [2, 4, 128] : sizes));

    private readonly int _layers;
    private readonly int _heads;
    private readonly int _width;

    private TransformerSpec(int[] sizes) : base(Family, sizes)
    {
        if (sizes is not [var layers, var heads, var width])
        {
            throw new FormatException($"got {sizes.Length} of its three sizes, which are layers, heads and width");
        }

        if (width % 2 != 0 || width % heads != 0) throw new FormatException($"the width {width} must be even and a multiple of the {heads} heads");
        (_layers, _heads, _width) = (ModelFamily.AtMost(64, layers, "layers"), heads, width);
    }

    private protected override bool TakesDropout => true;

    private protected override string Takes => "sequences, pictures or sentences";

    private protected override bool Fits(ModelData data) => data.Form is DataForm.Sequence or DataForm.Picture or DataForm.Sentence;

    private protected override Module<Tensor, Tensor> Create(ModelData data)
    {
        var options = new TransformerClassifierOptions { Layers = _layers, Heads = _heads, Width = _width, Dropout = DropoutFor(data) };
        return data.Form == DataForm.Sentence
            ? new TransformerSentenceClassifier(data.TokenCount, data.Outputs, options)
            : new TransformerClassifier(data.StepInputs, data.Outputs, options);
    }
}
