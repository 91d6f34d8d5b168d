using Gradus.Kernels;

namespace Gradus;

/// <summary>From dense operands to the kernels of the norms: the last axis is a row, axis 1 a channel.</summary>
internal static class NormKernels
{
    /// <summary>The shape of x, if weight and bias (given or not) are rows of its last axis.</summary>
    public static Meta InferRows(string operation, ReadOnlySpan<Meta> inputs)
    {
        var x = inputs[0];
        if (x.Rank == 0) throw new GradusException($"{operation}: the input is {x}, a scalar, which has no rows.");
        for (var index = 1; index < inputs.Length; index++) Require(operation, x, inputs[index], index, x.Shape[-1]);
        return x.Fresh(x.DType);
    }

    /// <summary>The shape of x, if all other inputs are a number for each channel.</summary>
    public static Meta InferChannels(ReadOnlySpan<Meta> inputs)
    {
        var x = inputs[0];
        if (x.Rank < 2) throw new GradusException($"batchNorm: the input is {x}, expected [samples, channels, ...].");
        for (var index = 1; index < inputs.Length; index++) Require("batchNorm", x, inputs[index], index, x.Shape[1]);
        return x.Fresh(x.DType);
    }

    public static void Rows(Operand[] inputs, bool isCentered, double epsilon, Operand[] outputs)
    {
        if (outputs[0].DType == DType.Float32) Rows<float>(inputs, isCentered, epsilon, outputs);
        else Rows<double>(inputs, isCentered, epsilon, outputs);
    }

    public static void RowsBackward(FusedGradients<NormArgs> gradients, int inputs, bool isCentered)
    {
        if (gradients.Input(0).DType == DType.Float32) RowsBackward<float>(gradients, inputs, isCentered);
        else RowsBackward<double>(gradients, inputs, isCentered);
    }

    public static void Batch(Operand[] inputs, double epsilon, Operand[] outputs)
    {
        if (outputs[0].DType == DType.Float32) Batch<float>(inputs, epsilon, outputs);
        else Batch<double>(inputs, epsilon, outputs);
    }

    public static void BatchBackward(FusedGradients<NormArgs> gradients)
    {
        if (gradients.Input(0).DType == DType.Float32) BatchBackward<float>(gradients);
        else BatchBackward<double>(gradients);
    }

    public static void Inference(Operand[] inputs, double epsilon, Operand[] outputs)
    {
        if (outputs[0].DType == DType.Float32) Inference<float>(inputs, epsilon, outputs);
        else Inference<double>(inputs, epsilon, outputs);
    }

    public static void InferenceBackward(FusedGradients<NormArgs> gradients)
    {
        if (gradients.Input(0).DType == DType.Float32) InferenceBackward<float>(gradients);
        else InferenceBackward<double>(gradients);
    }

    private static void Require(string operation, Meta x, Meta input, int index, int size)
    {
        if (input.Rank == 1 && input.Shape[0] == size) return;
        var name = index switch { 1 => "weight", 2 => "bias", 3 => "mean", _ => "variance" };
        throw new GradusException($"{operation}: the input is {x}, the {name} {input}: expected [{size}].");
    }

    private static unsafe void Rows<T>(Operand[] inputs, bool isCentered, double epsilon, Operand[] outputs) where T : unmanaged
    {
        var (rows, columns) = Split(inputs[0]);
        var bias = inputs.Length > 2 ? inputs[2].As<T>() : null;
        var weight = inputs.Length > 1 ? inputs[1].As<T>() : null;
        // Without a graph there are no workspaces; the root-mean-square norm keeps scales alone.
        var scales = outputs.Length > 1 ? outputs[^1].As<T>() : null;
        var means = isCentered && outputs.Length > 1 ? outputs[1].As<T>() : null;
        RowNorms.Forward(rows, columns, isCentered, epsilon, inputs[0].As<T>(), weight, bias, outputs[0].As<T>(), means, scales);
    }

