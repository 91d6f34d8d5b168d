namespace Gradus.Graphs;

/// <summary>What a page speaks.</summary>
public enum PageLanguage
{
    /// <summary>English.</summary>
    English,

    /// <summary>Chinese, in simplified characters.</summary>
    Chinese,
}
