using System.Globalization;

namespace Gradus.Nn;

/// <summary>The channels of several groups in turn: [N, C, …] → [N, C, …]. Zhang et al., "ShuffleNet", 2017.</summary>
/// <param name="groups">The number of groups, which divides the channels.</param>
public sealed class ChannelShuffle(int groups) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (input.Rank < 3 || input.Shape[1] % groups != 0) throw Expect.Got($"[samples, channels, ...] with channels divisible by {groups}", input);
        return input.Unflatten(1, groups, input.Shape[1] / groups).Transpose(1, 2).Flatten(1, 2);
    }

    /// <inheritdoc/>
    protected override string Describe() => groups.ToString(CultureInfo.InvariantCulture);
}
