using System.Globalization;
using Gradus.Training;

namespace Gradus.Cli.Commands;

/// <summary>Where a run goes: the folder that the user names, or a fresh one under runs/.</summary>
internal static class RunPlace
{
    /// <param name="directory">The folder; null for a fresh one.</param>
    /// <param name="name">What a fresh one is called after.</param>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="overwrite">Whether a run that is there may be replaced.</param>
    /// <exception cref="IOException">It cannot be written to, or holds a run already.</exception>
    public static RunFolder Create(string? directory, string name, string recipe, bool overwrite)
    {
        if (directory is not null)
        {
            try
            {
                return RunFolder.Create(directory, recipe, overwrite);
            }
            catch (IOException exception) when (!overwrite && RunFolder.Holds(directory))
            {
                throw new IOException($"{exception.Message} Name another folder with --out, or add --overwrite.", exception);
            }
            catch (IOException exception)
            {
                throw new IOException($"{exception.Message} Name another folder with --out.", exception);
            }
        }

        for (var number = 1; ; number++)
        {
            var fresh = Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{name}-{number:000}"));
            if (Path.Exists(fresh)) continue;
            try
            {
                return RunFolder.Create(fresh, recipe);
            }
            catch (IOException) when (RunFolder.Holds(fresh))
            {
                // Another run that began at the same moment was first.
            }
        }
    }
}
