using Gradus.Formats;

namespace Gradus.Onnx.Tests;

/// <summary>Models of other people: they give what ONNX Runtime makes of them, or are refused by the names of what they ask for.</summary>
public class RealModelTests
{
    [Theory]
    [InlineData("burn-mnist/mnist.onnx")]
    [InlineData("fastestdet/FastestDet.onnx")]
    [InlineData("onnx/mnist-8.onnx")]
    [InlineData("onnx/vitTracker.onnx")]
    [InlineData("openwakeword/melspectrogram.onnx")]
    [InlineData("rten/mnist.onnx")]
    [InlineData("rten/mnist-external/mnist.onnx")]
    [InlineData("silero/silero_vad_16k_op15.onnx")]
    [InlineData("ultraface/version-RFB-320.onnx")]
    [InlineData("yunet/yunet_n_dynamic.onnx")]
    public void Outputs_are_those_of_the_reference(string path)
    {
        // given
        var file = SharedData.Find("models", path);
        var reference = NpzFile.Read(Path.ChangeExtension(file, ".ref.npz"));
        var model = OnnxModel.Load(file);

        // when
        var outputs = model.Run([.. model.Inputs.Select((_, index) => reference[FormattableString.Invariant($"in_{index}")])]);

        // then
        for (var index = 0; index < outputs.Length; index++)
        {
            var expected = reference[FormattableString.Invariant($"out_{index}")];
            Assert.Null(OnnxCase.Difference(outputs[index], expected, 1e-4, 1e-4));
        }
    }
}
