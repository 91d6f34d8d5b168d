namespace Gradus.Nn;

/// <summary>A network that tells what a sentence is: tokens [batch, length], i32 or i64 → [batch, outputs].</summary>
/// <remarks>
/// Token 0 stands for no word, behind the last one of a sentence that is shorter than others. It changes nothing: what is said of a sentence has the same bits
/// whatever stands beside it in a batch. A sentence without words is read as one that says nothing.
/// </remarks>
public abstract class SentenceClassifier : Layer<Tensor, Tensor>
{
    private protected SentenceClassifier(int tokens, int width, double dropout, Init init) =>
        (Words, Drop) = (new Embedding(tokens, width, init, paddingIndex: 0), new Dropout(dropout));

    /// <summary>A row of numbers for each word; that of token 0 is zeros.</summary>
    public Embedding Words { get; set => field = Register(value); }

    /// <summary>What drops: of the words' rows, and of what was made of them.</summary>
    public Dropout Drop { get; set => field = Register(value); }

    /// <summary>
    /// The network from the rows of a sentence's words on, [batch, width, length] → [batch, outputs]: what <see cref="Attributions"/> asks, since a word by
    /// itself is no number. The rows of the sentence are <c>Words.Forward(tokens).Transpose(1, 2)</c>, and row 0 stands for no word.
    /// </summary>
    /// <param name="tokens">The sentence, [1, length], i32 or i64. Its number of words holds for the whole batch.</param>
    /// <exception cref="GradusException">The tokens are no sentence.</exception>
    public Module<Tensor, Tensor> FromWords(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var lengths = LengthsOf(tokens);
        return lengths.Length == 1 ? new Rest(this, lengths[0]) : throw Expect.Got("one sentence, [1, length]", tokens);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var lengths = LengthsOf(input);
        return Tell(Words.Forward(ReadsPadding ? input : input.Slice(1, 0, lengths.Max())), lengths);
    }

    /// <summary>Whether the network has to be given the padding too, since its bits depend on the number of steps.</summary>
    private protected virtual bool ReadsPadding => false;

    /// <summary>From the rows of words, [batch, length, width], to what is said: [batch, outputs].</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="lengths">How many words each sentence has, at least 1.</param>
    private protected abstract Tensor Tell(Tensor rows, int[] lengths);

    private static int[] LengthsOf(Tensor tokens)
    {
        if (tokens.Rank != 2 || tokens.Count == 0 || tokens.DType is not (DType.Int32 or DType.Int64))
            throw Expect.Got("tokens [batch, length], i32 or i64", tokens);
        var (numbers, length) = (tokens.To(DType.Int64).ToArray<long>(), tokens.Shape[1]);
        var lengths = new int[tokens.Shape[0]];
        for (var sentence = 0; sentence < lengths.Length; sentence++)
            lengths[sentence] = Math.Max(1, numbers.AsSpan(sentence * length, length).LastIndexOfAnyExcept(0) + 1);
        return lengths;
    }

    private sealed class Rest(SentenceClassifier network, int words) : Module<Tensor, Tensor>
    {
        protected override Tensor Compute(Tensor input)
        {
            if (input.Rank != 3) throw Expect.Got("[batch, width, length]", input);
            var lengths = new int[input.Shape[0]];
            Array.Fill(lengths, words);
            return network.Tell(input.Transpose(1, 2), lengths);
        }
    }
}
