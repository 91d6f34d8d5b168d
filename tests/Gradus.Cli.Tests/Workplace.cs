using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gradus.Cli.Tests;

/// <summary>A folder for one test, in which the tool runs; gone after it.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradus-cli-");

    public string Path => _folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Everything that lies here, folders included.</summary>
    public string[] Names => [.. _folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .Select(info => System.IO.Path.GetRelativePath(Path, info.FullName)).Order(StringComparer.Ordinal)];

    public CliResult Run(params string[] args) => Cli.Run(args, Path);

    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return name;
    }

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return name;
    }

    /// <summary>Writes a table: two numbers, a color, and a target that follows from them; every tenth row lacks a number.</summary>
    public string WriteTable(string name, int rows, bool regress = false)
    {
        var text = new StringBuilder("a,b,color,y\n");
        for (var row = 0; row < rows; row++)
        {
            double a = row * 37 % 101 / 101.0, b = row * 53 % 97 / 97.0;
            var target = regress ? string.Create(CultureInfo.InvariantCulture, $"{1000 * a + 500 * b + 20_000.5:R}") : a + b > 1 ? "yes" : "no";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{(row % 10 == 3 ? "" : a.ToString("R", CultureInfo.InvariantCulture))},{b:R},{(row % 3 == 0 ? "red" : "blue")},{target}\n");
        }

        return Write(name, text.ToString());
    }

    public string Hash(string name) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(this[name])));

    public void Dispose() => _folder.Delete(recursive: true);
}
