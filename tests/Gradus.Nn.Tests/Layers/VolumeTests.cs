namespace Gradus.Nn.Tests.Layers;

/// <summary>Layers of three dimensions against those of two, and the options that all dimensions share.</summary>
public class VolumeTests
{
    private static readonly Tensor Images = Tensor.Randn([2, 4, 5, 6], DType.Float64, new Generator(1));

    [Fact]
    public void A_volume_of_one_slice_is_convolved_as_an_image()
    {
        // given
        var flat = new Conv2d(4, 6, (3, 2), new() { Stride = 2, Padding = 1, Groups = 2 });
        var deep = new Conv3d(4, 6, (1, 3, 2), new() { Stride = (1, 2, 2), Padding = (0, 1, 1), Groups = 2 });
        flat.To(DType.Float64);
        deep.To(DType.Float64);
        deep.Weight = new Parameter(flat.Weight.Value.Unsqueeze(2).Detach());
        deep.Bias = new Parameter(flat.Bias!.Value.Detach());

        // when
        var (image, volume) = (flat.Forward(Images), deep.Forward(Images.Unsqueeze(2)));

        // then: to the bit
        Assert.Equal(image.ToArray<double>(), volume.Squeeze(2).ToArray<double>());
    }

    [Fact]
    public void Transposed_convolution_of_volumes_is_the_adjoint_of_convolution()
    {
        // given
        var options = new Conv3dOptions { Stride = (2, 1, 2), Padding = (1, 0, 1), Dilation = (1, 2, 1), Groups = 2 };
        var x = Tensor.Randn([2, 4, 5, 5, 5], DType.Float64, new Generator(2));
        var w = Tensor.Randn([6, 2, 3, 2, 3], DType.Float64, new Generator(3));
        var y = x.Conv3d(w, null, options);
        var u = Tensor.Randn(y.Shape, DType.Float64, new Generator(4));

        // when
        var (forth, back) = ((y * u).Sum().Item(), (u.ConvTranspose3d(w, null, options) * x).Sum().Item());

        // then
        Assert.Equal(forth, back, 1e-9);
    }

    [Theory, InlineData(PadMode.Reflect), InlineData(PadMode.Replicate), InlineData(PadMode.Circular)]
    public void A_padding_mode_is_a_pad_before_the_convolution(PadMode mode)
    {
        // given
        var padded = new Conv2d(4, 3, 3, new() { Padding = (2, 1), PaddingMode = mode });
        var plain = new Conv2d(4, 3, 3);
        padded.To(DType.Float64);
        plain.To(DType.Float64);
        plain.LoadState(padded.State());

        // when
        var output = padded.Forward(Images);

        // then
        Assert.Equal(plain.Forward(Images.Pad([(2, 2), (1, 1)], mode)).ToArray<double>(), output.ToArray<double>());
    }

    [Fact]
    public void Sizes_rounded_up_see_what_is_left_over()
    {
        // given
        var x = Tensor.Of([1.0, 2, 3, 4, 5]).Reshape(1, 1, 5);

        // when
        var (down, up) = (new MaxPool1d(2).Forward(x), new MaxPool1d(2) { CeilMode = true }.Forward(x));
        var (mean, counted) = (new AvgPool1d(2) { CeilMode = true }.Forward(x), new AvgPool1d(3, 2, padding: 1) { CeilMode = true }.Forward(x));
        var (_, places) = x.Unsqueeze(2).MaxPool2dWithIndex((1, 2), ceilMode: true);

        // then: a mean is over what a window sees of the input, and of its padding where that counts
        Assert.Equal([2.0, 4], down.ToArray<double>());
        Assert.Equal([2.0, 4, 5], up.ToArray<double>());
        Assert.Equal([1.5, 3.5, 5], mean.ToArray<double>());
        Assert.Equal([1.0, 3, 3], counted.ToArray<double>().Select(static value => Math.Round(value, 12)));
        Assert.Equal([1L, 3, 4], places.ToArray<long>());
    }

    [Fact]
    public void A_layer_of_volumes_that_cannot_be_says_why()
    {
        // given sizes that do not fit

        // when
        var sizes = Assert.Throws<GradusException>(static () => new Conv3d(3, 4, (3, 0, 3)));
        var stride = Assert.Throws<GradusException>(static () => new ConvTranspose3d(3, 4, 3, new() { Stride = (1, 0, 1) }));
        var input = Assert.Throws<GradusException>(static () => new Conv3d(3, 4, 3).Forward(Tensor.Ones([1, 3, 5, 5])));

        // then
        Assert.Equal("conv3d: 3 → 4, kernel 3×0×3; all sizes must be at least 1.", sizes.Message);
        Assert.StartsWith("convTranspose3d: stride 1×0×1, padding 0×0×0, dilation 1×1×1, 1 groups; expected", stride.Message, StringComparison.Ordinal);
        Assert.Contains("Conv3d: expected [samples, 3, depth, height, width], got f32[1,3,5,5].", input.Message, StringComparison.Ordinal);
    }
}
