using Gradus.Nn;

namespace Gradus.Onnx;

/// <summary>One evaluation in a run: of an operator, or of a module that is written as a whole.</summary>
/// <param name="Op">The operator; null for a module.</param>
/// <param name="Arguments">The operator's arguments.</param>
/// <param name="Module">The module that is written as a whole.</param>
/// <param name="Path">The path of the module that it happened in; empty for the outermost.</param>
/// <param name="Inputs">The numbers of the values that went in.</param>
/// <param name="Outputs">The numbers of the values that came out.</param>
internal sealed record TraceStep(Op? Op, object Arguments, Module? Module, string Path, int[] Inputs, int[] Outputs)
{
    /// <summary>What is evaluated, as messages name it.</summary>
    public string Name => Op?.Name ?? Module?.GetType().Name ?? "the output";
}
