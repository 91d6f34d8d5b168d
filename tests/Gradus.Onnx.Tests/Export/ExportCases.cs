namespace Gradus.Onnx.Tests.Export;

internal static class ExportCases
{
    public static int[]? BatchAxes(string name) => null;

    public static Tensor[] WithBatch(Tensor[] inputs, int[]? axes, int batch) => new ExportInputs(inputs, new() { BatchAxes = axes }).For(batch);
}
