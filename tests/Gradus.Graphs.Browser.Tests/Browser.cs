using Microsoft.Playwright;

namespace Gradus.Graphs.Browser.Tests;

/// <summary>The browser of this machine, started once for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string? Executable = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(static folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradus-tests-");
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Executable is null) return;
        _playwright = await Playwright.CreateAsync();
        // A container's root may not have what the browser's own sandbox needs; the pages are our own.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Environment.UserName == "root" ? ["--no-sandbox"] : [] });
    }

    /// <summary>Opens the page of a graph from a file, tries it, and holds that it asked for nothing and found nothing wrong.</summary>
    internal Task Open(GraphModel graph, Func<IPage, Task> attempt, BrowserNewContextOptions? options = null) =>
        Open(HtmlWriter.Write(graph), attempt, options);

    internal async Task Open(string html, Func<IPage, Task> attempt, BrowserNewContextOptions? options = null)
    {
        var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, html);
        Assert.Equal([new Uri(file).AbsoluteUri], await OpenAt(new Uri(file), attempt, options));
    }

    /// <summary>Opens a page, tries it, and holds that it found nothing wrong.</summary>
    /// <returns>What it asked for.</returns>
    internal async Task<IReadOnlyList<string>> OpenAt(Uri address, Func<IPage, Task> attempt, BrowserNewContextOptions? options = null)
    {
        Assert.SkipUnless(_browser is not null, "chromium is not installed: apt-get install chromium");
        await using var context = await _browser.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1400, Height = 1000 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(10_000);
        var (requests, faults) = (new List<string>(), new List<string>());
        page.Request += (_, request) => requests.Add(request.Url);
        page.Console += (_, message) => faults.Add($"console: {message.Text}");
        page.PageError += (_, fault) => faults.Add(fault);
        await page.GotoAsync(address.AbsoluteUri);
        await attempt(page);
        Assert.Empty(faults);
        return requests;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _folder.Delete(recursive: true);
    }
}
