using System.Text.RegularExpressions;

namespace Gradus.Text;

/// <summary>
/// How byte-level BPE cuts a text before pairs are merged: endings such as <c>'s</c>; letters, digits or other signs, each run with the space before it; and
/// spaces. No token reaches over such a cut.
/// </summary>
/// <remarks>GPT-2's; Radford et al., "Language models are unsupervised multitask learners", 2019.</remarks>
internal static partial class WordPattern
{
    [GeneratedRegex(@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    public static partial Regex Words { get; }
}
