using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>The modules that are one operator of ONNX, though several of Gradus compute them.</summary>
internal static class ModuleTable
{
    /// <summary>Whether a call of a module is written as a whole.</summary>
    public static bool Has(Module module, object? input, object? output) => false;

    /// <summary>Writes a call of a module.</summary>
    public static void Write(ExportCall call) => throw call.Fault("is a module without a form of its own");
}
