using System.Globalization;

namespace Gradus.Training;

/// <summary>Where a target is in a share of cases.</summary>
/// <param name="From">Its lower end, in the target's unit.</param>
/// <param name="To">Its upper end.</param>
/// <param name="Coverage">The share of cases in which the target lies between them, such as 0.9.</param>
public readonly record struct PredictionInterval(double From, double To, double Coverage)
{
    /// <summary>A line: <c>410000 to 495200 in 90 of 100 cases</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{From:G6} to {To:G6} in {100 * Coverage:0.#} of 100 cases");
}
