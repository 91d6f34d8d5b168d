namespace Gradus.Nn.Tests.Layers;

public class RecurrentTests
{
    [Fact]
    public void The_states_have_pytorchs_names_and_shapes()
    {
        // given
        var lstm = new Lstm(3, 5, new() { Layers = 2 });

        // when
        var state = lstm.State().Select(static entry => $"{entry.Key} {entry.Value.Shape}");

        // then
        Assert.Equal(
            [
                "weight_ih_l0 [20,3]", "weight_hh_l0 [20,5]", "bias_ih_l0 [20]", "bias_hh_l0 [20]", "weight_ih_l1 [20,5]", "weight_hh_l1 [20,5]",
                "bias_ih_l1 [20]", "bias_hh_l1 [20]",
            ],
            state);
        Assert.Equal("[15,3]", new Gru(3, 5).State()["weight_ih_l0"].Shape.ToString());
    }

    [Fact]
    public void A_sequence_cut_in_two_goes_on_from_the_state()
    {
        // given
        var lstm = new Lstm(3, 5, new() { Layers = 2, BatchFirst = true });
        lstm.Initialize(1);
        var x = Tensor.Randn([2, 6, 3], generator: new Generator(1));

        // when
        var whole = lstm.Forward(x);
        var first = lstm.Forward(x.Slice(1, 0, 4));
        var second = lstm.Forward(new LstmInput(x.Slice(1, 4, 2), first.State));

        // then
        Assert.Equal(whole.Output.Slice(1, 4, 2).ToArray<float>(), second.Output.ToArray<float>());
        Assert.Equal(whole.State.Hidden.ToArray<float>(), second.State.Hidden.ToArray<float>());
        Assert.Equal(whole.State.Cell.ToArray<float>(), second.State.Cell.ToArray<float>());
    }

    [Fact]
    public void Time_first_and_batch_first_are_the_same_but_for_the_order()
    {
        // given
        var (early, late) = (new Gru(3, 5, new() { BatchFirst = true }), new Gru(3, 5));
        early.Initialize(1);
        late.Initialize(1);
        var x = Tensor.Randn([20, 4, 3], generator: new Generator(1));

        // when
        var batchFirst = early.Forward(x);
        var timeFirst = late.Forward(x.Transpose(0, 1));

        // then
        Assert.Equal(batchFirst.Output.ToArray<float>(), timeFirst.Output.Transpose(0, 1).ToArray<float>());
        Assert.Equal([1, 20, 5], timeFirst.State.Shape);
    }

    [Fact]
    public void A_sample_has_the_bits_it_has_alone()
    {
        // given
        var lstm = new Lstm(9, 33, new() { BatchFirst = true });
        lstm.Initialize(1);
        var x = Tensor.Randn([50, 7, 9], generator: new Generator(1));

        // when
        var together = lstm.Forward(x).Output;

        // then
        foreach (var sample in new[] { 0, 21, 49 })
        {
            Assert.Equal(lstm.Forward(x[sample..(sample + 1)].Clone()).Output.ToArray<float>(), together[sample].ToArray<float>());
        }
    }

    [Fact]
    public void Gradients_of_outputs_and_states_agree_with_finite_differences()
    {
        // given
        var lstm = new Lstm(2, 3, new() { Layers = 2, BatchFirst = true });
        lstm.Initialize(1);
        lstm.To(DType.Float64);
        var x = Tensor.Randn([2, 3, 2], DType.Float64, new Generator(1)).RequireGrad();
        var hidden = Tensor.Randn([2, 2, 3], DType.Float64, new Generator(2)).RequireGrad();
        var cell = Tensor.Randn([2, 2, 3], DType.Float64, new Generator(3)).RequireGrad();

        // when: the last cell state alone, and everything together
        var all = (Tensor[])[x, hidden, cell, .. lstm.Parameters().Select(static parameter => parameter.Value)];
        var cells = GradientCheck.Run(() => lstm.Forward(new LstmInput(x, (hidden, cell))).State.Cell, all[..^2]);
        var together = GradientCheck.Run(
            () => lstm.Forward(new LstmInput(x, (hidden, cell))) is var (output, state)
                ? output.Sum() + (state.Hidden * 2).Sum() + state.Cell.Square().Sum()
                : x,
            all);

        // then
        cells.Assert();
        together.Assert();
    }

    [Fact]
    public void Gradients_of_a_gru_agree_with_finite_differences()
    {
        // given
        var gru = new Gru(2, 3);
        gru.Initialize(1);
        gru.To(DType.Float64);
        var x = Tensor.Randn([3, 2, 2], DType.Float64, new Generator(1)).RequireGrad();
        var state = Tensor.Randn([1, 2, 3], DType.Float64, new Generator(2)).RequireGrad();

        // when
        var report = GradientCheck.Run(
            () => gru.Forward(new GruInput(x, state)) is var (output, last) ? output.Sum() + last.Square().Sum() : x,
            [x, state, .. gru.Parameters().Select(static parameter => parameter.Value)]);

        // then
        report.Assert();
    }

    [Fact]
    public void States_and_inputs_that_do_not_fit_are_refused()
    {
        // given
        var gru = new Gru(3, 5);

        // when
        var input = Assert.Throws<GradusException>(() => gru.Forward(Tensor.Ones([2, 4, 2])));
        var state = Assert.Throws<GradusException>(() => gru.Forward(new GruInput(Tensor.Ones([2, 4, 3]), Tensor.Ones([4, 5]))));

        // then
        Assert.Contains("Gru: expected [time, batch, 3], got f32[2,4,2].", input.Message, StringComparison.Ordinal);
        Assert.Contains("Gru: state: expected [1,4,5], got f32[4,5].", state.Message, StringComparison.Ordinal);
    }
}
