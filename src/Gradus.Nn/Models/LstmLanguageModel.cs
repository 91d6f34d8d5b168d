namespace Gradus.Nn;

/// <summary>A language model on an <see cref="Lstm"/>: tokens [batch, time], i32 or i64 → logits of the next tokens [batch, time, vocabulary].</summary>
/// <remarks>Sundermeyer, Schlüter and Ney, "LSTM neural networks for language modeling", 2012.</remarks>
/// <param name="vocabulary">How many different tokens there are.</param>
/// <param name="hidden">The size of the state, and of the row of a token.</param>
/// <param name="layers">Layers one above the other. Default 1.</param>
/// <param name="dropout">The probability of dropping a number before, between and after the layers. Default 0.</param>
/// <exception cref="GradusException">A size is not positive, or the probability is outside [0, 1).</exception>
public sealed class LstmLanguageModel(int vocabulary, int hidden, int layers = 1, double dropout = 0)
    : RecurrentLanguageModel<Lstm>(
        new Lstm(hidden, hidden, new() { Layers = layers, BatchFirst = true, Dropout = dropout }), vocabulary, hidden, dropout)
{
    private protected override (Tensor Output, Tensor[] State) Run(Tensor sequence, Tensor[]? state)
    {
        var (output, last) = Rnn.Forward(new LstmInput(sequence, state is null ? null : (state[0], state[1])));
        return (output, [last.Hidden, last.Cell]);
    }
}
