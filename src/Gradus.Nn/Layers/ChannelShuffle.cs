using System.Globalization;

namespace Gradus.Nn;

/// <summary>The channels of several groups in turn: [N, C, …] → [N, C, …]. Zhang et al., "ShuffleNet", 2017.</summary>
/// <param name="groups">The number of groups, which divides the channels.</param>
public sealed class ChannelShuffle(int groups) : Layer<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.ChannelShuffle(groups);

    /// <inheritdoc/>
    protected override string Describe() => groups.ToString(CultureInfo.InvariantCulture);
}
