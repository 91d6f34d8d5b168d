using Microsoft.Playwright;

namespace Gradus.Graphs.Browser.Tests;

[Collection(nameof(BrowserCollection))]
public class FoldingTests(Browser browser)
{
    [Fact]
    public Task Modules_are_folded_and_unfolded_and_the_way_to_what_is_open_is_shown()
    {
        // given
        var graph = NetworkSample.Perceptron();
        return browser.Open(graph, async page =>
        {
            // when: to all of it and back, and inwards by keyboard and by mouse
            Assert.Equal(["Layers", "Open everything"], await Trail(page));
            await page.ClickAsync("#trail li:last-child button");
            Assert.Equal(["Layers", "Whole graph"], await Trail(page));
            // Each step of the list leads back to what is open.
            Assert.Equal("#1.1", await page.GetAttributeAsync("#list a", "href"));
            await page.Press("Escape");
            Assert.Equal(2, await page.Locator(".picture .module").CountAsync());
            await page.Locator(".picture .module").First.FocusAsync();
            await page.Press("Enter");
            Assert.Equal(["Layers", graph.Groups[1].Name], await Trail(page));
            Assert.Equal(3, await page.Locator(".picture .module").CountAsync());
            await page.Locator(".picture .module .inset").First.ClickAsync();

            // then
            Assert.Equal(["Layers", graph.Groups[1].Name, graph.Groups[2].Name], await Trail(page));
            await page.Press("Escape", 4);
            Assert.Equal(["Layers", "Open everything"], await Trail(page));
        });
    }

    [Fact]
    public Task The_page_of_a_large_network_begins_with_its_layers()
    {
        // given
        var graph = NetworkSample.Deep();
        return browser.Open(graph, async page =>
        {
            // then
            Assert.StartsWith("Sequential", await page.InnerTextAsync("h1"));
            Assert.EndsWith(": loss", await page.InnerTextAsync("h1"));
            Assert.Equal(["Layers", "Open everything"], await Trail(page));
            Assert.Equal(30, await page.Locator(".picture .module").CountAsync());
            await page.ClickAsync("#trail li:last-child button");
            Assert.Equal(["Layers", "Whole graph"], await Trail(page));
            Assert.Equal(graph.Nodes.Length, await page.EvaluateAsync<int>("graph.nodes.length"));
        });
    }

    [Fact]
    public Task Folded_or_not_the_steps_end_with_the_gradients_of_the_engine()
    {
        // given
        var graph = NetworkSample.Transformer();
        var views = HtmlView.Of(graph);
        Assert.InRange(views.Count, 3, 20);
        return browser.Open(graph, async page =>
        {
            for (var view = 0; view < views.Count; view++)
            {
                // when
                await page.EvaluateAsync($"open({view}); show(steps.length)");
                Assert.True(await page.EvaluateAsync<int>("steps.length") > 0);

                // then
                var (values, gradients) = (await page.Labels("value"), await page.Labels("gradient"));
                foreach (var node in views[view].Graph.Nodes)
                {
                    if (values[node.Id] is { } value) Assert.Equal(NumberText.Of(node.Value!), value);
                    if (gradients[node.Id] is { } gradient) Assert.Equal(NumberText.Of(node.Gradient!), gradient);
                }
            }
        });
    }

    [Fact]
    public Task The_layers_of_a_small_network_are_opened_and_its_inputs_nudged() => browser.Open(NetworkSample.Perceptron(), async page =>
    {
        // when
        await page.ClickAsync("#trail li:last-child button");
        Assert.True(await page.EvaluateAsync<bool>("isLive"));
        await page.EvaluateAsync("openZoom(graph.nodes.find(node => node.op === 'linear'))");
        await page.FillAsync("#nudge-step", "0.0001");

        // then
        Assert.Matches(@"= .*·.* \+ .*·.* \+ .*·.* \+ ", await page.InnerTextAsync("#zoom-text"));
        var cells = await page.Locator("#nudge-rows td").AllInnerTextsAsync();
        Assert.Equal(cells[0].Split(" = ")[1][..5], cells[1][..5]);
    });

    private static async Task<IReadOnlyList<string>> Trail(IPage page) =>
        await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#trail button')].map(button => button.textContent)");
}
