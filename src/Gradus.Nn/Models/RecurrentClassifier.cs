namespace Gradus.Nn;

/// <summary>A recurrent layer that reads a sequence, and a linear layer that says what it was: [batch, time, inputs] → [batch, outputs].</summary>
/// <remarks>A picture [batch, channels, height, width] is read row by row: [batch, height, channels·width].</remarks>
public abstract class RecurrentClassifier : Layer<Tensor, Tensor>
{
    private protected RecurrentClassifier(int hidden, int outputs) => Out = new Linear(hidden, outputs, init: null);

    /// <summary>The linear layer on the last step's state.</summary>
    public Linear Out { get; set => field = Register(value); }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Out.Forward(Read(PictureRows.Of(input)).Select(1, -1));

    /// <summary>The states after every step: [batch, time, inputs] → [batch, time, hidden].</summary>
    private protected abstract Tensor Read(Tensor sequence);
}
