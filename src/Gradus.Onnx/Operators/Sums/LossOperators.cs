namespace Gradus.Onnx;

/// <summary>Losses of classes.</summary>
internal static class LossOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("NegativeLogLikelihoodLoss", 12, static call => Loss(call, call.X)),
        new("SoftmaxCrossEntropyLoss", 12, static call => CrossEntropy(call)),
    ];

    private static OnnxResults CrossEntropy(OnnxCall call)
    {
        var logProbability = call.X.LogSoftmax(1);
        return (Loss(call, logProbability), logProbability);
    }

    /// <summary>−Σ w·log p of each target's class; its mean is divided by the sum of the weights, and what is to be ignored has none.</summary>
    private static Tensor Loss(OnnxCall call, Tensor logProbability)
    {
        var (target, weight) = (call.Y.To(DType.Int64), call.Optional(2));
        var ignored = call.Has("ignore_index") ? target.Equal(call.Int("ignore_index")) : Tensor.Zeros(target.Shape, DType.Bool);
        var index = Tensor.Where(ignored, Tensor.ZerosLike(target), target);
        var value = -logProbability.Gather(1, index.Unsqueeze(1)).Squeeze(1);
        var share = weight is null ? Tensor.OnesLike(value) : weight.IndexSelect(0, index.Reshape((int)index.Count)).Reshape(index.Shape.ToArray());
        share = Tensor.Where(ignored, Tensor.ZerosLike(share), share);
        var loss = value * share;
        return call.Text("reduction", "mean") switch
        {
            "none" => loss,
            "sum" => loss.Sum(),
            _ => loss.Sum() / share.Sum(),
        };
    }
}
