namespace Gradus.Formats;

/// <summary>The numbers of the fields of TensorBoard's messages: Event, Summary, and what they hold.</summary>
internal static class EventFields
{
    public const int WallTime = 1, Step = 2, FileVersion = 3, Graph = 4, Summary = 5;

    /// <summary>Of a summary and of each of its values.</summary>
    public const int Value = 1, Tag = 1, SimpleValue = 2, Image = 4, Histogram = 5, Tensor = 8, Metadata = 9;
}
