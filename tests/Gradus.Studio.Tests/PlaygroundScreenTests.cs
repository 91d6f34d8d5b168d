using System.Text.Json;
using Microsoft.Playwright;

namespace Gradus.Studio.Tests;

/// <summary>The screen where a network is taught.</summary>
[Collection(nameof(BrowserCollection))]
public class PlaygroundScreenTests(Browser browser)
{
    [Fact]
    public Task Three_hundred_steps_end_with_the_loss_of_this_machine_to_the_last_digit() => browser.OpenStudio("#/play?t=300", async page =>
    {
        // given
        var native = new StudioEngine();
        native.Answer("""{"do":"play"}""");
        var losses = JsonDocument.Parse(native.Answer("""{"do":"advance","steps":300}""")).RootElement.GetProperty("losses");

        // then
        Assert.Equal(losses.GetRawText(), await page.EvaluateAsync<string>("JSON.stringify(losses)"));
        await page.Shoot("spirals");

        // then: beside a point of class 0 the picture is blue, and beside one of class 1 it is not; not all are learnt yet
        var shares = await page.EvaluateAsync<double[]>(
            "(pixels => [0, 1].map(label => {"
            + "const isBlue = data.targets.map((target, at) => [target, placeOf(320, data.points[2 * at], data.points[2 * at + 1])])"
            + ".filter(([target]) => target === label).map(([, [x, y]]) => 4 * (320 * Math.round(y) + Math.round(x) - 6))"
            + ".map(at => pixels[at + 2] > pixels[at]);"
            + "return isBlue.filter(one => one).length / isBlue.length; }))"
            + "(document.getElementById('boundary').getContext('2d').getImageData(0, 0, 320, 320).data)");
        Assert.InRange(shares[0], 0.8, 1);
        Assert.InRange(shares[1], 0, 0.2);

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
        Assert.Equal("x₁ = −0.335, x₂ = 0.126, target 0: loss L = 0.22792", await page.InnerTextAsync("#microscope-loss"));
        Assert.Equal(11, await page.Locator("#microscope-neuron option").CountAsync());
        var picture = await page.EvaluateAsync<string>("byId('microscope-page').shadowRoot.getElementById('table').textContent");
        Assert.Contains("W1", picture);

        // when: one neuron is written out
        await page.SelectOptionAsync("#microscope-neuron", "0.0");
        await page.Idle();

        // then
        var gradient = await page.EvaluateAsync<double>("view.gradients[0][0]");
        var shown = await page.EvaluateAsync<string>("byId('microscope-page').shadowRoot.getElementById('table').textContent");
        Assert.Contains(NumberOf(gradient), shown);
        await page.Shoot("microscope");
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
    public Task Points_that_are_painted_are_learnt_and_travel_in_the_link() => browser.OpenStudio("", async page =>
    {
        // given
        await page.SelectOptionAsync("#set-data", "own");
        await page.Idle();
        Assert.Contains("There is no point yet", await page.InnerTextAsync("#outcome"));

        // when: a stroke of one class by pointer, and points of the other by keys
        await page.ClickAsync("#tool-class1");
        var box = (await page.Locator("#boundary").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 60, box.Y + 60);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 160, box.Y + 60, new() { Steps = 20 });
        await page.Mouse.UpAsync();
        await page.Idle();
        var painted = await page.EvaluateAsync<int>("data.targets.length");
        Assert.InRange(painted, 6, 20);
        await page.FocusAsync("#boundary");
        foreach (var key in new[] { "Shift+ArrowDown", "1", "Shift+ArrowDown", "1", "Shift+ArrowRight", "1", "2", "Delete" })
            await page.Keyboard.PressAsync(key);
        await page.Idle();

        // then
        Assert.Equal(painted + 3, await page.EvaluateAsync<int>("data.targets.length"));
        Assert.Equal("boundary", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.EvaluateAsync("goTo(150)");
        await page.Idle();
        Assert.StartsWith("Solved", await page.InnerTextAsync("#outcome"));
        await page.Shoot("painted");
        var (link, loss) = (await page.EvaluateAsync<string>("location.hash"), await page.EvaluateAsync<string>("JSON.stringify(view.loss)"));
        Assert.InRange(link.Length, 50, 300);
        await browser.OpenStudio(link, async other => Assert.Equal(loss, await other.EvaluateAsync<string>("JSON.stringify(view.loss)")));

        // when
        await page.ClickAsync("#paint-clear");
        await page.Idle();
        Assert.Equal(0, await page.EvaluateAsync<int>("data.targets.length"));
    });

    [Fact]
    public Task A_table_is_read_and_what_is_wrong_with_it_is_said() => browser.OpenStudio("#/play?d=own", async page =>
    {
        // when
        await page.FillAsync("#table-text", "width;height;kind\n1;2;a\n1;oops;b\n3;4;a");
        await page.ClickAsync("#table-read");
        await page.WaitForSelectorAsync("#table-fault:not([hidden])");

        // then
        Assert.Equal("Line 3, column height: got “oops”, expected a number.", await page.InnerTextAsync("#table-fault"));

        // when
        await page.SetInputFilesAsync("#table-file", new FilePayload
        {
            Name = "points.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes(
                "a,b,c,y\n" + string.Join('\n', Enumerable.Range(0, 500).Select(static row => $"{row},{row % 7},{row % 5},{row % 3}"))),
        });
        await page.WaitForSelectorAsync("#table-column-0");
        await page.Idle();

        // then: numbers, of two of three columns; too many for a link, which says so
        Assert.Equal(500, await page.EvaluateAsync<int>("data.targets.length"));
        Assert.Contains("a link", await page.InnerTextAsync("#table-told"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("0 … 499 becomes −1 … 1", await page.InnerTextAsync("#table-told"));
        Assert.DoesNotContain("own=", await page.EvaluateAsync<string>("location.hash"));
        await page.SelectOptionAsync("#table-column-1", "2");
        await page.WaitUntil("data.points[3] !== undefined && table.inputs[1] === 2");
        await page.Idle();
        Assert.Equal("squared", await page.InputValueAsync("#set-loss"));
        await page.EvaluateAsync("goTo(20)");
        await page.Idle();
        await page.Shoot("table");
    });

    [Fact]
    public Task A_neuron_tells_all_of_itself_and_all_is_reached_by_keys() => browser.OpenStudio("#/play?t=100", async page =>
    {
        // when: from the first line along two others, and its weight typed
        await page.FocusAsync("#network .felt[tabindex='0']");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.StartsWith("w₁·₂₁ = ", await page.InnerTextAsync("#line"));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("1.5");
        await page.Keyboard.PressAsync("Enter");
        await page.Idle();
        Assert.Equal(1.5, await page.EvaluateAsync<double>("view.weights[0][2]"));

        // when: a neuron in the second layer
        await page.FocusAsync("#network .frame[tabindex='0']");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.Idle();

        // then
        Assert.Equal("Layer 2, neuron 2", await page.InnerTextAsync("#neuron-title"));
        Assert.Equal(7, await page.Locator("#neuron-weights tr").CountAsync());
        Assert.Equal(24, await page.Locator("#neuron-histogram rect").CountAsync());
        Assert.Contains("saturated", await page.InnerTextAsync("#neuron-facts"));
        await page.Shoot("neuron");

        // when
        await page.FillAsync("#neuron-weight-6", "-0.5");
        await page.Keyboard.PressAsync("Tab");
        await page.Idle();
        Assert.Equal(-0.5, await page.EvaluateAsync<double>("view.weights[3][1]"));
        await page.ClickAsync("#neuron-switch");
        await page.Idle();
        Assert.False(await page.EvaluateAsync<bool>("view.on[1][1]"));
        Assert.Equal("Switch on", await page.InnerTextAsync("#neuron-switch"));
        await page.ClickAsync("#neuron-close");
        Assert.True(await page.IsHiddenAsync("#neuron"));
    });

    [Fact]
    public Task A_deep_network_fits_a_phone_and_says_that_it_goes_on() => browser.OpenStudio("#/play?l=6,6,6,6,6,6,6,6", async page =>
    {
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"));
        Assert.True(await page.IsVisibleAsync("#network-more"));
        Assert.Contains("more-right", await page.GetAttributeAsync("#network-scroll", "class"));
        await page.EvaluateAsync("document.getElementById('network-scroll').scrollLeft = 9999");
        await page.WaitUntil("!document.getElementById('network-scroll').classList.contains('more-right')");
        await page.Shoot("deep-phone");
    }, new() { ViewportSize = new() { Width = 390, Height = 844 } });

    [Fact]
    public Task With_little_motion_two_pictures_a_second_are_enough_and_none_when_idle() => browser.OpenStudio("", async page =>
    {
        // given
        await page.EvaluateAsync("void (window.requestAnimationFrame = () => { window.asked = true; })");

        // when
        await page.ClickAsync("#play");
        await page.WaitUntil("view.step >= 100");
        await page.ClickAsync("#play");
        await page.Idle();

        // then: by waiting alone
        Assert.False(await page.EvaluateAsync<bool>("'asked' in window"));
    }, new() { ReducedMotion = ReducedMotion.Reduce });

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

    // As the page shows it: six digits, and a minus sign.
    private static string NumberOf(double value) => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture).TrimStart('-')[..6];
}
