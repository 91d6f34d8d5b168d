using System.Diagnostics;

namespace Gradus;

/// <summary>Where in the user's own code a call into Gradus was made.</summary>
internal static class SourceLine
{
    private static readonly string[] Library = ["Gradus", "Gradus.Kernels", "Gradus.Nn", "Gradus.Data", "Gradus.Formats", "Gradus.Training"];

    /// <summary>
    /// The innermost frame of the stack that is neither Gradus nor the platform: <c>Train.cs:42 in Main</c>; null if there is none, or no symbols.
    /// </summary>
    public static string? OfUser()
    {
        foreach (var frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { } method) continue;
            var assembly = method.DeclaringAssemblyName.Split(',')[0];
            if (Library.Contains(assembly) || assembly.StartsWith("System.", StringComparison.Ordinal)) continue;
            return frame.GetFileName() is { } file
                ? FormattableString.Invariant($"{Path.GetFileName(file)}:{frame.GetFileLineNumber()} in {method.Name}")
                : $"{method.DeclaringTypeName}.{method.Name}";
        }

        return null;
    }
}
