namespace Gradus.Nn;

/// <summary>
/// A recurrent layer that reads tokens and says after each what comes next: tokens [batch, time], i32 or i64 → logits [batch, time, vocabulary].
/// </summary>
/// <remarks>
/// State names are those of PyTorch's word language model: <c>encoder</c>, <c>rnn</c>, <c>decoder</c>. Mikolov et al., "Recurrent neural network based
/// language model", 2010.
/// </remarks>
/// <typeparam name="TRecurrent">The recurrent layer.</typeparam>
public abstract class RecurrentLanguageModel<TRecurrent> : Layer<Tensor, Tensor>, ILanguageModel where TRecurrent : Module
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
    public int Vocabulary => Encoder.Weight.Shape[0];

    /// <inheritdoc/>
    /// <remarks>It remembers the layer's last state alone: a long text costs no more per token than a short one.</remarks>
    public TokenReader Read() => new Reader(this);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Decoder.Forward(Drop.Forward(Run(Drop.Forward(Encoder.Forward(input)), null).Output));

    /// <summary>
    /// The outputs after every token, [batch, time, hidden] → the same shape, and the parts of the last state; from zeros where none is given.
    /// </summary>
    private protected abstract (Tensor Output, Tensor[] State) Run(Tensor sequence, Tensor[]? state);

    private sealed class Reader(RecurrentLanguageModel<TRecurrent> model) : TokenReader
    {
        private Tensor[]? _state;

        protected override Tensor Advance(Tensor tokens)
        {
            var (output, state) = model.Run(model.Drop.Forward(model.Encoder.Forward(tokens)), _state);
            Remember(state);
            return model.Decoder.Forward(model.Drop.Forward(output.Select(1, output.Shape[1] - 1)));
        }

        private void Remember(Tensor[] state)
        {
            using var scope = TensorScope.Suspend();
            _state = [.. state.Select(static part => part.Clone())];
        }
    }
}
