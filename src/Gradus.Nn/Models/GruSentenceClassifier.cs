namespace Gradus.Nn;

/// <summary>A <see cref="Gru"/> whose state after the last word tells what the sentence was: tokens [batch, length], i32 or i64 → [batch, outputs].</summary>
/// <remarks>Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014.</remarks>
/// <param name="tokens">How many different tokens there are, with 0 for no word.</param>
/// <param name="hidden">The size of the state, and of the row of a word.</param>
/// <param name="outputs">Classes, or targets.</param>
/// <param name="layers">Layers one above the other. Default 1.</param>
/// <param name="dropout">The probability of dropping a number of a word's row, between the layers, and of the last state. Default 0.</param>
/// <exception cref="GradusException">A size is not positive, or the probability is outside [0, 1).</exception>
public sealed class GruSentenceClassifier(int tokens, int hidden, int outputs, int layers = 1, double dropout = 0)
    : RecurrentSentenceClassifier<Gru>(
        new Gru(hidden, hidden, new() { Layers = layers, BatchFirst = true, Dropout = dropout }), tokens, hidden, outputs, dropout)
{
    private protected override Tensor Read(Tensor sequence) => Rnn.Forward(sequence).Output;
}
