namespace Gradus.Nn;

/// <summary>A recurrent layer that reads a sequence, and a linear layer that says what it was: [batch, time, inputs] → [batch, outputs].</summary>
/// <remarks>A picture [batch, channels, height, width] is read row by row: [batch, height, channels·width].</remarks>
/// <typeparam name="TRecurrent">The recurrent layer.</typeparam>
public abstract class RecurrentClassifier<TRecurrent> : Layer<Tensor, Tensor> where TRecurrent : Module
{
    private protected RecurrentClassifier(TRecurrent recurrent, int hidden, int outputs) => (Rnn, Out) = (recurrent, new Linear(hidden, outputs));

    /// <summary>The recurrent layer.</summary>
    public TRecurrent Rnn { get; set => field = Register(value); }

    /// <summary>The linear layer on the last step's state.</summary>
    public Linear Out { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Out.Forward(Read(PictureRows.Of(input)).Select(1, -1));

    /// <summary>The states after every step: [batch, time, inputs] → [batch, time, hidden].</summary>
    private protected abstract Tensor Read(Tensor sequence);
}
