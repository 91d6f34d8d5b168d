namespace Gradus.Nn;

/// <summary>An <see cref="Lstm"/> whose last state tells what the sequence was: [batch, time, inputs] → [batch, outputs].</summary>
/// <remarks>A picture [batch, channels, height, width] is read row by row. Hochreiter and Schmidhuber, "Long short-term memory", 1997.</remarks>
/// <param name="inputs">Numbers in a step; channels · width for a picture.</param>
/// <param name="hidden">The size of the state.</param>
/// <param name="outputs">Classes, or targets.</param>
/// <param name="layers">Layers one above the other. Default 1.</param>
/// <param name="dropout">The share of the numbers between two layers that training drops, in [0, 1]. Default: 0.</param>
/// <exception cref="GradusException">A size is not positive, or the share is not in [0, 1].</exception>
public sealed class LstmClassifier(int inputs, int hidden, int outputs, int layers = 1, double dropout = 0)
    : RecurrentClassifier<Lstm>(new Lstm(inputs, hidden, new() { Layers = layers, BatchFirst = true, Dropout = dropout }), hidden, outputs)
{
    private protected override Tensor Read(Tensor sequence) => Rnn.Forward(sequence).Output;
}
