namespace Gradus.Nn.Tests.Layers;

public class RaggedSequenceTests
{
    private static readonly int[] Lengths = [2, 5, 1, 5];

    private static readonly Tensor Padded = Tensor.Randn([4, 5, 3], generator: new Generator(1));

    [Fact]
    public void Each_sequence_of_a_padded_batch_gives_what_it_gives_alone()
    {
        // given
        var lstm = new Lstm(3, 6, new() { Layers = 2, BatchFirst = true, Bidirectional = true });
        lstm.Initialize(1);

        // when
        var (output, state) = lstm.Forward(new LstmInput(Padded, Lengths: Lengths));

        // then
        for (var index = 0; index < Lengths.Length; index++)
        {
            var alone = lstm.Forward(Padded.Slice(0, index, 1).Slice(1, 0, Lengths[index]).Contiguous());
            Assert.Equal(alone.Output.ToArray<float>(), output.Slice(0, index, 1).Slice(1, 0, Lengths[index]).ToArray<float>());
            Assert.Equal(alone.State.Cell.ToArray<float>(), state.Cell.Slice(1, index, 1).ToArray<float>());
            Assert.All(output[index].Slice(0, Lengths[index], 5 - Lengths[index]).ToArray<float>(), static value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void A_packed_sequence_has_pytorchs_layout_and_comes_back()
    {
        // given
        var padded = Tensor.Of([[1f, 2f, 0f], [3f, 0f, 0f], [4f, 5f, 6f]]);

        // when
        var packed = PackedSequence.Pack(padded, [2, 1, 3]);

        // then
        Assert.Equal([4f, 1f, 3f, 5f, 2f, 6f], packed.Data.ToArray<float>());
        Assert.Equal([3, 2, 1], packed.BatchSizes);
        Assert.Equal([2, 0, 1], packed.SortedIndices);
        Assert.Equal(padded.ToArray<float>(), packed.Unpack().ToArray<float>());
        Assert.Equal([3f, -1f, -1f], packed.Unpack(-1)[1].ToArray<float>());
        Assert.Equal([[1f, 2f], [3f], [4f, 5f, 6f]], packed.Sequences().Select(static sequence => sequence.ToArray<float>()));
        Assert.Equal(packed.Data.ToArray<float>(), PackedSequence.Pack(packed.Sequences()).Data.ToArray<float>());
    }

    [Theory, InlineData(4), InlineData(5)]
    public void A_layer_of_the_default_layout_takes_a_packed_sequence_too(int count)
    {
        // given: as many sequences as steps, or fewer
        int[] lengths = [.. Enumerable.Range(0, count).Select(static index => (index * 2 % 5) + 1)];
        var padded = Tensor.Randn([count, lengths.Max(), 3], generator: new Generator(2));
        var packed = PackedSequence.Pack(padded, lengths);
        (Module First, Module Default)[] layers = [(new Lstm(3, 4, new() { BatchFirst = true }), new Lstm(3, 4)),
            (new Gru(3, 4, new() { BatchFirst = true }), new Gru(3, 4)), (new Rnn(3, 4, new() { BatchFirst = true }), new Rnn(3, 4))];

        foreach (var (first, other) in layers)
        {
            // when
            first.Initialize(1);
            other.Initialize(1);
            var (expected, actual) = (Run(first), Run(other));

            // then
            Assert.Equal(expected.Output.ToArray<float>(), actual.Output.MoveAxis(0, 1).ToArray<float>());
            Assert.Equal(expected.State.ToArray<float>(), actual.State.ToArray<float>());
        }

        (Tensor Output, Tensor State) Run(Module layer) => layer switch
        {
            Lstm lstm => lstm.Forward(packed) is var (output, (hidden, _)) ? (output, hidden) : default,
            Gru gru => gru.Forward(packed),
            _ => ((Rnn)layer).Forward(packed),
        };
    }

    [Fact]
    public void A_recurrent_layer_takes_a_packed_sequence()
    {
        // given
        var gru = new Gru(3, 4, new() { BatchFirst = true });

        // when
        var packed = gru.Forward(PackedSequence.Pack(Padded, Lengths));

        // then
        Assert.Equal(gru.Forward(new GruInput(Padded, Lengths: Lengths)).Output.ToArray<float>(), packed.Output.ToArray<float>());
    }

    [Fact]
    public void A_cell_does_what_one_step_of_its_layer_does()
    {
        // given
        var x = Tensor.Randn([4, 3], generator: new Generator(2));
        var (lstm, lstmCell) = (new Lstm(3, 5), new LstmCell(3, 5));
        var (gru, gruCell) = (new Gru(3, 5), new GruCell(3, 5));
        var (rnn, rnnCell) = (new Rnn(3, 5), new RnnCell(3, 5));
        foreach (var (layer, cell) in new (Module, Module)[] { (lstm, lstmCell), (gru, gruCell), (rnn, rnnCell) })
        {
            cell.LoadState(layer.State().ToDictionary(static entry => entry.Key.Replace("_l0", "", StringComparison.Ordinal), static entry => entry.Value));
        }

        // when
        var step = x.Unsqueeze(0);

        // then
        Assert.True(lstmCell.Forward((x, null)).Cell.AllClose(lstm.Forward(step).State.Cell.Squeeze(0), 1e-5, 1e-6));
        Assert.True(gruCell.Forward((x, null)).AllClose(gru.Forward(step).Output.Squeeze(0), 1e-5, 1e-6));
        Assert.True(rnnCell.Forward((x, null)).AllClose(rnn.Forward(step).Output.Squeeze(0), 1e-5, 1e-6));
    }

    [Fact]
    public void The_states_of_two_directions_have_pytorchs_names()
    {
        // given
        var gru = new Gru(3, 5, new() { Layers = 2, Bidirectional = true });

        // when
        var state = gru.State();

        // then
        Assert.Contains("bias_hh_l0_reverse", state.Keys);
        Assert.Equal([15, 10], state["weight_ih_l1_reverse"].Shape);
        Assert.Equal(16, state.Count);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        // given
        var gru = new Gru(3, 5, new() { BatchFirst = true });

        // when
        var error = Assert.Throws<GradusException>(() => gru.Forward(new GruInput(Padded, Lengths: [1, 2, 3, 6])));

        // then
        Assert.Equal("Gru: lengths: expected 4 numbers from 1 to 5, got 1, 2, 3, 6.", error.Message);
    }
}
