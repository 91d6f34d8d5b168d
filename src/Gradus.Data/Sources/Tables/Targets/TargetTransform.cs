namespace Gradus.Data;

/// <summary>What of the numbers of a target is learnt.</summary>
public enum TargetTransform
{
    /// <summary>The numbers themselves.</summary>
    None,

    /// <summary>ln(1 + y), for targets from 0 on of which a few are much greater than most: amounts, counts, durations.</summary>
    Log,
}
