using System.Globalization;

namespace Gradus.Nn;

/// <summary>The channels of several groups in turn: [N, C, …] → [N, C, …]. Zhang et al., "ShuffleNet", 2017.</summary>
/// <param name="groups">The number of groups, which divides the channels.</param>
public sealed class ChannelShuffle(int groups) : Layer<Tensor, Tensor>
{
    private readonly int _groups = Expect.Positive("channelShuffle", "groups", groups);

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) =>
        input.Rank >= 2 && input.Shape[1] % _groups == 0 ? input.ChannelShuffle(_groups) : throw Expect.Got($"[samples, a multiple of {_groups}, ...]", input);

    /// <inheritdoc/>
    protected override string Describe() => _groups.ToString(CultureInfo.InvariantCulture);
}
