namespace Gradus.Cli;

/// <summary>Where a path leads in the end.</summary>
internal static class LinkTarget
{
    // As many as systems follow.
    private const int MostLinks = 40;

    /// <summary>The full path with all symbolic links in it followed, those of its folders too. What does not exist stays as it is named.</summary>
    public static string Of(string path)
    {
        var links = MostLinks;
        return Of(Path.GetFullPath(path), ref links);
    }

    private static string Of(string path, ref int links)
    {
        var target = Path.GetPathRoot(path)!;
        foreach (var part in path[target.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            target = Path.Combine(target, part);
            if (Next(target) is { } next && links-- > 0) target = Of(next, ref links);
        }

        return target;
    }

    private static string? Next(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not there, or not to be looked at: whoever opens it says so.
            return null;
        }
    }
}
