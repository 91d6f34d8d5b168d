using Gradus.Nn;

namespace Gradus.Training;

// Networks of words and characters.
internal sealed partial class NetworkCode
{
    /// <summary>Writes the forward pass of a network of sentences: of <c>count</c> tokens, which stand in <c>_tokens</c>.</summary>
    public Value ForwardSentence(Module network, int length)
    {
        var sentence = (SentenceClassifier)network;
        var words = Embed("words", sentence.Words, length);
        switch (network)
        {
            case BagOfWords bag:
                Uses.Add("Sums");
                var mean = New(1, words.Columns, words.Pitch);
                Body.Line("// the mean of the words");
                Body.Line(CodeText.Of($"Sums.MeanOfRows({words.Code}, count, {words.Pitch}, {mean.Code});"));
                Free(words);
                return Forward("out", bag.Out, mean);
            case RecurrentSentenceClassifier<Lstm> classifier: return Forward("out", classifier.Out, Run("rnn", classifier.Rnn, words, "count"));
            default:
                var other = (RecurrentSentenceClassifier<Gru>)network;
                return Forward("out", other.Out, Run("rnn", other.Rnn, words, "count"));
        }
    }

    /// <summary>Writes the pass of a recurrent language model over <c>tokens</c>; its states stay from pass to pass.</summary>
    /// <returns>The logits after the last one, and the states that a new text begins with as zeros.</returns>
    public (Value Logits, IReadOnlyList<Value> States) ForwardRecurrent(Embedding words, Module rnn, Linear decoder)
    {
        Uses.Add("Recurrent");
        var parts = Layers(rnn);
        var states = parts.ConvertAll(State);
        var (columns, pitch, at) = Rows(words);
        var x = New(1, columns, pitch);
        Body.Line("// encoder and rnn");
        Body.Open("foreach (var token in tokens)");
        Body.Line(CodeText.Of($"Weights({at} + (token * {pitch}), {pitch}).CopyTo({x.Code});"));
        for (var layer = 0; layer < parts.Count; layer++)
        {
            var part = parts[layer];
            Value inputs = Padded(1, part.Width), hidden = Padded(1, part.Width);
            Body.Line(CodeText.Of($"Product.Vector({x.Code}, {part.Terms}, {part.InputWeights}, {part.InputBias}, {inputs.Code});"));
            Step(part, inputs.Code, hidden, states[layer]);
            x = states[layer][0];
        }

        Body.Close();
        _held.Add(x.At);
        return (Forward("decoder", decoder, x), [.. states.SelectMany(static state => state)]);
    }

    /// <summary>Keeps a table of embeddings: its columns, numbers from row to row, and where it begins.</summary>
    private (int Columns, int Pitch, int At) Rows(Embedding table)
    {
        var (rows, columns) = (table.Weight.Shape[0], table.Weight.Shape[1]);
        var pitch = WeightStore.Rounded(columns);
        var (numbers, at) = (NumbersOf(table.Weight.Value), Weights.Count);
        for (var row = 0; row < rows; row++) Weights.Add(numbers.AsSpan(row * columns, columns));
        return (columns, pitch, at);
    }

    private Value Embed(string name, Embedding table, int length)
    {
        var (columns, pitch, at) = Rows(table);
        var words = New(length, columns, pitch);
        Body.Line(CodeText.Of($"// {name}: Embedding, {columns}"));
        Body.Line(CodeText.Of($"for (var place = 0; place < count; place++) Weights({at} + (_tokens[place] * {pitch}), {pitch})") +
            CodeText.Of($".CopyTo(Buffer({words.At} + (place * {pitch}), {pitch}));"));
        return words;
    }
}
