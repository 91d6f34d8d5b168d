using Gradus.Nn;

namespace Gradus.Training;

/// <summary>
/// <c>lstm:128</c>, <c>gru:128</c>, <c>lstm:128,2</c>: an LSTM or GRU of this width, with one or more layers. Its time steps are those of a sequence,
/// the rows of a picture, the words of a sentence, or the tokens of a text.
/// </summary>
internal sealed class RecurrentSpec : ModelSpec
{
    public static readonly ModelFamily Lstm = new("lstm", "lstm:128", 2, static sizes => new RecurrentSpec(Lstm!, sizes is [] ? [128] : sizes));
    public static readonly ModelFamily Gru = new("gru", "gru:128", 2, static sizes => new RecurrentSpec(Gru!, sizes is [] ? [128] : sizes));

    private readonly bool _isGru;
    private readonly int _hidden;
    private readonly int _layers;

    private RecurrentSpec(ModelFamily family, int[] sizes) : base(family, sizes) =>
        (_isGru, _hidden, _layers) = (family.Name == "gru", sizes[0], sizes is [_, var layers] ? ModelFamily.AtMost(64, layers, "layers") : 1);

    private protected override bool TakesDropout => true;

    private protected override string Takes => "sequences, pictures, sentences or text";

    public override TrainingOptions DefaultOptions(int samples, int? batchSize = null) =>
        base.DefaultOptions(samples, batchSize) with { LearningRate = 3e-3, Schedule = ScheduleKind.OneCycle };

    private protected override bool Fits(ModelData data) => data.Form != DataForm.Table;

    private protected override Module<Tensor, Tensor> Create(ModelData data)
    {
        var dropout = DropoutFor(data);
        if (data.Form == DataForm.Text)
        {
            return _isGru ? new GruLanguageModel(data.Outputs, _hidden, _layers, dropout) : new LstmLanguageModel(data.Outputs, _hidden, _layers, dropout);
        }

        if (data.Form == DataForm.Sentence)
        {
            return _isGru
                ? new GruSentenceClassifier(data.TokenCount, _hidden, data.Outputs, _layers, dropout)
                : new LstmSentenceClassifier(data.TokenCount, _hidden, data.Outputs, _layers, dropout);
        }

        if (dropout > 0 && _layers == 1)
        {
            throw new FormatException($"model '{ModelFamily.Short(Text)}': dropout is between two layers, of which it has one; expected {Text},2 or more.");
        }

        return _isGru
            ? new GruClassifier(data.StepInputs, _hidden, data.Outputs, _layers, dropout)
            : new LstmClassifier(data.StepInputs, _hidden, data.Outputs, _layers, dropout);
    }
}
