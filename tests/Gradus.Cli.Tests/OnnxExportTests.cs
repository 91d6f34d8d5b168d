namespace Gradus.Cli.Tests;

public sealed class OnnxExportTests(Models models)
{
    [Fact]
    public void A_model_is_written_with_the_preparation_of_its_rows()
    {
        // given
        using var work = new Workplace();

        // when
        var written = work.Run("onnx", "export", models.Values, "model.onnx").Done();

        // then
        Assert.Contains("input   numbers f64[batch, ", written.Output, StringComparison.Ordinal);
        Assert.Contains("output  prediction f32[batch, 1]", written.Output, StringComparison.Ordinal);
        Assert.Contains("gradus.numbers: [", work.Run("onnx", "info", "model.onnx").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_model_gives_what_the_trained_one_does()
    {
        // given
        using var work = new Workplace();
        work.Run("onnx", "export", models.Xor, "model.onnx").Done();

        // then
        Assert.Contains("probabilities: the same", work.Run("onnx", "verify", "model.onnx", models.Xor).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_network_is_written_alone_where_that_is_asked_for()
    {
        // given
        using var work = new Workplace();

        // when
        var written = work.Run("onnx", "export", models.Xor, "model.onnx", "--network", "--opset", "20", "--json").Done();
        var info = work.Run("onnx", "info", "model.onnx").Done();

        // then
        Assert.Contains("\"inputs\":[\"input f32[batch, 2]\"]", written.Output, StringComparison.Ordinal);
        Assert.Contains("ai.onnx 20", info.Output, StringComparison.Ordinal);
        work.Run("onnx", "verify", "model.onnx", models.Xor).Done();
    }

    [Fact]
    public void Another_opset_and_another_file_are_wrong_usage_and_an_error()
    {
        // given
        using var work = new Workplace();

        // then
        work.Run("onnx", "export", models.Xor, "model.onnx", "--opset", "12").Failed(2, "--opset");
        work.Run("onnx", "export", "nothing.safetensors", "model.onnx").Failed(1, "nothing.safetensors");
        Assert.False(File.Exists(work["model.onnx"]));
    }
}
