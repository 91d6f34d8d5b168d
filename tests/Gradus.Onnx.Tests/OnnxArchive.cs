using System.Diagnostics;

namespace Gradus.Onnx.Tests;

/// <summary>An archive of cases, unpacked once in a run.</summary>
internal static class OnnxArchive
{
    private static readonly Lock Unpacking = new();
    private static readonly Dictionary<string, string> Folders = [];

    /// <summary>The folder with an archive's files; skips the test where the archive, or what unpacks it, is missing.</summary>
    public static string Unpack(string name)
    {
        var archive = SharedData.Find("onnx", name + ".tar.xz");
        lock (Unpacking)
        {
            if (Folders.TryGetValue(name, out var unpacked)) return unpacked;
            var folder = Directory.CreateTempSubdirectory("gradus-onnx-").FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
            try
            {
                using var tar = Process.Start(new ProcessStartInfo("tar", ["-xJf", archive, "-C", folder]))!;
                tar.WaitForExit();
                Assert.SkipUnless(tar.ExitCode == 0, "tar or xz is not on this machine.");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Skip("tar or xz is not on this machine.");
            }

            Folders.Add(name, folder);
            return folder;
        }
    }
}
