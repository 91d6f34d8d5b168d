using System.Security.Cryptography;
using Gradus.Training;

namespace Gradus.Extensions;

/// <summary>A model's file as it is read while others may write it.</summary>
internal static class ModelFile
{
    /// <summary>What tells that a file has changed, without reading it; the default where there is none.</summary>
    public static (long Length, DateTime Written) StampOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>Loads the file's model, and tells its hash. All is read of one opened file, which stays what it is where another takes its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">The hash of what is loaded already, which is not loaded again; null for none.</param>
    /// <returns>The model and its hash; no model where it is the known one.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, no model, or was written meanwhile.</exception>
    public static (Predictor? Predictor, string Hash) Load(string path, string? known)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (hash == known) return (null, hash);
        stream.Position = 0;
        var predictor = Predictor.Load(stream, path);
        // A file that is written in place may have changed between the two readings.
        stream.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == hash ? (predictor, hash)
            : throw new InvalidDataException($"{path}: the file was written while it was read.");
    }
}
