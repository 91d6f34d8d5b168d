namespace Gradus.Nn;

/// <summary>
/// A recurrent layer that reads a sentence word by word, and a linear layer that says what it was: tokens [batch, length] → [batch, outputs].
/// </summary>
/// <remarks>What counts is the state after the last word: what stands behind it is not read.</remarks>
/// <typeparam name="TRecurrent">The recurrent layer.</typeparam>
public abstract class RecurrentSentenceClassifier<TRecurrent> : SentenceClassifier where TRecurrent : Module
{
    private protected RecurrentSentenceClassifier(TRecurrent recurrent, int tokens, int hidden, int outputs, double dropout)
        : base(tokens, hidden, dropout, Init.Normal()) => (Rnn, Out) = (recurrent, new Linear(hidden, outputs));

    /// <summary>The recurrent layer.</summary>
    public TRecurrent Rnn { get; set => field = Register(value); }

    /// <summary>The linear layer on the state after the last word.</summary>
    public Linear Out { get; set => field = Register(value); }

    /// <summary>The states after every word: [batch, length, hidden] → the same shape.</summary>
    private protected abstract Tensor Read(Tensor sequence);

    private protected override Tensor Tell(Tensor rows, Tensor lengths)
    {
        var last = (Tensor.Arange(rows.Shape[0]) * rows.Shape[1]) + lengths - 1;
        return Out.Forward(Drop.Forward(Read(Drop.Forward(rows)).Flatten(0, 1).IndexSelect(0, last)));
    }
}
