namespace Gradus.Training;

/// <summary>A sample as a network takes it, made by <see cref="Predictor"/>. Several together are predicted at once.</summary>
public sealed class PreparedSample
{
    internal PreparedSample(float[] inputs, IReadOnlyList<string> notes) => (Inputs, Notes) = (inputs, notes);

    /// <summary>The numbers that the network takes, standardized; of a sentence or text its tokens.</summary>
    public IReadOnlyList<float> Inputs { get; }

    /// <inheritdoc cref="Prediction.Notes"/>
    public IReadOnlyList<string> Notes { get; }

    internal float[] Numbers => (float[])Inputs;
}
