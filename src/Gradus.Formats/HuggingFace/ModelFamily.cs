namespace Gradus.Formats;

/// <summary>The networks that are built from a folder.</summary>
internal enum ModelFamily
{
    Gpt,
    Bert,
    VisionTransformer,
    ResidualNetwork,
}
