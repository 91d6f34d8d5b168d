namespace Gradus.Onnx;

/// <summary>A convolution of each channel over what came before, which keeps the last places for the next call.</summary>
internal static class CausalConvolution
{
    public static OnnxResults Convolve(OnnxCall call)
    {
        var (x, weight, bias, past) = (call.X, call.Y, call.Optional(2), call.Optional(3));
        var before = weight.Shape[2] - 1;
        var padded = past is null ? x.Pad(2, before, 0) : Tensor.Concat([past, x], 2);
        var output = padded.Unsqueeze(2).Conv2d(weight.Unsqueeze(2), bias, new ConvOptions { Groups = x.Shape[1] }).Squeeze(2);
        output = call.Text("activation", "none") switch
        {
            "none" => output,
            "silu" or "swish" => output.Silu(),
            var other => throw call.Fault($"activation {PlainText.Quote(other)}"),
        };
        return (output, padded.Slice(2, padded.Shape[2] - before, before));
    }
}
