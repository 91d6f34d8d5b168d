namespace Gradus.Onnx;

/// <summary>A function of the model as an operator.</summary>
internal static class FunctionCall
{
    public static OnnxOperator Of(OnnxGraph function) => new(function.Name, 1, call =>
    {
        var inputs = new Tensor?[Math.Min(call.InputCount, function.Inputs.Count)];
        for (var index = 0; index < inputs.Length; index++) inputs[index] = call.Optional(index);
        return function.Run(call.Model, outer: null, inputs);
    });
}
