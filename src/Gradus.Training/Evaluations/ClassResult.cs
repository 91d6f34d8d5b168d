using System.Text.Json.Serialization;

namespace Gradus.Training;

/// <summary>How the samples of a class did.</summary>
/// <param name="Name">The name of the class.</param>
/// <param name="Support">Number of its samples.</param>
/// <param name="Predicted">Number of samples that were predicted as it.</param>
/// <param name="Right">Number of its samples that were predicted as it.</param>
public sealed record ClassResult(string Name, long Support, long Predicted, long Right)
{
    /// <summary>The share of the predictions of the class that are right; NaN where there are none.</summary>
    [JsonIgnore]
    public double Precision => Predicted == 0 ? double.NaN : (double)Right / Predicted;

    /// <summary>The share of the samples of the class that are found; NaN where there are none.</summary>
    [JsonIgnore]
    public double Recall => Support == 0 ? double.NaN : (double)Right / Support;

    /// <summary>The harmonic mean of precision and recall, 2·right / (predicted + support); NaN where there is neither.</summary>
    [JsonIgnore]
    public double F1 => Support + Predicted == 0 ? double.NaN : 2.0 * Right / (Support + Predicted);

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ClassResult), PrintMembers);
}
