using System.Text.Json;
using Microsoft.Playwright;

namespace Gradus.Studio.Tests;

/// <summary>The page as a whole: that it stands, its graphs, addresses, languages, and the race.</summary>
[Collection(nameof(BrowserCollection))]
public class StudioPageTests(Browser browser)
{
    private const double MostBytes = 4e6;

    [Fact]
    public Task From_a_disk_the_page_stands_and_asks_for_nothing() => browser.OpenStudio("", async page =>
    {
        Assert.InRange(StudioFile.Length, 1, MostBytes);
        Assert.Equal("after step 0", await page.InnerTextAsync("#step"));
        await page.Shoot("start");

        // then: whatever can be used has a name
        Assert.Equal("", await page.EvaluateAsync<string>(
            "[...document.querySelectorAll('button, input, select, textarea, [tabindex]')].filter(one => !one.ariaLabel && !one.labels?.length"
            + " && !one.textContent.trim() && !one.closest('#screen-graph, [hidden]')).map(one => one.outerHTML).join(' ')"));
    });

    [Fact]
    public Task The_graphs_are_those_of_the_command_line_to_the_byte() => browser.OpenStudio("#/graph", async page =>
    {
        // given
        var gallery = JsonDocument.Parse(await page.EvaluateAsync<string>("JSON.stringify(gallery)")).RootElement.EnumerateArray()
            .Select(static row => (Expression: row[1].GetString()!, At: row[2].GetString()!)).ToArray();
        var engine = new StudioEngine();

        foreach (var (expression, at) in gallery)
        {
            // when
            var message = JsonSerializer.Serialize(new Dictionary<string, string> { ["do"] = "graph", ["expression"] = expression, ["at"] = at });
            var answer = await page.EvaluateAsync<string>("message => studio.askText(JSON.parse(message))", message);

            // then
            Assert.StartsWith("{\"nodes\"", answer);
            Assert.Equal(engine.Answer(message), answer);
        }

        Assert.Equal(42, gallery.Length);
        await page.Shoot("graph");
    });

    [Fact]
    public Task An_expression_of_ones_own_gets_a_field_for_each_variable() => browser.OpenStudio("#/graph?e=a+%3D+u+*+v%0Ay+%3D+a+*+a", async page =>
    {
        await page.WaitForSelectorAsync("#value-v");
        await page.FillAsync("#value-u", "3");
        await page.WaitUntil("location.hash.includes('u%3D3')");
        Assert.Equal("a = u * v; y = a * a", await page.InputValueAsync("#expression"));
        await page.FillAsync("#expression", "x = 3; y = x ** 2");
        await page.Drawn();
        Assert.Contains("9", await page.Labels("value"));
    });

    [Theory]
    [InlineData("#/play?l=99", "neurons of a layer: got 99, expected 1 to 12.")]
    [InlineData("#/play?d=nodata", "data: got 'nodata'")]
    public async Task An_address_that_cannot_be_says_why_and_the_usual_network_is_there(string address, string expected) =>
        await browser.OpenStudio(address, async page =>
        {
            Assert.Contains(expected, await page.InnerTextAsync("#play-fault"));
            Assert.Equal("2,6,4,1", await page.EvaluateAsync<string>("String(view.sizes)"));

            // when: what comes next has nothing to do with it
            await page.ClickAsync("#one");
            await page.Idle();
            Assert.Equal("", await page.InnerTextAsync("#play-fault"));
        });

    [Fact]
    public Task The_race_leaves_the_playground_alone_and_what_is_not_seen_stands_still() => browser.OpenStudio("#/play?t=50", async page =>
    {
        // given
        var loss = await page.EvaluateAsync<double>("view.loss");
        await page.ClickAsync("#play");
        await page.WaitUntil("view.step > 50");

        // when: another tab is opened, and the way back is taken
        await page.ClickAsync("#tab-race");
        await page.EvaluateAsync("whenRaced()");
        await page.Idle();
        var step = await page.EvaluateAsync<int>("view.step");
        await page.EvaluateAsync("runRace(10)");
        await page.GoBackAsync();
        await page.WaitUntil("!byId('screen-play').hidden");

        // then
        await page.Idle();
        Assert.Equal(step, await page.EvaluateAsync<int>("view.step"));
        await page.EvaluateAsync("goTo(50)");
        await page.Idle();
        Assert.Equal(loss, await page.EvaluateAsync<double>("view.loss"));

        // when: other data is chosen, the race begins anew with it
        await page.SelectOptionAsync("#set-data", "moons");
        await page.Idle();
        await page.ClickAsync("#tab-race");
        await page.EvaluateAsync("whenRaced()");
        Assert.Equal("after step 0", await page.InnerTextAsync("#race-step"));
        Assert.Contains("d=moons", await page.EvaluateAsync<string>("location.hash"));

        // when: an address is written into the browser's field
        await page.EvaluateAsync("void (location.hash = '#/play?d=xor&t=20')");
        await page.WaitUntil("data.targets.length > 0 && chosen.data === 'xor' && view.step === 20");
        Assert.False(await page.EvaluateAsync<bool>("byId('screen-play').hidden"));
    });

    [Fact]
    public Task What_in_an_address_is_no_number_is_left_out() => browser.OpenStudio("#/play?lr=abc&t=-5&edits=garbage", async page =>
        Assert.Equal("#/play", await page.EvaluateAsync<string>("location.hash")));

    [Fact]
    public Task In_a_race_deep_sigmoids_lose_their_gradient_and_the_doctor_says_so() => browser.OpenStudio("#/race?s=2&r=depth", async page =>
    {
        await page.EvaluateAsync("whenRaced()");
        var ratios = await page.EvaluateAsync<double[]>("runners.map(ratioOf)");
        var flags = await page.EvaluateAsync<string[]>("runners.map(runner => runner.findings.map(finding => finding.illness).join(' '))");
        await page.Shoot("race");
        Assert.InRange(ratios[0], 0, 1e-3);
        Assert.InRange(ratios[2], 0.1, 10);
        Assert.Contains("VanishingGradient", flags[0]);
        Assert.DoesNotContain("VanishingGradient", flags[2]);
        await page.EvaluateAsync("runRace(20)");
        Assert.Equal("after step 20", await page.InnerTextAsync("#race-step"));
        const string values = "JSON.stringify(runners.map(runner => runner.view.loss))";
        var (link, losses) = (await page.EvaluateAsync<string>("location.hash"), await page.EvaluateAsync<string>(values));
        Assert.Contains("t=20", link);

        // then: a link makes the race again
        await browser.OpenStudio(link, async other =>
        {
            await other.EvaluateAsync("whenRaced()");
            Assert.Equal(losses, await other.EvaluateAsync<string>(values));
        });
    });

    [Fact]
    public Task In_Chinese_no_word_is_English() => browser.OpenStudio("", async page =>
    {
        await page.ClickAsync("#language");
        Assert.Equal("zh", await page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Equal("训练网络", await page.InnerTextAsync("#tab-play"));
        Assert.Equal("此处应为“,”或“)”，却是结尾。", await page.EvaluateAsync<string>("told(\"expected ',' or ')', got the end.\")"));
        Assert.Equal("rate：得到 0，超出允许范围（1 to 2）。", await page.EvaluateAsync<string>("told('rate: got 0, expected 1 to 2.')"));
        Assert.DoesNotContain("neuron", await page.InnerTextAsync("main"), StringComparison.OrdinalIgnoreCase);
        await page.Shoot("chinese");
    }, new() { ViewportSize = new() { Width = 390, Height = 844 }, ColorScheme = ColorScheme.Dark });
}
