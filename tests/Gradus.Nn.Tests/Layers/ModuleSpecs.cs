using Gradus.Nn.Tests.Layers.Specs;

namespace Gradus.Nn.Tests.Layers;

/// <summary>A spec for every layer, by name: the layer's own, with more words where there are several.</summary>
internal static class ModuleSpecs
{
    public static readonly IReadOnlyDictionary<string, ModuleSpec> All = new[]
    {
        LinearSpecs.All, ActivationSpecs.All, ConvolutionSpecs.All, PoolingSpecs.All, PaddingSpecs.All, NormSpecs.All, DropoutSpecs.All, RecurrentSpecs.All,
        AttentionSpecs.All, ContainerSpecs.All, ShapeSpecs.All, ModelSpecs.All,
    }.SelectMany(static family => family).ToDictionary();

    /// <summary>The parameters, and those inputs that are floating point, ready for a gradient.</summary>
    public static Tensor[] Variables(Module module, Tensor[] inputs) =>
        [.. inputs.Where(static input => input.DType.IsFloat), .. module.Parameters().Select(static parameter => parameter.Value)];
}
