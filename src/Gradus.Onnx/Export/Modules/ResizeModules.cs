using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>Images that are enlarged.</summary>
internal static class ResizeModules
{
    // Lines are for many programs no images: those between elements are written out.
    public static readonly ModuleRow Upsample = ModuleRow.Of<Upsample, Tensor>(
        static (module, input) => input.Rank == 4 || (input.Rank == 5 && module.Mode != InterpolationMode.Cubic) || module.Mode == InterpolationMode.Nearest
            ? [input]
            : null,
        Write);

    private static void Write(ExportCall call, Upsample module)
    {
        var (mode, place) = module.Mode switch
        {
            InterpolationMode.Nearest => ("nearest", "asymmetric"),
            InterpolationMode.Linear => ("linear", "half_pixel"),
            _ => ("cubic", "half_pixel"),
        };
        if (module.AlignsCorners) place = "align_corners";
        // The factor says where elements lie, except between corners that stay: there the sizes do.
        var scales = Enumerable.Range(0, call.Rank()).Select(axis => axis < 2 ? 1f : (float)module.Factor).ToArray();
        string[] inputs = module.AlignsCorners
            ? [call[0], "", "", call.Vector(call.OutputSizes())]
            : [call[0], "", call.Constant(Tensor.From(scales, [scales.Length]))];
        call.Give(call.Add(
            "Resize", inputs, Attributes.Text("mode", mode), Attributes.Text("coordinate_transformation_mode", place),
            Attributes.Text("nearest_mode", "floor"), Attributes.Float("cubic_coeff_a", -0.75)));
    }
}
