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
    private readonly Stack<IPage> _tabs = new();
    private IPage? _standing;
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
    /// <param name="address">Where it is.</param>
    /// <param name="attempt">What is tried.</param>
    /// <param name="options">Of a tab for this test alone.</param>
    /// <param name="goOn">How a page that stands from the last test goes to the address without being loaded again; null for a page that cannot.</param>
    /// <returns>What it asked for.</returns>
    internal async Task<IReadOnlyList<string>> OpenAt(
        Uri address, Func<IPage, Task> attempt, BrowserNewContextOptions? options = null, Func<IPage, Task>? goOn = null)
    {
        Assert.SkipUnless(_browser is not null, "chromium is not installed: apt-get install chromium");
        // A tab of its own is a process of its own, which costs more than most tests: a tab goes on to the next test, unless this one failed or changed it.
        var standing = options is null && goOn is not null ? Interlocked.Exchange(ref _standing, null) : null;
        var page = standing
            ?? (options is null && _tabs.TryPop(out var tab) ? tab : await NewTab(options ?? new() { ViewportSize = new() { Width = 1400, Height = 1000 } }));
        var (requests, faults) = (new List<string>(), new List<string>());
        page.Request += OnRequest;
        page.Console += OnConsole;
        page.PageError += OnFault;
        await (standing is null ? page.GotoAsync(address.AbsoluteUri) : goOn!(page));
        await attempt(page);
        Assert.Empty(faults);
        page.Request -= OnRequest;
        page.Console -= OnConsole;
        page.PageError -= OnFault;
        if (options is null && goOn is not null) await LetStand(page);
        else if (options is null) await Keep(page);
        else await page.Context.CloseAsync();
        return requests;

        void OnRequest(object? sender, IRequest request) => requests.Add(request.Url);

        void OnConsole(object? sender, IConsoleMessage message) => faults.Add($"console: {message.Text}");

        void OnFault(object? sender, string fault) => faults.Add(fault);
    }

    /// <summary>As a new one: the same address again is loaded again, and the pointer is on nothing.</summary>
    private async Task Keep(IPage page)
    {
        await page.Mouse.MoveAsync(0, 0);
        await page.GotoAsync("about:blank");
        _tabs.Push(page);
    }

    private async Task LetStand(IPage page)
    {
        await page.Mouse.MoveAsync(0, 0);
        _standing = page;
    }

    private async Task<IPage> NewTab(BrowserNewContextOptions options)
    {
        var page = await (await _browser!.NewContextAsync(options)).NewPageAsync();
        page.SetDefaultTimeout(10_000);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _folder.Delete(recursive: true);
    }
}
