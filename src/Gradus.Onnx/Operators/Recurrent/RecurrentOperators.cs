namespace Gradus.Onnx;

/// <summary>Recurrent networks over whole sequences.</summary>
internal static class RecurrentOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("RNN", 1, static call => RecurrentCall.Of(call, 1, static (run, direction) => new RnnSteps(run, direction))),
        new("GRU", 1, static call => RecurrentCall.Of(call, 3, static (run, direction) => new GruSteps(run, direction))),
        new("LSTM", 1, static call => RecurrentCall.Of(call, 4, static (run, direction) => new LstmSteps(run, direction))),
    ];
}
