using System.Text.Json;
using Microsoft.Playwright;

namespace Gradus.Studio.Tests;

[Collection(nameof(BrowserCollection))]
public class StudioPageTests(Browser browser)
{
    private const double MostBytes = 4e6;

    // By hand, GRADUS_SHOTS names a folder for pictures of the page.
    private static readonly string? Shots = Environment.GetEnvironmentVariable("GRADUS_SHOTS");

    [Fact]
    public Task From_a_disk_the_page_stands_and_asks_for_nothing() => browser.OpenStudio("", async page =>
    {
        Assert.InRange(StudioFile.Length, 1, MostBytes);
        Assert.Equal("after step 0", await page.InnerTextAsync("#step"));
        await Shoot(page, "start");
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

        Assert.Equal(40, gallery.Length);
        await Shoot(page, "graph");
    });

    [Fact]
    public Task Three_hundred_steps_end_with_the_loss_of_this_machine_to_the_last_digit() => browser.OpenStudio("#/play?t=300", async page =>
    {
        // given
        var native = new StudioEngine();
        native.Answer("""{"do":"play"}""");
        var losses = JsonDocument.Parse(native.Answer("""{"do":"advance","steps":300}""")).RootElement.GetProperty("losses");

        // then
        Assert.Equal(losses.GetRawText(), await page.EvaluateAsync<string>("JSON.stringify(losses)"));
        await Shoot(page, "spirals");

        // when: back to step 100, and on from there
        await page.EvaluateAsync("goTo(100)");
        await page.Idle();
        Assert.Equal("after step 100", await page.InnerTextAsync("#step"));
        await page.EvaluateAsync("goTo(300)");
        await page.Idle();

        // then
        Assert.Equal(losses.GetRawText(), await page.EvaluateAsync<string>("JSON.stringify(losses)"));
    });

    [Fact]
    public Task A_click_on_a_point_opens_its_chain_rule_with_the_gradients_of_the_lines() => browser.OpenStudio("#/play?t=100", async page =>
    {
        // when
        await page.EvaluateAsync("openPoint(17)");
        await page.Idle();

        // then
        Assert.Equal("Point 17 at step 100: the chain rule", await page.InnerTextAsync("#microscope-title"));
        Assert.Equal(11, await page.Locator("#microscope-neuron option").CountAsync());
        var picture = await page.FrameLocator("#microscope-page").Locator("#table").TextContentAsync();
        Assert.Contains("W1", picture);

        // when: one neuron is written out
        await page.SelectOptionAsync("#microscope-neuron", "0.0");
        await page.Idle();

        // then
        var gradient = await page.EvaluateAsync<double>("view.gradients[0][0]");
        var shown = await page.FrameLocator("#microscope-page").Locator("#table").TextContentAsync();
        Assert.Contains(NumberOf(gradient), shown);
        await Shoot(page, "microscope");
    });

    [Fact]
    public Task A_link_makes_the_training_again_with_what_was_changed_by_hand() => browser.OpenStudio("#/play?d=moons&l=4&lr=0.1&s=3&t=40", async page =>
    {
        // given
        await page.EvaluateAsync("(editLine({ layer: 0, neuron: 1, input: 0 }), document.getElementById('edit-value').value = 2.5)");
        await page.ClickAsync("#edit-set");
        await page.Idle();
        await page.ClickAsync("#one");
        await page.Idle();
        var (link, loss) = (await page.EvaluateAsync<string>("location.hash"), await page.EvaluateAsync<string>("JSON.stringify(view.loss)"));
        Assert.Contains("40.w.0.1.0", link);

        // when
        await browser.OpenStudio(link, async other =>
        {
            // then
            Assert.Equal(loss, await other.EvaluateAsync<string>("JSON.stringify(view.loss)"));
            Assert.Equal("after step 41", await other.InnerTextAsync("#step"));
        });
    });

    [Fact]
    public Task What_is_typed_into_a_line_changes_the_loss_as_on_this_machine() => browser.OpenStudio("#/play?t=20", async page =>
    {
        // given
        var native = new StudioEngine();
        native.Answer("""{"do":"play"}""");
        native.Answer("""{"do":"advance","steps":20}""");
        native.Answer("""{"do":"weight","layer":1,"neuron":2,"input":3,"value":2.5}""");
        native.Answer("""{"do":"switch","layer":0,"neuron":1,"on":false}""");
        var expected = JsonDocument.Parse(native.Answer("""{"do":"view"}""")).RootElement.GetProperty("loss").GetRawText();

        // when
        await page.EvaluateAsync("(editLine({ layer: 1, neuron: 2, input: 3 }), document.getElementById('edit-value').value = 2.5)");
        await page.ClickAsync("#edit-set");
        await page.Idle();
        await page.EvaluateAsync("switchNeuron(0, 1)");
        await page.Idle();

        // then
        Assert.Equal(expected, await page.EvaluateAsync<string>("JSON.stringify(view.loss)"));
    });

