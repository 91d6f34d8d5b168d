namespace Gradus.Nn;

/// <summary>Settings of <see cref="Gru"/>, and those that all recurrent layers share.</summary>
public record RecurrentOptions
{
    /// <summary>Layers one above the other, each of which reads the states of the one before. Default: 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether sequences are [batch, time, …] instead of [time, batch, …]. Default: false.</summary>
    public bool BatchFirst { get; init; }

    /// <summary>With which probability a state is dropped between two layers in training. Default: 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether a second run goes from the end of the sequence to its beginning; its states stand beside those of the first. Default: false.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Whether there are biases. Default: true.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The settings by name: <c>RecurrentOptions { Layers = 2, … }</c>.</summary>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);
}
