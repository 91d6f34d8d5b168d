namespace Gradus.Onnx.Tests.Export;

internal static class ExportCases
{
    public static int[]? BatchAxes(string name) => name switch
    {
        "Lstm" or "Rnn without bias" or "Lstm without bias" or "Gru without bias" => [1],
        "Gru" => [0, 1],
        _ => null,
    };

    public static Tensor[] WithBatch(Tensor[] inputs, int[]? axes, int batch) => new ExportInputs(inputs, new() { BatchAxes = axes }).For(batch);
}
