namespace Gradus;

/// <summary>How <see cref="GradientCheck"/> compares.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>The distance h of the finite differences. Default 1e-5: truncation and rounding errors are then both near 1e-10.</summary>
    public double Step { get; init; } = 1e-5;

    /// <summary>The largest difference, relative to max(1, |gradient|), that counts as equal. Default 1e-6.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The seed of the weights that make one number of the output. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>1 to check the gradient, 2 to check the gradient of the gradient. Default 1.</summary>
    public int Order { get; init; } = 1;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GradientCheckOptions), PrintMembers);
}
