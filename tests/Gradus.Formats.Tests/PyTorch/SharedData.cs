using System.Diagnostics;
using Gradus.Formats.Tests;

[assembly: AssemblyFixture(typeof(SharedData))]

namespace Gradus.Formats.Tests;

/// <summary>Real data beside the repository: too large, and not ours, to be part of it. What was unpacked is deleted after the last test.</summary>
public sealed class SharedData : IDisposable
{
    private static string? _target;
    private static readonly Lazy<string> Unpacked = new(Unpack);

    /// <summary>The path of a file or folder of real data; skips the test where it is missing.</summary>
    public static string Find(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gradus.slnx"))) folder = folder.Parent;
        var path = Path.Combine([folder?.Parent?.FullName ?? "", "shared", "data", .. parts]);
        if (!Path.Exists(path)) Assert.Skip($"The real data {string.Join('/', parts)} is not on this machine.");
        return path;
    }

    /// <summary>The folder of the archive of PyTorch's files, unpacked once; skips the test where it or the program for it is missing.</summary>
    public static string PyTorchFiles()
    {
        Find("pt", "pytorch-files.tar.xz");
        var folder = Unpacked.Value;
        Assert.SkipUnless(Directory.Exists(folder), "tar or xz is not on this machine.");
        return folder;
    }

    private static string Unpack()
    {
        _target = Directory.CreateTempSubdirectory("gradus-tests-").FullName;
        try
        {
            using var tar = Process.Start("tar", ["xJf", Find("pt", "pytorch-files.tar.xz"), "-C", _target]);
            tar.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no tar.
        }

        return Path.Combine(_target, "pytorch-files");
    }

    public void Dispose()
    {
        if (_target is not null) Directory.Delete(_target, recursive: true);
    }
}
