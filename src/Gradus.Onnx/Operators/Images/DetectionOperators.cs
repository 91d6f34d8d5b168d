namespace Gradus.Onnx;

/// <summary>Boxes in images.</summary>
internal static class DetectionOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("NonMaxSuppression", 10, static call => BoxSuppression.Choose(call)) { Settings = [2, 3, 4] },
        new("RoiAlign", 10, static call => RegionAlignment.Align(call, isShifted: false)),
        new("RoiAlign", 16, static call => RegionAlignment.Align(call, call.Text("coordinate_transformation_mode", "half_pixel") == "half_pixel")),
    ];
}
