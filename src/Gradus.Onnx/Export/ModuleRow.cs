using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>How a module is written as a whole.</summary>
/// <param name="Inputs">The tensors that go into a call; null for a call, or a form of the module, that is written operator by operator.</param>
/// <param name="Write">Adds the nodes.</param>
internal sealed record ModuleRow(Func<Module, object, Tensor[]?> Inputs, Action<ExportCall> Write)
{
    /// <summary>A row for a module of one type that takes inputs of one type.</summary>
    public static ModuleRow Of<TModule, TInput>(Func<TModule, TInput, Tensor[]?> inputs, Action<ExportCall, TModule> write) where TModule : Module =>
        new((module, input) => input is TInput typed ? inputs((TModule)module, typed) : null, call => write(call, (TModule)call.Module));
}
