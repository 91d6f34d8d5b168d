using Gradus.Graphs.Tests;
using Microsoft.Playwright;

namespace Gradus.Graphs.Browser.Tests;

/// <summary>The pages as docs/graph-command.md shows them. <c>GRADUS_UPDATE=1</c> photographs them anew.</summary>
[Collection(nameof(BrowserCollection))]
public class PicturesTests(Browser browser)
{
    private const int MostBytes = 300_000;

    private static readonly string Folder = Path.Combine(Root(), "docs", "graphs");

    [Fact]
    public Task A_small_graph_on_its_way_back() => Take("small", Sample.Graph("several paths"), ColorScheme.Light, 1300, static async page =>
    {
        await page.Press("End");
        await page.Press("ArrowLeft");
    });

    [Fact]
    public Task The_same_in_the_dark_with_two_heads() => Take("heads", Sample.Graph("two heads"), ColorScheme.Dark, 1300, static async page =>
    {
        await page.FillAsync("#nudge-step", "0.4");
        await page.EvaluateAsync("document.activeElement.blur()");
    });

    [Fact]
    public Task A_medium_graph_with_an_operation_opened() => Take("medium", Sample.Graph("attention block"), ColorScheme.Light, 1700, static async page =>
    {
        await page.Press("End");
        await page.EvaluateAsync("openZoom(graph.nodes.find(node => node.op === 'softmax')); choose(4); document.activeElement.blur()");
    });

    [Fact]
    public Task A_large_graph_with_its_modules() => Take("large", NetworkSample.Transformer(), ColorScheme.Light, 1700, static async page =>
    {
        await page.Press("End");
        await page.ClickAsync("#fit");
        await page.EvaluateAsync("document.activeElement.blur()");
    });

    private async Task Take(string name, GraphModel graph, ColorScheme colours, int width, Func<IPage, Task> prepare)
    {
        var file = Path.Combine(Folder, $"{name}.png");
        await browser.Open(graph, async page =>
        {
            // when
            await prepare(page);
            await page.EvaluateAsync("document.querySelector('.player').style.position = 'static'");
            var picture = await page.ScreenshotAsync(new() { FullPage = true });

            // then
            Assert.InRange(picture.Length, 10_000, MostBytes);
            if (Environment.GetEnvironmentVariable("GRADUS_UPDATE") != "1") return;
            Directory.CreateDirectory(Folder);
            await File.WriteAllBytesAsync(file, picture);
        }, new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        Assert.True(new FileInfo(file) is { Exists: true, Length: < MostBytes }, $"{file} is not there; run the test once with GRADUS_UPDATE=1 and look at it.");
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Gradus.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The checkout is not above the tests.");
    }
}
