namespace Gradus.Nn;

/// <summary>
/// How sequences of different lengths, padded to one, run through a recurrent layer: stretch by stretch, each with the sequences that reach that far.
/// </summary>
/// <remarks>
/// As PyTorch's packed sequences: nothing is computed for the padding, the outputs there are zeros, and each last state is that of the sequence's own last
/// step.
/// </remarks>
internal sealed class RaggedRun
{
    private readonly int _batchAxis;
    private readonly int _time;
    private readonly Tensor _longestFirst;
    private readonly Tensor _asGiven;
    private readonly Tensor _mirror;
    private readonly List<(int From, int To, int Sequences)> _stretches = [];

    public RaggedRun(IReadOnlyList<int> lengths, int batch, int time, bool batchFirst)
    {
        if (lengths.Count != batch || lengths.Any(length => length < 1 || length > time))
        {
            throw new GradusException($"lengths: expected {batch} numbers from 1 to {time}, got {PlainText.QuoteAll(lengths)}.");
        }

        (_batchAxis, _time) = (batchFirst ? 0 : 1, time);
        int[] order = [.. Enumerable.Range(0, batch).OrderByDescending(index => lengths[index])];
        var inverse = new int[batch];
        for (var place = 0; place < batch; place++) inverse[order[place]] = place;
        (_longestFirst, _asGiven) = (Tensor.From(order, [batch]), Tensor.From(inverse, [batch]));
        var from = 0;
        for (var sequences = batch; sequences > 0; sequences--)
        {
            var to = lengths[order[sequences - 1]];
            if (to > from) _stretches.Add((from, to, sequences));
            from = Math.Max(from, to);
        }

        // The positions of each sequence backwards; those of its padding stay.
        var mirror = new long[batch * time];
        for (var index = 0; index < batch; index++)
        {
            for (var step = 0; step < time; step++) mirror[(index * time) + step] = step < lengths[index] ? lengths[index] - 1 - step : step;
        }

        var positions = Tensor.From(mirror, [batch, time]);
        _mirror = (batchFirst ? positions : positions.Transpose()).Unsqueeze(2);
    }

    private int TimeAxis => 1 - _batchAxis;

    /// <summary>Each sequence backwards, its padding left at the end.</summary>
    public Tensor Reverse(Tensor sequences) => sequences.Gather(TimeAxis, _mirror.Expand(sequences.Shape).Contiguous());

    /// <summary>Runs a layer over the sequences.</summary>
    public (Tensor Output, Tensor[] State) Run(Tensor input, Tensor[] first, Func<Tensor, Tensor[], (Tensor Output, Tensor[] State)> run)
    {
        input = input.IndexSelect(_batchAxis, _longestFirst);
        var state = Array.ConvertAll(first, part => part.IndexSelect(0, _longestFirst));
        var batch = input.Shape[_batchAxis];
        var outputs = new List<Tensor>();
        var ended = Array.ConvertAll(state, static _ => new List<Tensor>());
        foreach (var (from, to, sequences) in _stretches)
        {
            for (var part = 0; part < state.Length; part++)
            {
                var running = state[part].Shape[0];
                if (running == sequences) continue;
                ended[part].Add(state[part].Slice(0, sequences, running - sequences));
                state[part] = state[part].Slice(0, 0, sequences);
            }

            (var output, state) = run(input.Slice(TimeAxis, from, to - from).Slice(_batchAxis, 0, sequences).Contiguous(), state);
            outputs.Add(output.Pad(_batchAxis, 0, batch - sequences));
        }

        // The shortest ended first, and stand last.
        for (var part = 0; part < state.Length; part++)
        {
            state[part] = Tensor.Concat([state[part], .. Enumerable.Reverse(ended[part])], 0).IndexSelect(0, _asGiven);
        }

        var joined = Tensor.Concat([.. outputs], TimeAxis);
        return (joined.Pad(TimeAxis, 0, _time - joined.Shape[TimeAxis]).IndexSelect(_batchAxis, _asGiven), state);
    }
}
