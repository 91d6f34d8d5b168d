using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Gradus.Formats;

namespace Gradus.Cli.Output;

/// <summary>A picture as PNG, by the browser of this machine: Gradus itself draws no pixels.</summary>
internal static partial class BrowserPicture
{
    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    // A browser that does not answer is not waited for.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Draws an SVG with two pixels for each of its own.</summary>
    /// <exception cref="IOException">There is no browser, or it made no picture.</exception>
    public static void Write(string svg, string file)
    {
        var browser = Find() ?? throw new IOException(
            $"--png: there is no browser to draw with. " +
            $"Install chromium, chrome or edge so that one of {string.Join(", ", Browsers)} is found, or write --svg.");
        var size = Size.Match(svg);
        var (width, height) = (int.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(size.Groups[2].Value, CultureInfo.InvariantCulture));
        var folder = Directory.CreateTempSubdirectory("gradus-");
        try
        {
            var (page, picture) = (Path.Combine(folder.FullName, "graph.html"), Path.Combine(folder.FullName, "graph.png"));
            File.WriteAllText(page, $"<!DOCTYPE html><meta charset=\"utf-8\"><style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}");
            Run(browser, [
                "--headless", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2", $"--user-data-dir={folder.FullName}",
                $"--window-size={width},{height}", $"--screenshot={picture}", new Uri(page).AbsoluteUri,
            ]);
            if (!File.Exists(picture)) throw new IOException($"--png: {browser} made no picture.");
            AtomicFile.Write(file, stream => stream.Write(File.ReadAllBytes(picture)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(static folder => Browsers.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
        .FirstOrDefault(File.Exists);

    private static void Run(string browser, string[] arguments)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // A browser's own sandbox does not work for root; the page is our own.
        if (Environment.UserName == "root") start.ArgumentList.Add("--no-sandbox");
        using var process = Process.Start(start) ?? throw new IOException($"--png: {browser} does not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (process.WaitForExit(Longest)) return;
        process.Kill(entireProcessTree: true);
        throw new IOException($"--png: {browser} did not answer within {Longest.TotalSeconds} s.");
    }

    [GeneratedRegex("""width="(\d+)" height="(\d+)" """)]
    private static partial Regex Size { get; }
}
