using Gradus.Nn;

namespace Gradus.Formats;

/// <summary>A network from a folder of Hugging Face.</summary>
/// <param name="Network">A <see cref="Gpt"/>, <see cref="Bert"/>, <see cref="VisionTransformer"/> or <see cref="ResidualNetwork"/>, in evaluation mode.</param>
/// <param name="Report">Where its weights came from.</param>
public sealed record HuggingFaceModel(Module Network, HuggingFaceReport Report);
