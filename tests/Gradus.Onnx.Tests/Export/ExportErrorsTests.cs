using Gradus.Nn;

namespace Gradus.Onnx.Tests.Export;

/// <summary>What cannot be exported says so before anything is written.</summary>
public class ExportErrorsTests
{
    [Fact]
    public void An_operator_without_a_form_in_ONNX_is_named_with_its_module()
    {
        Check(new Sequential(new Linear(4, 4), new Of(static x => x.Reshape(-1, 2, 2).Inverse().Flatten(1))), "onnx: inverse in '1' at opset 17: it solves");
    }

    [Fact]
    public void An_operator_that_a_later_version_has_names_the_version()
    {
        var model = new Of(static x => Tensor.Zeros([x.Shape[0], 4]).ScatterAdd(1, Tensor.Zeros([x.Shape[0], 4], DType.Int64), x));
        Check(model, "onnx: scatterAdd in the outermost module at opset 13: it needs opset 16", new() { Opset = 13 });
    }

    [Fact]
    public void Numbers_that_code_reads_are_an_error() => Check(
        new Of(static x => x.Sum().Item() > 0 ? x * 2 : x), "onnx: the computation reads numbers that depend on the input, f32[], outside of operators");

    [Fact]
    public void A_choice_by_the_size_of_the_batch_is_an_error() => Check(
        new Of(static x => x.Shape[0] > 2 ? x.Relu() : x), "onnx: the computation evaluates other operators for another batch");

    [Fact]
    public void A_size_that_is_no_multiple_of_the_batch_is_an_error() => Check(
        new Of(static x => x.Pad(0, 0, x.Shape[0] / 2)), "has 3, 4 and 7 positions for batches of 2, 3 and 5");

    [Fact]
    public void A_position_or_a_number_that_is_no_multiple_of_the_batch_is_an_error()
    {
        Check(new Of(static x => x.Select(0, x.Shape[0] / 2)), "an argument of select in '' depends on the batch, and is no multiple of it");
        Check(new Of(static x => x * (x.Shape[0] / 4)), "has other numbers for a batch of 5");
        Check(new Of(static x => x / x.Shape[0]), "it reads numbers that differ from one run to the next");
    }

    [Fact]
    public void Random_numbers_are_an_error()
    {
        const string Message = "onnx: add in the outermost module at opset 17: it reads numbers that differ from one run to the next";
        Check(new Of(static x => x + Tensor.Randn([4])), Message);
        Check(new Of(static x => x + Tensor.Randn([4])), Message, new() { DynamicBatch = false });
    }

    [Fact]
    public void A_change_in_place_is_an_error()
    {
        var buffer = Tensor.Zeros([4]);
        Check(new Of(x => x + buffer + buffer.CopyFrom(Tensor.Ones([4]))), "was changed in place by CopyFrom while the module ran");
    }

    [Fact]
    public void A_function_of_ones_own_that_computes_by_arrays_is_an_error() =>
        Check(new Of(static x => new Doubled().Apply(x)), "reads numbers that depend on the input, f32[2,4], outside of operators");

    [Theory, InlineData(12), InlineData(27)]
    public void Another_opset_is_an_error(int opset) => Check(new Of(static x => x), "expected from 13 to 26", new() { Opset = opset });

    [Fact]
    public void Names_that_do_not_fit_are_an_error()
    {
        Check(new Of(static x => x), "2 names of inputs, a, b; expected 1", new() { InputNames = ["a", "b"] });
        Check(new Of(static x => x), "expected 1, none of them empty", new() { OutputNames = [""] });
        Check(new Of(static x => x), "'a' names two inputs or outputs", new() { InputNames = ["a"], OutputNames = ["a"] });
        Check(new Linear(4, 4), "'weight' names an input or output and a parameter", new() { InputNames = ["weight"] });
        Check(new Of(static x => x), "batch axis 2 of input 0", new() { BatchAxes = [2] });
        Check(new Of(static x => x), "2 batch axes for 1 inputs", new() { BatchAxes = [0, 0] });
    }

    [Fact]
    public void A_file_that_was_there_stays_where_export_fails()
    {
        // given
        using var folder = new ExportFolder();
        File.WriteAllText(folder.At("model.onnx"), "before");

        // when
        Assert.Throws<GradusException>(() => new Of(static x => x.Reshape(-1, 2, 2).Inverse()).SaveOnnx(folder.At("model.onnx"), Tensor.Ones([2, 4])));

        // then
        Assert.Equal(["model.onnx"], folder.Files);
        Assert.Equal("before", File.ReadAllText(folder.At("model.onnx")));
    }

    private static void Check(Module<Tensor, Tensor> module, string message, OnnxExportOptions? options = null)
    {
        using var folder = new ExportFolder();
        var exception = Assert.Throws<GradusException>(() => module.SaveOnnx(folder.At("model.onnx"), Tensor.Randn([2, 4]), options));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    private sealed class Of(Func<Tensor, Tensor> compute) : Module<Tensor, Tensor>
    {
        protected override Tensor Compute(Tensor input) => compute(input);
    }

    private sealed class Doubled : CustomFunction
    {
        protected override Tensor Forward(Context context, ReadOnlySpan<Tensor> inputs) =>
            Tensor.From(Array.ConvertAll(inputs[0].ToArray<float>(), static x => x * 2), inputs[0].Shape);

        protected override Tensor?[] Backward(Context context, Tensor gradient) => [gradient * 2];
    }
}
