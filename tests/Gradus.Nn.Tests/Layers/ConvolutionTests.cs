namespace Gradus.Nn.Tests.Layers;

/// <summary>Layers of convolution and pooling: what they are made of, what they compute, how they print.</summary>
public class ConvolutionTests
{
    public static TheoryData<string, Module<Tensor, Tensor>> Printed => new()
    {
        { "Conv2d(1 → 32, 3×3, padding 1)", new Conv2d(1, 32, 3, new() { Padding = 1 }) },
        {
            "Conv2d(4 → 6, 3×2, stride 2, dilation 1×2, 2 groups, no bias)",
            new Conv2d(4, 6, (3, 2), new() { Stride = 2, Dilation = (1, 2), Groups = 2, Bias = false })
        },
        { "Conv1d(3 → 8, 5, padding 2)", new Conv1d(3, 8, 5, new() { Padding = 2 }) },
        {
            "ConvTranspose2d(8 → 4, 3×3, stride 2, padding 1, output padding 1×1)",
            new ConvTranspose2d(8, 4, 3, new() { Stride = 2, Padding = 1, OutputPadding = 1 })
        },
        { "MaxPool2d(2×2, stride 2)", new MaxPool2d(2) },
        { "AvgPool2d(3×3, stride 1, padding 1, padding not counted)", new AvgPool2d(3, stride: 1, padding: 1, countPadding: false) },
        { "AdaptiveAvgPool2d(1×1)", new AdaptiveAvgPool2d(1) },
        { "GlobalAvgPool()", new GlobalAvgPool() },
    };

    [Theory, MemberData(nameof(Printed))]
    public void A_layer_prints_as_one_would_describe_it(string text, Module<Tensor, Tensor> layer)
    {
        // given a layer

        // when
        var printed = layer.ToString();

        // then
        Assert.Equal(text, printed);
    }

