using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>Activations that are modules alone.</summary>
internal static class ActivationModules
{
    public static readonly ModuleRow PRelu = ModuleRow.Of<PRelu, Tensor>(static (_, input) => input.Rank > 0 ? [input] : null, static (call, module) =>
    {
        var slope = call.State(module.Weight.Value);
        var isOfChannels = module.Weight.Shape[0] > 1 && call.Rank() > 2;
        if (isOfChannels) slope = call.Add("Reshape", [slope, call.Whole([-1, .. Enumerable.Repeat(1L, call.Rank() - 2)])]);
        call.Give(call.Add("PRelu", [call[0], slope]));
    });
}
