using Microsoft.Playwright;

namespace Gradus.Studio.Tests;

/// <summary>The page that eng/studio made, where the environment says that there is one.</summary>
internal static class StudioFile
{
    // By hand, GRADUS_SHOTS names a folder for pictures of the page.
    private static readonly string? Shots = Environment.GetEnvironmentVariable("GRADUS_SHOTS");

    public static Uri Address(string hash = "")
    {
        var path = Environment.GetEnvironmentVariable("GRADUS_STUDIO");
        Assert.SkipUnless(File.Exists(path), "GRADUS_STUDIO names no page: make it by eng/studio FILE.");
        return new Uri(new Uri(Path.GetFullPath(path)).AbsoluteUri + hash);
    }

    public static long Length => new FileInfo(Address().LocalPath).Length;

    /// <summary>Opens the page, waits until it stands, tries it, and holds that it asked for nothing but itself and what it made.</summary>
    public static async Task OpenStudio(this Browser browser, string hash, Func<IPage, Task> attempt, BrowserNewContextOptions? options = null)
    {
        var requests = await browser.OpenAt(Address(hash), async page =>
        {
            await page.WaitForSelectorAsync("body.ready", new() { Timeout = 60_000 });
            await page.Idle();
            await attempt(page);
        }, options, page => page.EvaluateAsync("address => studio.goTo(address)", hash.Length > 0 ? hash : "#/play"));
        Assert.DoesNotContain(requests.Skip(1), static address => !address.StartsWith("blob:", StringComparison.Ordinal) && address != "about:srcdoc");
    }

    /// <summary>Waits until something holds; the page allows no code made of texts, of which the browser's own way makes use.</summary>
    public static async Task WaitUntil(this IPage page, string condition)
    {
        for (var time = 0; time < 200; time++)
        {
            if (await page.EvaluateAsync<bool>(condition)) return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"It never came to be that {condition}");
    }

    /// <summary>Something of the graph that is shown, by an expression over <c>root</c>, its part of the page.</summary>
    public static Task<T> Graph<T>(this IPage page, string expression) => page.EvaluateAsync<T>($"(root => {expression})(byId('graph-page').shadowRoot)");

    /// <summary>A text of the graph that is shown.</summary>
    public static Task<string> Graph(this IPage page, string expression) => page.Graph<string>(expression);

    /// <summary>The labels of a kind that are seen, without the names before them.</summary>
    public static Task<string[]> Labels(this IPage page, string kind) =>
        page.Graph<string[]>($"[...root.querySelectorAll('#picture .label.{kind}:not(.later)')].map(label => label.lastChild.nodeValue)");

    /// <summary>Waits until the graph is drawn that was asked for.</summary>
    public static Task Drawn(this IPage page) => page.EvaluateAsync("studio.whenDrawn()");

    /// <summary>Waits until the engine has done what was asked of it.</summary>
    public static Task Idle(this IPage page) => page.EvaluateAsync("studio.whenIdle()");

    /// <summary>Takes a picture of the page, where the environment names a folder for it.</summary>
    public static async Task Shoot(this IPage page, string name)
    {
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{name}.png") });
    }
}
