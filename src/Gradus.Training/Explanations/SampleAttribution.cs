namespace Gradus.Training;

/// <summary>What one method says of a sample.</summary>
/// <param name="Word">The method, as it is typed.</param>
/// <param name="Title">The method, as it is read.</param>
/// <param name="Values">In the shape of the sample; Grad-CAM and occlusion have one channel.</param>
/// <param name="Note">What it is, in a few characters.</param>
internal sealed record SampleAttribution(string Word, string Title, Tensor Values, string Note)
{
    /// <summary>The baseline's score and by how much completeness is missed; of integrated gradients only.</summary>
    public (double BaselineScore, double Gap)? Completeness { get; init; }
}
