namespace Gradus.Nn;

/// <summary>A recurrent layer that reads tokens and says after each what comes next: tokens [batch, time], i32 or i64 → logits [batch, time, vocabulary].</summary>
/// <remarks>State names are those of PyTorch's word language model: <c>encoder</c>, <c>rnn</c>, <c>decoder</c>. Mikolov et al., "Recurrent neural network based language model", 2010.</remarks>
/// <typeparam name="TRecurrent">The recurrent layer.</typeparam>
public abstract class RecurrentLanguageModel<TRecurrent> : Layer<Tensor, Tensor> where TRecurrent : Module
{
    private protected RecurrentLanguageModel(TRecurrent recurrent, int vocabulary, int hidden, double dropout)
    {
        Drop = new Dropout(dropout);
        Encoder = new Embedding(vocabulary, hidden);
        Rnn = recurrent;
        Decoder = new Linear(hidden, vocabulary);
    }

    /// <summary>What drops, before and after the recurrent layer.</summary>
    public Dropout Drop { get; set => field = Register(value); }

    /// <summary>A row of numbers for each token.</summary>
    public Embedding Encoder { get; set => field = Register(value); }

    /// <summary>The recurrent layer.</summary>
    public TRecurrent Rnn { get; set => field = Register(value); }

    /// <summary>From a state to the next token's logits.</summary>
    public Linear Decoder { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Decoder.Forward(Drop.Forward(Read(Drop.Forward(Encoder.Forward(input)))));

    /// <summary>The states after every token: [batch, time, hidden] → the same shape.</summary>
    private protected abstract Tensor Read(Tensor sequence);
}
