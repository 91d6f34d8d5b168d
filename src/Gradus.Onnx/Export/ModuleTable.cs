using System.Collections.Frozen;
using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>The modules that are written as a whole, since ONNX has an operator for what several of Gradus compute.</summary>
internal static class ModuleTable
{
    private static readonly FrozenDictionary<Type, ModuleRow> Rows = new Dictionary<Type, ModuleRow>
    {
        [typeof(Conv1d)] = ConvolutionModules.Conv,
        [typeof(Conv3d)] = ConvolutionModules.Conv,
        [typeof(DepthwiseConv1d)] = ConvolutionModules.Depthwise,
        [typeof(DepthwiseConv3d)] = ConvolutionModules.Depthwise,
        [typeof(ConvTranspose1d)] = ConvolutionModules.ConvTranspose,
        [typeof(ConvTranspose3d)] = ConvolutionModules.ConvTranspose,
        [typeof(Upsample)] = ResizeModules.Upsample,
        [typeof(Rnn)] = RecurrentModules.Rnn,
        [typeof(Gru)] = RecurrentModules.Gru,
        [typeof(Lstm)] = RecurrentModules.Lstm,
        [typeof(Embedding)] = TableModules.Embedding,
        [typeof(EmbeddingBag)] = TableModules.EmbeddingBag,
        [typeof(PRelu)] = ActivationModules.PRelu,
    }.ToFrozenDictionary();

    /// <summary>The modules that have a row.</summary>
    public static IEnumerable<Type> All => Rows.Keys;

    /// <summary>The tensors that go into a module which is written as a whole; null where it is not.</summary>
    public static Tensor[]? InputsOf(Module module, object? input) =>
        Rows.TryGetValue(module.GetType(), out var row) && input is not null ? row.Inputs(module, input) : null;

    /// <summary>Writes a call of a module.</summary>
    public static void Write(ExportCall call) => Rows[call.Module.GetType()].Write(call);
}
