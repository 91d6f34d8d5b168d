namespace Gradus.Nn;

/// <summary>Settings of <see cref="Rnn"/>.</summary>
public sealed record RnnOptions : RecurrentOptions
{
    /// <summary>The function of the state. Default: <see cref="RnnActivation.Tanh"/>.</summary>
    public RnnActivation Activation { get; init; }
}
