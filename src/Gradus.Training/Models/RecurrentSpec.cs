using Gradus.Nn;

namespace Gradus.Training;

/// <summary><c>lstm:128</c>, <c>gru:128</c>, <c>lstm:128,2</c>: a recurrent layer of this width, or several of them, that reads a sequence step by step, or a picture row by row.</summary>
internal sealed class RecurrentSpec : ModelSpec
{
    public static readonly ModelFamily Lstm = new("lstm", "lstm:128", 2, static sizes => new RecurrentSpec(Lstm!, sizes));
    public static readonly ModelFamily Gru = new("gru", "gru:128", 2, static sizes => new RecurrentSpec(Gru!, sizes));

    private const int Width = 128;
    private const int MostLayers = 64;

    private readonly ModelFamily _family;
    private readonly int _hidden;
    private readonly int _layers;

    private RecurrentSpec(ModelFamily family, int[] sizes) : base(family, sizes is [] ? [Width] : sizes)
    {
        (_family, _hidden, _layers) = (family, sizes is [var hidden, ..] ? hidden : Width, sizes is [_, var layers] ? layers : 1);
        if (_layers > MostLayers) throw new FormatException($"{_layers} layers, and {MostLayers} are the most");
    }

    private protected override string Takes => "sequences or pictures";

    private protected override bool Fits(ModelData data) => data.Form is DataForm.Sequence or DataForm.Picture;

    private protected override Module<Tensor, Tensor> Create(ModelData data)
    {
        var inputs = data.Form == DataForm.Picture ? data.InputShape[0] * data.InputShape[2] : data.InputShape[1];
        return _family == Gru ? new GruClassifier(inputs, _hidden, data.Outputs, _layers) : new LstmClassifier(inputs, _hidden, data.Outputs, _layers);
    }
}
