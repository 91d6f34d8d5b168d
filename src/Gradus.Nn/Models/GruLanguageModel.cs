namespace Gradus.Nn;

/// <summary>A language model on a <see cref="Gru"/>: tokens [batch, time], i32 or i64 → logits of the next tokens [batch, time, vocabulary].</summary>
/// <remarks>Chung et al., "Empirical evaluation of gated recurrent neural networks on sequence modeling", 2014.</remarks>
/// <param name="vocabulary">How many different tokens there are.</param>
/// <param name="hidden">The size of the state, and of the row of a token.</param>
/// <param name="layers">Layers one above the other. Default 1.</param>
/// <param name="dropout">The probability of dropping a number before, between and after the layers. Default 0.</param>
/// <exception cref="GradusException">A size is not positive, or the probability is outside [0, 1).</exception>
public sealed class GruLanguageModel(int vocabulary, int hidden, int layers = 1, double dropout = 0)
    : RecurrentLanguageModel<Gru>(
        new Gru(hidden, hidden, new() { Layers = layers, BatchFirst = true, Dropout = dropout }), vocabulary, hidden, dropout)
{
    private protected override (Tensor Output, Tensor[] State) Run(Tensor sequence, Tensor[]? state)
    {
        var (output, last) = Rnn.Forward(new GruInput(sequence, state?[0]));
        return (output, [last]);
    }
}
