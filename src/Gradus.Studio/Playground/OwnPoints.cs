using System.Globalization;

namespace Gradus.Studio;

/// <summary>Points of a person's own for a <see cref="Playground"/>: painted, or read from a table.</summary>
/// <param name="X">Both coordinates of each point, from −2 to 2; a point in its order is held out or not, whatever comes after it.</param>
/// <param name="Targets">A target for each: 0 or 1 for classes, and a number from −2 to 2 else.</param>
/// <param name="AreClasses">Whether the targets are classes.</param>
public sealed record OwnPoints(IReadOnlyList<float> X, IReadOnlyList<float> Targets, bool AreClasses)
{
    /// <summary>How far coordinates and numbers reach.</summary>
    public const float Reach = 2;

    /// <summary>None, before the first is painted.</summary>
    public static OwnPoints None { get; } = new([], [], AreClasses: true);

    /// <exception cref="ArgumentException">There are too many, or a number is out of range.</exception>
    internal void Validate()
    {
        if (Targets.Count > PlaygroundOptions.MostPoints)
            throw new ArgumentException($"points: got {Targets.Count}, expected at most {PlaygroundOptions.MostPoints}.");
        if (X.Count != 2 * Targets.Count) throw new ArgumentException($"points: got {X.Count} coordinates for {Targets.Count} targets, expected two for each.");
        foreach (var value in X) Expect(Math.Abs(value) <= Reach, "points", value, $"coordinates from {-Reach} to {Reach}");
        foreach (var value in Targets)
        {
            if (AreClasses) Expect(value is 0 or 1, "targets", value, "classes 0 and 1");
            else Expect(Math.Abs(value) <= Reach, "targets", value, $"numbers from {-Reach} to {Reach}");
        }
    }

    private static void Expect(bool holds, string name, float value, string expected)
    {
        if (!holds) throw new ArgumentException($"{name}: got {value.ToString(CultureInfo.InvariantCulture)}, expected {expected}.");
    }
}
