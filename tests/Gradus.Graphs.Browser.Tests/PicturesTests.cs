using Gradus.Graphs.Tests;
using Microsoft.Playwright;

namespace Gradus.Graphs.Browser.Tests;

/// <summary>The pages as docs/graph-command.md shows them. <c>GRADUS_UPDATE=1</c> photographs them anew.</summary>
[Collection(nameof(BrowserCollection))]
public class PicturesTests(Browser browser)
{
    private const int MostBytes = 450_000;

    private static readonly string Folder = Path.Combine(Root(), "docs", "graphs");

    [Fact]
    public Task A_small_graph_with_a_running_sum() => Take("small", Sample.Graph("several paths"), ColorScheme.Light, 1300, static page => page.Press("End"));

    [Fact]
    public Task The_same_in_the_dark_with_two_heads() => Take("heads", Sample.Graph("two heads"), ColorScheme.Dark, 1300, static async page =>
    {
        await page.FillAsync("#nudge-step", "0.4");
        await page.EvaluateAsync("document.activeElement.blur()");
    });

    [Fact]
    public Task A_medium_graph_with_an_operation_opened() => Take("medium", Attention(), ColorScheme.Light, 1600, static async page =>
    {
        await page.Press("End");
        await page.ClickAsync("#fit");
        await page.EvaluateAsync("openZoom(graph.nodes.find(node => node.op === 'softmax')); choose(4); document.activeElement.blur()");
    });

    [Fact]
    public Task A_large_graph_all_in_numbers() => Take("large", Network(), ColorScheme.Light, 1600, static async page =>
    {
        await page.Press("End");
        await page.Press("ArrowLeft", 40);
        await page.ClickAsync("#fit");
    });

    [Fact]
    public Task A_network_with_its_modules_folded() => Take("modules", NetworkSample.Perceptron(), ColorScheme.Dark, 1600, static async page =>
    {
        await page.EvaluateAsync("open(views.findIndex(view => view.title === 'Layers'))");
        await page.Press("End");
    });

    private static GraphModel Attention() => Sample.Evaluate(
        "q = x@wq; k = x@wk; a = softmax(q@transpose(k)/sqrt(2)); y = a@x; loss = mean(y**2)",
        "x=[[1,0],[.5,-1],[0,2]],wq=[[.5,-.2],[.3,.8]],wk=[[1,.4],[-.6,.2]]");

    /// <summary>A network of 3, 4 and 2 units, every weight a number of its own.</summary>
    private static GraphModel Network()
    {
        var hidden = Enumerable.Range(1, 4)
            .Select(static unit => $"h{unit} = tanh({string.Join(" + ", Enumerable.Range(1, 3).Select(input => $"w{unit}{input}*x{input}"))} + b{unit})");
        var output = Enumerable.Range(1, 2)
            .Select(static unit => $"y{unit} = {string.Join(" + ", Enumerable.Range(1, 4).Select(input => $"v{unit}{input}*h{input}"))}");
        var expression = Expression.Parse($"{string.Join("; ", hidden)}; {string.Join("; ", output)}; loss = (y1 - 1)**2 + (y2 + 1)**2");
        return expression.Evaluate(expression.Variables.Select(static (name, index) => (name, Value: Tensor.Scalar(Math.Round(Math.Sin(index * 1.7), 2))))
            .ToDictionary(static pair => pair.name, static pair => pair.Value));
    }

    private async Task Take(string name, GraphModel graph, ColorScheme colors, int width, Func<IPage, Task> prepare)
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
        }, new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = colors, ReducedMotion = ReducedMotion.Reduce });
        Assert.True(
            new FileInfo(file) is { Exists: true, Length: < MostBytes }, $"{file} is not there; run the test once with GRADUS_UPDATE=1 and look at it.");
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
