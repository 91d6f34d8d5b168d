using Gradus.Training;

namespace Gradus.Serving;

/// <summary>The samples of a request, which wait to be predicted.</summary>
internal sealed record PredictionJob(Predictor Predictor, IReadOnlyList<PreparedSample> Samples, CancellationToken Cancellation)
{
    // Whoever waits goes on elsewhere, so that the next batch begins at once.
    public TaskCompletionSource<IReadOnlyList<Prediction>> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
