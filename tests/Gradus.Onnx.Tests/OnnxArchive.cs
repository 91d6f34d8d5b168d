using System.Diagnostics;
using Gradus.Onnx.Tests;

[assembly: AssemblyFixture(typeof(OnnxArchive))]

namespace Gradus.Onnx.Tests;

/// <summary>
/// The archives of cases, unpacked once in a run and deleted after its last test: a process that ends may take ten seconds for it, thousands of files more.
/// </summary>
public sealed class OnnxArchive : IDisposable
{
    private static readonly Lock Unpacking = new();
    private static readonly Dictionary<string, string> Folders = [];
    private static readonly List<string> Created = [];

    /// <summary>The folder with an archive's files; skips the test where the archive, or what unpacks it, is missing.</summary>
    public static string Unpack(string name)
    {
        var archive = SharedData.Find("onnx", name + ".tar.xz");
        lock (Unpacking)
        {
            if (Folders.TryGetValue(name, out var unpacked)) return unpacked;
            var folder = Directory.CreateTempSubdirectory("gradus-onnx-").FullName;
            Created.Add(folder);
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

    public void Dispose()
    {
        foreach (var folder in Created) Directory.Delete(folder, recursive: true);
    }
}