    [Fact]
    public Task It_plays_until_it_is_paused() => browser.OpenStudio("#/play?b=30", async page =>
    {
        await page.ClickAsync("#epoch");
        await page.Idle();
        Assert.Equal("after step 6", await page.InnerTextAsync("#step"));
        await page.ClickAsync("#play");
        await page.WaitForSelectorAsync("#play[aria-pressed=true]");
        while (await page.EvaluateAsync<int>("view.step") < 50) await Task.Delay(50, TestContext.Current.CancellationToken);
        await page.ClickAsync("#play");
        await page.Idle();
        var step = await page.EvaluateAsync<int>("view.step");
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(step, await page.EvaluateAsync<int>("view.step"));
    });

    [Fact]
    public Task A_mistake_in_an_expression_is_shown_where_it_is_and_the_last_graph_stays() => browser.OpenStudio("#/graph", async page =>
    {
        await page.FillAsync("#expression", "3*x**");
        await page.WaitForSelectorAsync("#expression-error:not([hidden])");
        Assert.Contains("3*x**\n     ^", await page.InnerTextAsync("#expression-error"));
        Assert.Contains("apple", await page.EvaluateAsync<string>("document.getElementById('graph-page').srcdoc"));
    });

    [Fact]
    public Task An_expression_of_ones_own_gets_a_field_for_each_variable() => browser.OpenStudio("#/graph?e=a+%3D+u+*+v%0Ay+%3D+a+*+a", async page =>
    {
        await page.WaitForSelectorAsync("#value-v");
        await page.FillAsync("#value-u", "3");
        await page.WaitUntil("location.hash.includes('u%3D3')");
        Assert.Equal("a = u * v; y = a * a", await page.InputValueAsync("#expression"));
        await page.FillAsync("#expression", "x = 3; y = x ** 2");
        await page.WaitUntil("document.getElementById('graph-page').title === 'x = 3; y = x ** 2'");
    });

    [Theory]
    [InlineData("#/play?l=99", "neurons of a layer: got 99, expected 1 to 12.")]
    [InlineData("#/play?d=nodata", "data: got 'nodata'")]
    public async Task An_address_that_cannot_be_says_why(string address, string expected) => await browser.OpenStudio(address, async page =>
        Assert.Contains(expected, await page.InnerTextAsync("#engine")));

    [Fact]
    public Task What_in_an_address_is_no_number_is_left_out() => browser.OpenStudio("#/play?lr=abc&t=-5&edits=garbage", async page =>
        Assert.Equal("#/play", await page.EvaluateAsync<string>("location.hash")));

    [Fact]
    public Task In_a_race_deep_sigmoids_lose_their_gradient_and_the_doctor_says_so() => browser.OpenStudio("#/race?s=2&r=depth", async page =>
    {
        await page.EvaluateAsync("whenRaced()");
        var ratios = await page.EvaluateAsync<double[]>("runners.map(ratioOf)");
        var flags = await page.EvaluateAsync<string[]>("runners.map(runner => runner.findings.map(finding => finding.illness).join(' '))");
        await Shoot(page, "race");
        Assert.InRange(ratios[0], 0, 1e-3);
        Assert.InRange(ratios[2], 0.1, 10);
        Assert.Contains("VanishingGradient", flags[0]);
        Assert.DoesNotContain("VanishingGradient", flags[2]);
        await page.EvaluateAsync("runRace(20)");
        Assert.Equal("after step 20", await page.InnerTextAsync("#race-step"));
    });

    [Fact]
    public Task In_Chinese_no_word_is_English() => browser.OpenStudio("", async page =>
    {
        await page.ClickAsync("#language");
        Assert.Equal("zh", await page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Equal("训练网络", await page.InnerTextAsync("#tab-play"));
        Assert.DoesNotContain("neuron", await page.InnerTextAsync("main"), StringComparison.OrdinalIgnoreCase);
        await Shoot(page, "chinese");
    }, new() { ViewportSize = new() { Width = 390, Height = 844 }, ColorScheme = ColorScheme.Dark });

    // As the page shows it: six digits, and a minus sign.
    private static string NumberOf(double value) => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture).TrimStart('-')[..6];

    private static async Task Shoot(IPage page, string name)
    {
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{name}.png") });
    }
}