    private static unsafe void RowsBackward<T>(FusedGradients<NormArgs> gradients, int inputs, bool isCentered) where T : unmanaged
    {
        var (rows, columns) = Split(gradients.Input(0));
        var hasWeight = inputs > 1;
        RowNorms.Backward(rows, columns, isCentered, gradients.Args.Epsilon, gradients.Input(0).As<T>(), gradients.Gradient(0).As<T>(),
            hasWeight ? gradients.Input(1).As<T>() : null,
            isCentered ? gradients.Output(1).As<T>() : null, gradients.Output(isCentered ? 2 : 1).As<T>(),
            gradients.Result(0).As<T>(), hasWeight ? gradients.Result(1).As<T>() : null, inputs > 2 ? gradients.Result(2).As<T>() : null);
    }

    private static unsafe void Batch<T>(Operand[] inputs, double epsilon, Operand[] outputs) where T : unmanaged
    {
        var (samples, channels, places) = Channels(inputs[0]);
        ChannelNorms.Forward(samples, channels, places, epsilon, inputs[0].As<T>(), inputs[1].As<T>(), inputs[2].As<T>(),
            outputs[0].As<T>(), outputs[1].As<T>(), outputs[2].As<T>());
    }

    private static unsafe void BatchBackward<T>(FusedGradients<NormArgs> gradients) where T : unmanaged
    {
        var (samples, channels, places) = Channels(gradients.Input(0));
        // Only the statistics may have been used: then no gradient comes along the output.
        using var zeros = Buffers.Rent(gradients.Gradient(0).Data == null ? gradients.Input(0).Count * sizeof(T) : 1);
        if (gradients.Gradient(0).Data == null) new Span<byte>(zeros.Pointer, checked((int)(gradients.Input(0).Count * sizeof(T)))).Clear();
        var g = gradients.Gradient(0).Data == null ? (T*)zeros.Pointer : gradients.Gradient(0).As<T>();
        ChannelNorms.Backward(samples, channels, places, gradients.Args.Epsilon, gradients.Input(0).As<T>(), g, gradients.Input(1).As<T>(),
            gradients.Output(1).As<T>(), gradients.Output(2).As<T>(), gradients.Gradient(1).As<T>(), gradients.Gradient(2).As<T>(),
            gradients.Result(0).As<T>(), gradients.Result(1).As<T>(), gradients.Result(2).As<T>());
    }

    private static unsafe void Inference<T>(Operand[] inputs, double epsilon, Operand[] outputs) where T : unmanaged
    {
        var (samples, channels, places) = Channels(inputs[0]);
        ChannelNorms.Apply(samples, channels, places, epsilon, inputs[0].As<T>(), inputs[1].As<T>(), inputs[2].As<T>(),
            inputs[3].As<T>(), inputs[4].As<T>(), outputs[0].As<T>());
    }

    private static unsafe void InferenceBackward<T>(FusedGradients<NormArgs> gradients) where T : unmanaged
    {
        var (samples, channels, places) = Channels(gradients.Input(0));
        ChannelNorms.ApplyBackward(
            samples, channels, places, gradients.Args.Epsilon, gradients.Input(0).As<T>(), gradients.Gradient(0).As<T>(), gradients.Input(1).As<T>(),
            gradients.Input(3).As<T>(), gradients.Input(4).As<T>(),
            gradients.Result(0).As<T>(), gradients.Result(1).As<T>(), gradients.Result(2).As<T>(), gradients.Result(3).As<T>(), gradients.Result(4).As<T>());
    }

    private static (nint Rows, nint Columns) Split(Operand x) => (x.Shape[-1] == 0 ? 0 : x.Count / x.Shape[-1], x.Shape[-1]);

    private static (int Samples, int Channels, int Places) Channels(Operand x)
    {
        var places = 1;
        for (var axis = 2; axis < x.Shape.Rank; axis++) places = checked(places * x.Shape[axis]);
        return (x.Shape[0], x.Shape[1], places);
    }
}
