using Gradus.Training;

namespace Gradus.Extensions;

/// <summary>One content of a model's file, as it was loaded.</summary>
/// <param name="Predictor">What predicts.</param>
/// <param name="Hash">The SHA-256 of the file's bytes, in lower-case hexadecimal digits.</param>
/// <param name="Loaded">When it was loaded.</param>
public sealed record GradusModelVersion(Predictor Predictor, string Hash, DateTimeOffset Loaded)
{
    /// <summary>A line: <c>3f8a61c2 of 2026-03-01T12:00:00Z</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Hash[..8]} of {Loaded:yyyy-MM-ddTHH:mm:ssZ}");
}
