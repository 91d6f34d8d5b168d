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
        return lengths.Count == 1 ? new Rest(this, lengths.Item<long>()) : throw Expect.Got("one sentence, [1, length]", tokens);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var lengths = LengthsOf(input);
        // What is longer than all sentences is left out, except from a graph, which is to take others.
        var isWhole = ReadsPadding || OperatorObserver.ForAnyValues;
        return Tell(Words.Forward(isWhole ? input : input.Slice(1, 0, lengths.Max().Item<int>())), lengths);
    }

    /// <summary>Whether the network has to be given the padding too, since its bits depend on the number of steps.</summary>
    private protected virtual bool ReadsPadding => false;

    /// <summary>From the rows of words, [batch, length, width], to what is said: [batch, outputs].</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="lengths">How many words each sentence has, at least 1: [batch], i64.</param>
    private protected abstract Tensor Tell(Tensor rows, Tensor lengths);

    // The place after the last word.
    private static Tensor LengthsOf(Tensor tokens)
    {
        if (tokens.Rank != 2 || tokens.Count == 0 || tokens.DType is not (DType.Int32 or DType.Int64))
            throw Expect.Got("tokens [batch, length], i32 or i64", tokens);
        return (tokens.NotEqual(0).To(DType.Int64) * Tensor.Arange(1, tokens.Shape[1] + 1L)).Max(1).Value.Clamp(min: 1L);
    }

    private sealed class Rest(SentenceClassifier network, long words) : Module<Tensor, Tensor>
    {
        protected override Tensor Compute(Tensor input)
        {
            if (input.Rank != 3) throw Expect.Got("[batch, width, length]", input);
            return network.Tell(input.Transpose(1, 2), Tensor.Full([input.Shape[0]], words, DType.Int64));
        }
    }
}
