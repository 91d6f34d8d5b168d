namespace Gradus.Nn.Tests.Layers;

public class UnknownSizeTests
{
    private static readonly Tensor Images = Tensor.Randn([2, 3, 8, 8], generator: new Generator(1));

    [Fact]
    public void Sizes_left_out_give_the_bits_of_sizes_written_down()
    {
        // given
        var brief = new Sequential(new Conv2d(4, 3, new() { Padding = 1 }), new BatchNorm2d(), new Relu(), new Flatten(), new Linear(5), new LayerNorm());
        var full = new Sequential(
            new Conv2d(3, 4, 3, new() { Padding = 1 }), new BatchNorm2d(4), new Relu(), new Flatten(), new Linear(256, 5), new LayerNorm(5));
        brief.Initialize(7);
        full.Initialize(7);

        // when
        var output = brief.Forward(Images);

        // then
        Assert.Equal(full.Forward(Images).ToArray<float>(), output.ToArray<float>());
        Assert.Equal(full.ToString(), brief.ToString());
        Assert.Equal(full.State().Select(static entry => (entry.Key, entry.Value.Shape)), brief.State().Select(static entry => (entry.Key, entry.Value.Shape)));
    }

    [Fact]
    public void Before_the_first_input_a_size_prints_as_unknown_and_cannot_be_read()
    {
        // given
        var model = new Sequential(new Linear(5));

        // when
        var error = Assert.Throws<GradusException>(() => model.State());

        // then
        Assert.Equal("Sequential(\n  0: Linear(? → 5)\n)", model.ToString());
        Assert.Equal("parameter 0.weight[5,?]: its shape is not known before the network's first input. Call Forward once, load a state, or give the layer " +
            "its input size.", error.Message);
    }

    [Fact]
    public void An_optimizer_takes_parameters_before_their_sizes_are_known()
    {
        // given
        static Sequential Make() => new(new Linear(5), new Tanh(), new Linear(1));
        Sequential early = Make(), late = Make();
        early.Initialize(3);
        late.Initialize(3);
        var x = Tensor.Randn([6, 4], generator: new Generator(1));
        var first = new AdamW(early.Parameters(), new() { DecayBiasesAndNorms = false });

        // when
        var norm = Clip.ByNorm(early.Parameters(), 1);
        first.Step();
        _ = late.Forward(x);
        var second = new AdamW(late.Parameters(), new() { DecayBiasesAndNorms = false });
        for (var step = 0; step < 3; step++)
        {
            first.Step(() => early.Forward(x).Square().Mean());
            second.Step(() => late.Forward(x).Square().Mean());
        }

        // then
        Assert.Equal(0, norm);
        Assert.Equal(late.ParametersToVector().ToArray<float>(), early.ParametersToVector().ToArray<float>());
        Assert.Equal(second.State().Keys, first.State().Keys);
    }

    [Fact]
    public void A_state_tells_the_sizes()
    {
        // given
        var from = new Sequential(new Linear(3, 4), new BatchNorm1d(4), new Linear(4, 2));
        var to = new Sequential(new Linear(4), new BatchNorm1d(), new Linear(2));

        // when
        to.LoadState(from.State());

        // then
        var x = Tensor.Randn([5, 3], generator: new Generator(1));
        from.Eval();
        to.Eval();
        Assert.Equal(from.ToString(), to.ToString());
        Assert.Equal(from.Forward(x).ToArray<float>(), to.Forward(x).ToArray<float>());
    }

    [Fact]
    public void A_state_of_other_known_sizes_is_refused()
    {
        // given
        var to = new Sequential(new Linear(4, bias: false));

        // when
        var error = Assert.Throws<GradusException>(() => to.LoadState(new Dictionary<string, Tensor> { ["0.weight"] = Tensor.Ones([5, 3]) }));

        // then
        Assert.Equal("state: it does not fit Sequential: 0.weight is [5,3], expected [4,?].", error.Message);
    }

    [Fact]
    public void The_first_input_settles_the_size()
    {
        // given
        var model = new Sequential(new Relu(), new Linear(4));
        _ = model.Forward(Tensor.Ones([2, 3]));

        // when
        var error = Assert.Throws<GradusException>(() => model.Forward(Tensor.Ones([2, 5])));

        // then
        Assert.Equal("1: expected [..., 3], got f32[2,5].", error.Message);
    }

    [Fact]
    public void The_size_of_the_input_comes_first_and_may_be_left_out_whatever_options_follow()
    {
        // given: the texts of layers
        Dictionary<string, Module> layers = new()
        {
            ["Conv1d(8 → 4, 3)"] = new Conv1d(8, 4, 3),
            ["Conv1d(? → 8, 4)"] = new Conv1d(8, 4),
            ["Conv1d(? → 8, 4, padding 1)"] = new Conv1d(8, 4, new() { Padding = 1 }),
            ["Conv2d(32 → 3, 2×2)"] = new Conv2d(32, 3, 2),
            ["Conv2d(3 → 64, 3×3, stride 2)"] = new Conv2d(3, 64, 3, new() { Stride = 2 }),
            ["Conv2d(? → 64, 3×3, stride 2)"] = new Conv2d(64, 3, new() { Stride = 2 }),
            ["ConvTranspose3d(? → 2, 3×3×3, stride 1×2×2)"] = new ConvTranspose3d(2, 3, new() { Stride = (1, 2, 2) }),
            ["DepthwiseConv2d(4 → 8, 3×3)"] = new DepthwiseConv2d(4, 3, new() { Multiplier = 2 }),
            ["DepthwiseConv2d(? → ?, 3×3, padding 1)"] = new DepthwiseConv2d(3, new() { Padding = 1 }),
            ["Gru(28 → 64, 2 layers)"] = new Gru(28, 64, new() { Layers = 2 }),
            ["Gru(? → 64, 2 layers)"] = new Gru(64, new() { Layers = 2 }),
            ["Lstm(? → 64, batch first)"] = new Lstm(64, new() { BatchFirst = true }),
            ["BatchNorm2d(4)"] = new BatchNorm2d(4),
            ["BatchNorm2d(?, ε 0.001)"] = new BatchNorm2d(1e-3),
            ["GroupNorm(4, 2 groups)"] = new GroupNorm(4, 2),
            ["GroupNorm(?, 2 groups)"] = new GroupNorm(2),
        };

        // when, then
        Assert.All(layers, static pair => Assert.Equal(pair.Key, pair.Value.ToString()));
    }

    [Fact]
    public void Options_print_as_they_are_set()
    {
        // given
        var windows = new ConvolutionOptions<Size2> { Stride = 2, Dilation = (1, 2), Groups = 4 };
        var lstm = new LstmOptions { Layers = 2, Dropout = 0.5 };

        // when, then
        Assert.Equal(
            "ConvolutionOptions { Stride = 2×2, Padding = 0×0, Dilation = 1×2, Bias = True, Groups = 4, PaddingMode = Constant, Init =  }", windows.ToString());
        Assert.Equal(
            "LstmOptions { Layers = 2, BatchFirst = False, Dropout = 0.5, Bidirectional = False, Bias = True, Projection =  }", lstm.ToString());
    }

    [Fact]
    public void Type_and_seed_may_be_chosen_before_the_first_input()
    {
        // given
        Sequential first = new(new Linear(4)), second = new(new Linear(3, 4));
        foreach (var model in new[] { first, second })
        {
            model.Initialize(3);
            model.To(DType.Float64);
        }

        // when
        var x = Tensor.Ones([2, 3], DType.Float64);

        // then
        Assert.Equal(second.Forward(x).ToArray<double>(), first.Forward(x).ToArray<double>());
    }
}
