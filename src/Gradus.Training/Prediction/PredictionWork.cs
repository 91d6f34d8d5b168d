using Gradus.Data;

namespace Gradus.Training;

/// <summary>The memory that one prediction works in, rented from a predictor.</summary>
internal sealed class PredictionWork(Predictor predictor, int columns) : IDisposable
{
    public TableValue[] Cells { get; } = new TableValue[columns];

    public float[] Inputs { get; } = new float[predictor.Model.Record.ToModelData().Inputs];

    /// <summary>Predicts what stands in <see cref="Inputs"/>.</summary>
    public void Run(Prediction prediction) => Run(Inputs, prediction);

    public void Run(float[] inputs, Prediction prediction) =>
        predictor.Finish(prediction, predictor.Forward(inputs, 1).ToArray<float>(), inputs);

    /// <summary>Predicts the token that follows some others.</summary>
    public void RunText(float[] tokens, Prediction prediction)
    {
        // [1, time, vocabulary], of which the last position tells the next token.
        var values = predictor.Forward(tokens, 1).ToArray<float>();
        predictor.FinishText(prediction, values.AsSpan(values.Length - predictor.Model.Record.Outputs));
    }

    public void Dispose() => predictor.Return(this);
}
