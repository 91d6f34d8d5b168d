using System.Text.Json;
using System.Text.RegularExpressions;
using Gradus.Graphs.Tests;
using Microsoft.Playwright;

namespace Gradus.Graphs.Browser.Tests;

/// <summary>The modules of the page loaded as modules: there a name that is not imported is a fault, which the one script of a page hides.</summary>
[Collection(nameof(BrowserCollection))]
public class ModulesTests(Browser browser)
{
    [Fact]
    public Task Heads_nudging_and_zooming_import_what_they_use()
    {
        var graph = Sample.Evaluate("h = w @ x; price = sum(h); risk = mean(h)", "w=[[1,2],[3,4]],x=[5,6]");
        return Compare(graph, async page =>
        {
            await page.Press("End");
            await page.ClickAsync("#back");
            await page.SetCheckedAsync("#head0", false);
            await page.FillAsync("#nudge-step", "0.5");
            await page.ClickAsync("#larger");
            await page.FocusAsync($"#n{graph["h"].Id}");
            await page.Press("Enter");
            await page.Press("ArrowRight");
            await page.FillAsync("#nudge-step", "0.25");
        });
    }

    [Fact]
    public Task Folding_and_addresses_import_what_they_use() => Compare(NetworkSample.Perceptron(), static async page =>
    {
        await page.EvaluateAsync("location.hash = '#1.3'");
        await page.WaitForFunctionAsync("document.getElementById('count').textContent.startsWith('3 ')");
        await page.Press("Escape");
        await page.Locator(".picture .module").First.FocusAsync();
        await page.Press("Enter");
        await page.Press("ArrowDown");
        await page.Press("Escape");
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
    });

    private async Task Compare(GraphModel graph, Func<IPage, Task> attempt)
    {
        // given
        var html = HtmlWriter.Write(graph);
        var shown = new List<string>();

        // when
        foreach (var page in (string[])[html, WithModules(html)])
        {
            await browser.Open(page, async opened =>
            {
                await attempt(opened);
                shown.Add(await opened.InnerTextAsync("main"));
            });
        }

        // then
        Assert.Equal(shown[0], shown[1]);
    }

    private static string WithModules(string html)
    {
        var modules = PageScript.Order("main.js", HtmlPage.Read).ToDictionary(static name => name, static name =>
            $"data:text/javascript;charset=utf-8,{Uri.EscapeDataString(HtmlPage.Read(name).Replace("from \"./", "from \""))}");
        var map = JsonSerializer.Serialize(new { imports = modules });
        var page = Regex.Replace(html, "<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "");
        var scripts = $"<script type=\"importmap\">{map}</script><script type=\"module\">import \"main.js\";</script>";
        return Regex.Replace(page, "<script>.*</script>", _ => scripts, RegexOptions.Singleline);
    }
}
