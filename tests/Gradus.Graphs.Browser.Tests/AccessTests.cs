using Gradus.Graphs.Tests;
using Microsoft.Playwright;

namespace Gradus.Graphs.Browser.Tests;

[Collection(nameof(BrowserCollection))]
public class AccessTests(Browser browser)
{
    [Fact]
    public Task The_keyboard_reaches_everything_in_the_order_of_the_page_and_the_focus_is_seen() =>
        browser.Open(Sample.Evaluate("h = w @ x; price = sum(h); risk = mean(h)", "w=[[1,2],[3,4]],x=[5,6]"), async page =>
    {
        // when
        var reached = new List<string>();
        for (var stop = 0; stop < 19; stop++)
        {
            await page.Press("Tab");
            reached.Add(await page.Focus());
            var outline = await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle");
            Assert.True(outline != "none", $"the focus on {reached[^1]} is not seen");
        }

        // then: the picture is one stop
        Assert.Equal(
            [
                "first", "back", "play", "next", "last", "slider", "speed", "n0", "constants", "smaller", "larger", "fit", "head0", "head1",
                "nudge-reset", "nudge-input", "nudge-slider", "nudge-step", "SUMMARY",
            ],
            reached);

        // when: an input is chosen in the picture, and moved
        await page.FocusAsync("#n1");
        await page.Press("Enter");
        Assert.Equal("nudge-slider", await page.Focus());
        await page.Press("ArrowRight", 20);
        Assert.Equal("x[0] = 6", await page.InnerTextAsync("#nudge-value"));
    });

    [Fact]
    public Task Every_control_and_every_node_has_a_name_and_what_happens_is_announced() => browser.Open(Sample.Graph("attention block"), async page =>
    {
        // then
        Assert.Equal(0, await page.EvaluateAsync<int>("""
            [...document.querySelectorAll("button, input, select")].filter(element => !element.ariaLabel && !element.textContent.trim() && !element.closest("label")?.textContent.trim()).length
            """));
        Assert.Equal(0, await page.EvaluateAsync<int>("graph.nodes.filter(node => !find(`n${node.id}`).getAttribute('aria-label')).length"));
        foreach (var live in (string[])["now", "zoom-text", "nudge-text"]) Assert.Equal("polite", await page.GetAttributeAsync($"#{live}", "aria-live"));
        Assert.Equal("en", await page.GetAttributeAsync("html", "lang"));
    });

    [Fact]
    public Task Nothing_moves_by_itself_for_those_who_want_it_so() => browser.Open(Sample.Graph("apples"), async page =>
    {
        // when
        await page.Press("End");

        // then
        Assert.Equal(0, await page.EvaluateAsync<int>("document.getAnimations().length"));
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        await page.Press("ArrowLeft");
        Assert.NotEqual(0, await page.EvaluateAsync<int>("document.getAnimations().length"));
    }, new() { ReducedMotion = ReducedMotion.Reduce });

    [Fact]
    public Task Light_dark_and_paper_have_their_own_colors() => browser.Open(Sample.Graph("apples"), async page =>
    {
        // when, then
        Assert.Equal("rgb(248, 250, 252)", await Color("body", "backgroundColor"));
        Assert.Equal("rgb(29, 78, 216)", await Color(".picture .value", "fill"));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Equal("rgb(11, 17, 32)", await Color("body", "backgroundColor"));
        Assert.Equal("rgb(125, 211, 252)", await Color(".picture .value", "fill"));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await Color("body", "backgroundColor"));
        Assert.Equal("rgb(29, 78, 216)", await Color(".picture .value", "fill"));
        Assert.False(await page.IsVisibleAsync(".controls"));
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.True(await page.IsVisibleAsync("#list"));
        Assert.Equal("18 of 18", await page.EvaluateAsync<string>("find('count').textContent"));

        Task<string> Color(string selector, string property) =>
            page.EvaluateAsync<string>($"getComputedStyle(document.querySelector('{selector}')).{property}");
    }, new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });

    [Fact]
    public Task A_graph_of_two_hundred_nodes_is_below_a_megabyte_and_is_stepped_through()
    {
        // given
        var chain = Sample.Evaluate(
            "v0 = x; " + string.Join("; ", Enumerable.Range(1, 50).Select(static n => $"v{n} = tanh(w*v{n - 1} + b{n})")),
            "x=1,w=.9," + string.Join(",", Enumerable.Range(1, 50).Select(static n => $"b{n}=.1")));
        var html = HtmlWriter.Write(chain);
        Assert.InRange(chain.Nodes.Length, 200, 260);
        Assert.InRange(html.Length, 1, 1_000_000);
        return browser.Open(html, async page =>
        {
            // when
            await page.Press("End");
            await page.Press("ArrowLeft", 10);
            await page.Press("End");

            // then
            Assert.Equal(NumberText.Of(chain["w"].Gradient!), await page.Label(chain["w"], "gradient"));
            await page.FillAsync("#nudge-step", "0.001");
            Assert.NotEqual("0", (await page.Locator("#nudge-rows td").AllInnerTextsAsync())[1]);
        });
    }

    [Fact]
    public Task Names_of_nodes_do_nothing_to_the_page()
    {
        // given
        var x = Tensor.Scalar(1.0).Named("</script><img src=x onerror=alert(1)>{data}").RequireGrad();
        return browser.Open(x.Exp().Graph(x), async page =>
        {
            // when
            await page.Press("End");

            // then
            Assert.Contains("<img src=x onerror=alert(1)>{data}", await page.TextContentAsync("#list"));
            Assert.Equal(0, await page.Locator("img").CountAsync());
        });
    }
}