    [Fact]
    public void Weights_have_the_names_shapes_and_range_that_PyTorch_gives_them()
    {
        // given
        var layers = new Sequential(new Conv2d(4, 6, (3, 2), new() { Groups = 2 }), new ConvTranspose2d(6, 4, 2));
        var line = new Conv1d(3, 8, 5, new() { Bias = false });
        layers.Initialize(1);
        line.Initialize(1);

        // when
        var state = layers.State();

        // then
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], state.Keys);
        Assert.Equal([6, 2, 3, 2], state["0.weight"].Shape);
        Assert.Equal([6, 4, 2, 2], state["1.weight"].Shape);
        Assert.Equal(["weight"], line.State().Keys);
        Assert.Equal([8, 3, 5], line.State()["weight"].Shape);
        Assert.InRange(state["0.weight"].Abs().Max().Item(), 0.2, 1 / Math.Sqrt(12));
        Assert.InRange(state["1.weight"].Abs().Max().Item(), 0.2, 1 / Math.Sqrt(16));
    }

    [Fact]
    public void A_small_network_passes_gradients_to_every_parameter()
    {
        // given
        var model = new Sequential(
            new Conv2d(1, 4, 3, new() { Padding = 1 }), new Relu(), new MaxPool2d(2),
            new Conv2d(4, 8, 3, new() { Stride = 2, Padding = 1 }), new AdaptiveAvgPool2d(2), new Flatten(), new Linear(32, 3));
        model.Initialize(2);
        var x = Tensor.Rand([2, 1, 12, 12], DType.Float32, new Generator(3));

        // when
        var y = model.Forward(x);
        y.Square().Sum().Backward();

        // then
        Assert.Equal([2, 3], y.Shape);
        Assert.All(model.Parameters(), static parameter => Assert.True(parameter.Grad!.Abs().Max().Item() > 0));
    }

    [Fact]
    public void A_transposed_convolution_undoes_the_shape_of_a_convolution()
    {
        // given
        var down = new Conv2d(3, 5, 3, new() { Stride = 2, Padding = 1 });
        var up = new ConvTranspose2d(5, 3, 3, new() { Stride = 2, Padding = 1, OutputPadding = 1 });
        var x = Tensor.Ones([2, 3, 8, 10]);

        // when
        var y = down.Forward(x);
        var z = up.Forward(y);

        // then
        Assert.Equal([2, 5, 4, 5], y.Shape);
        Assert.Equal(x.Shape, z.Shape);
    }

    [Fact]
    public void A_transposed_convolution_is_the_adjoint_of_the_convolution()
    {
        // given
        var options = new ConvOptions { Stride = 2, Padding = 1 };
        var x = Tensor.Rand([2, 3, 7, 9], DType.Float64, new Generator(1));
        var w = Tensor.Rand([4, 3, 3, 3], DType.Float64, new Generator(2));
        var u = Tensor.Rand([2, 4, 4, 5], DType.Float64, new Generator(3));

        // when
        var forth = (x.Conv2d(w, null, options) * u).Sum().Item();
        var back = (u.ConvTranspose2d(w, null, options) * x).Sum().Item();

        // then
        Assert.Equal(forth, back, 1e-10);
    }

    [Fact]
    public void A_convolution_along_one_axis_is_that_of_an_image_of_height_one()
    {
        // given
        var x = Tensor.Arange(8, DType.Float32).Reshape(1, 1, 8);
        var w = Tensor.From([1f, 0, -1], [1, 1, 3]);

        // when
        var y = x.Conv1d(w, Tensor.Of(10f), new() { Stride = 2, Padding = 1 });

        // then
        Assert.Equal([1, 1, 4], y.Shape);
        Assert.Equal([9f, 8, 8, 8], y.ToArray<float>());
    }

    [Fact]
    public void Adaptive_means_cover_the_image_in_windows_that_may_overlap()
    {
        // given
        var x = Tensor.Arange(10, DType.Float32).Reshape(1, 1, 2, 5);

        // when
        var thirds = x.AdaptiveAvgPool2d((1, 3));
        var all = new GlobalAvgPool().Forward(x);

        // then: columns 0–1, 1–3, 3–4
        Assert.Equal([3f, 4.5f, 6], thirds.ToArray<float>());
        Assert.Equal([1, 1], all.Shape);
        Assert.Equal(4.5f, all.ToArray<float>()[0]);
    }

    [Fact]
    public void Of_equal_elements_the_first_in_the_order_of_rows_is_an_adaptive_maximum()
    {
        // given: windows of columns 0–1 and 1–2, in the first of which two elements are the greatest
        var x = Tensor.Of([[0.0, 1, 0], [1, 0, 0]]).Reshape(1, 1, 2, 3).RequireGrad();

        // when
        var gradient = Autograd.Grad(x.AdaptiveMaxPool2d((1, 2)).Sum(), x);

        // then
        Assert.Equal([0, 2, 0, 0, 0, 0], gradient.Flatten().ToArray<double>());
    }

    [Fact]
    public void An_output_padding_from_the_stride_on_shows_more_of_the_whole()
    {
        // given: a kernel's taps four apart
        var x = Tensor.Randn([2, 3, 4], DType.Float64, new Generator(1)).RequireGrad();
        var layer = new ConvTranspose1d(3, 2, 2, new() { Stride = 2, Padding = 2, OutputPadding = 3, Dilation = 4 });
        layer.To(DType.Float64);
        var whole = new ConvTranspose1d(3, 2, 2, new() { Stride = 2, Dilation = 4 });
        whole.To(DType.Float64);
        whole.LoadState(layer.State());

        // when
        var output = layer.Forward(x);

        // then: two cut off before, three more after, of which two were cut off
        Assert.True(
            output.AllClose(whole.Forward(x).Pad(2, -2, 1) + Tensor.Concat([Tensor.Zeros([1, 2, 9], DType.Float64), layer.Bias!.Value.Reshape(1, 2, 1)], 2)));
        Assert.True(GradientCheck.Run(() => layer.Forward(x), [x, layer.Weight]).IsRight);
    }

    [Fact]
    public void A_layer_that_cannot_be_says_why()
    {
        // given sizes that do not fit

        // when
        var sizes = Assert.Throws<GradusException>(static () => new Conv2d(0, 4, 3));
        var groups = Assert.Throws<GradusException>(static () => new Conv2d(3, 4, 3, new() { Groups = 2 }));
        var input = Assert.Throws<GradusException>(static () => new Conv2d(3, 4, 3).Forward(Tensor.Ones([1, 2, 5, 5])));

        // then
        Assert.Equal("conv2d: 0 → 4, kernel 3×3; all sizes must be at least 1.", sizes.Message);
        Assert.Equal("conv2d: 3 → 4 channels cannot be divided into 2 groups.", groups.Message);
        Assert.Contains("Conv2d: expected [samples, 3, height, width], got f32[1,2,5,5].", input.Message, StringComparison.Ordinal);
    }
}
