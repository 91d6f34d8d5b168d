namespace Gradus.Onnx;

/// <summary>Batch norm: by the running statistics, or, in training, by those of the batch, which then move the running ones.</summary>
internal static class BatchNormalization
{
    public static OnnxResults Normalize(OnnxCall call)
    {
        var (x, weight, bias, mean, variance) = (call.X, call.Y, call[2], call[3], call[4]);
        var epsilon = call.Float("epsilon", 1e-5);
        if (!call.Flag("spatial", true)) return EachPlace(x, weight, bias, mean, variance, epsilon);
        var asks = call.Flag("training_mode") || (call.Opset < 7 && call.Has("is_test") && !call.Flag("is_test"));
        if (!asks && !call.IsTraining) return InUse(x, weight, bias, mean, variance, epsilon);
        var (output, batchMean, batchVariance) = x.BatchNorm(weight.To(x.DType), bias.To(x.DType), epsilon);
        var momentum = call.Float("momentum", 0.9);
        // ONNX's momentum is the weight of the old, and its variance the one without correction.
        var running = (Mean: (mean * momentum) + (batchMean.Detach() * (1 - momentum)).To(mean.DType),
            Variance: (variance * momentum) + (batchVariance.Detach() * (1 - momentum)).To(variance.DType));
        if (call.IsTraining && !Autograd.IsRecomputing)
        {
            call.Store(3, running.Mean);
            call.Store(4, running.Variance);
        }

        return (output, running.Mean, running.Variance);
    }

    private static Tensor InUse(Tensor x, Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon)
    {
        if (x.DType == weight.DType && x.DType == mean.DType && x.Rank >= 2 && !x.DType.IsHalf) return x.BatchNorm(weight, bias, mean, variance, epsilon);
        Tensor Along(Tensor values) => NormOperators.AlongChannels(values, x.Rank);
        return ((x - Along(mean)) * (Along(variance) + epsilon).Rsqrt() * Along(weight) + Along(bias)).To(x.DType);
    }

    // Before version 9 each place of a channel could have statistics of its own.
    private static Tensor EachPlace(Tensor x, Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon) =>
        ((x - mean) * (variance + epsilon).Rsqrt() * weight) + bias;
}
