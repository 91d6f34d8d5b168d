using System.Text.Json;

namespace Gradus.Studio.Tests;

/// <summary>What is set and changed by hand while a network is taught, and the link that makes the same training again.</summary>
[Collection(nameof(BrowserCollection))]
public class PlaygroundLinkTests(Browser browser)
{
    private const string RichAddress = "#/play?d=moons&l=5&f=x1,sinx2&reg=l1&l2=0.001&loss=squared&b=20&test=0.4&t=70";

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
    public Task A_neuron_more_keeps_the_weights_of_the_others_and_a_link_holds_it() => browser.OpenStudio("#/play?l=3,2&t=60", async page =>
    {
        // given
        var before = await page.EvaluateAsync<float[][]>("view.weights");
        Assert.Equal(2 + 3 + 2 + 1, await page.Locator("#network canvas").CountAsync());

        // when: a neuron, a layer and a feature more, at different steps
        await page.ClickAsync("#more-0");
        await page.Idle();

        // then
        var after = await page.EvaluateAsync<float[][]>("view.weights");
        Assert.Equal(2 + 4 + 2 + 1, await page.Locator("#network canvas").CountAsync());
        Assert.Equal(await page.EvaluateAsync<int>("maps.length"), await page.EvaluateAsync<int>("view.sizes.reduce((sum, size) => sum + size, 0)"));
        Assert.Equal(before[0], after[0][..6]);
        Assert.Equal(before[2][..3], after[2][..3]);
        Assert.Equal("after step 60", await page.InnerTextAsync("#step"));

        // when
        await page.ClickAsync("#one");
        await page.ClickAsync("#layer-more");
        await page.Idle();
        await page.ClickAsync("#one");
        await page.ClickAsync("#feature-sinx1");
        await page.Idle();
        await page.ClickAsync("#one");
        await page.Idle();
        var (link, loss) = (await page.EvaluateAsync<string>("location.hash"), await page.EvaluateAsync<string>("JSON.stringify(view.loss)"));
        var native = new StudioEngine();
        foreach (var message in new[]
                 {
                     """{"do":"play","layers":[3,2]}""", """{"do":"advance","steps":60}""", """{"do":"reshape","layers":[4,2]}""", """{"do":"advance"}""",
                     """{"do":"reshape","layers":[4,2,2]}""", """{"do":"advance"}""",
                     """{"do":"reshape","features":["x1","x2","sinx1"]}""", """{"do":"advance"}""",
                 }) Assert.DoesNotContain("error", native.Answer(message));

        // then: natively, by the link, and by going back and on again
        Assert.Equal(JsonDocument.Parse(native.Answer("""{"do":"view"}""")).RootElement.GetProperty("loss").GetRawText(), loss);
        await browser.OpenStudio(link, async other => Assert.Equal(loss, await other.EvaluateAsync<string>("JSON.stringify(view.loss)")));
        await page.EvaluateAsync("goTo(10)");
        await page.Idle();
        Assert.Equal("Layer 1: 3", await page.InnerTextAsync(".stepper:has(#more-0) span"));
        await page.EvaluateAsync("goTo(63)");
        await page.Idle();
        Assert.Equal(loss, await page.EvaluateAsync<string>("JSON.stringify(view.loss)"));
    });

    [Fact]
    public Task What_is_changed_while_it_plays_is_told_with_its_step() => browser.OpenStudio("#/play?l=3", async page =>
    {
        // given
        await page.SelectOptionAsync("#speed", "20");
        await page.ClickAsync("#play");
        await page.WaitUntil("view.step >= 40");

        // when
        await page.ClickAsync("#show-gradients");
        await page.ClickAsync("#more-0");
        await page.WaitUntil("view.sizes[1] === 4");
        await page.EvaluateAsync("void switchNeuron(0, 1)");
        await page.WaitUntil("edits.length === 2");
        await page.ClickAsync("#play");
        await page.Idle();

        // then
        Assert.Equal("true", await page.GetAttributeAsync("#show-gradients", "aria-checked"));
        var (link, loss) = (await page.EvaluateAsync<string>("location.hash"), await page.EvaluateAsync<string>("JSON.stringify(view.loss)"));
        await browser.OpenStudio(link, async other => Assert.Equal(loss, await other.EvaluateAsync<string>("JSON.stringify(view.loss)")));
    });

    [Fact]
    public Task A_copied_link_gives_the_same_picture_and_loss() => browser.OpenStudio(RichAddress, async page =>
    {
        // given
        const string picture = "document.getElementById('boundary').toDataURL()", value = "JSON.stringify(view.loss)";
        await page.EvaluateAsync("navigator.clipboard.writeText = link => { window.copied = link; return Promise.resolve(); }");
        await page.ClickAsync("#copy");
        await page.WaitUntil("document.getElementById('copy').textContent === 'Copied'");
        var link = await page.EvaluateAsync<string>("copied");
        var (seen, loss) = (await page.EvaluateAsync<string>(picture), await page.EvaluateAsync<string>(value));

        // when
        await browser.OpenStudio(new Uri(link).Fragment, async other =>
        {
            // then
            Assert.Equal(loss, await other.EvaluateAsync<string>(value));
            Assert.Equal(seen, await other.EvaluateAsync<string>(picture));
        }, new() { ViewportSize = new() { Width = 1400, Height = 1000 } });
    });

    [Theory]
    [InlineData("#/play?d=waves&loss=huber&f=x1,x2,sinx1", """{"do":"play","data":"waves","loss":"huber","features":["x1","x2","sinx1"]}""")]
    [InlineData("#/play?d=gaussians&b=10", """{"do":"play","data":"gaussians","batch":10}""")]
    public Task Other_data_has_the_bits_of_this_machine(string address, string message) => browser.OpenStudio($"{address}&t=60", async page =>
    {
        var native = new StudioEngine();
        native.Answer(message);
        var losses = JsonDocument.Parse(native.Answer("""{"do":"advance","steps":60}""")).RootElement.GetProperty("losses");
        Assert.Equal(losses.GetRawText(), await page.EvaluateAsync<string>("JSON.stringify(losses)"));
    });

    [Fact]
    public Task Another_rate_is_taken_from_there_on_and_what_is_out_of_range_is_not() => browser.OpenStudio("#/play?t=30", async page =>
    {
        // when
        await page.FillAsync("#set-count", "0");
        await page.PressAsync("#set-count", "Tab");

        // then: it is told there, and nothing begins anew
        Assert.Equal("Give a whole number from 10 to 2000.", await page.InnerTextAsync("#set-count-fault"));
        Assert.Equal(30, await page.EvaluateAsync<int>("view.step"));

        // when
        await page.FillAsync("#set-rate", "0.005");
        await page.PressAsync("#set-rate", "Tab");
        await page.Idle();
        await page.ClickAsync("#one");
        await page.Idle();

        // then: the steps before are those of before, and a link has both
        Assert.Equal("#/play?t=31&edits=30.lr%3D0.005", await page.EvaluateAsync<string>("location.hash"));
        var native = new StudioEngine();
        native.Answer("""{"do":"play"}""");
        native.Answer("""{"do":"advance","steps":30}""");
        native.Answer("""{"do":"rate","rate":0.005}""");
        native.Answer("""{"do":"advance","steps":1}""");
        var loss = JsonDocument.Parse(native.Answer("""{"do":"view"}""")).RootElement.GetProperty("loss").GetDouble();
        Assert.Equal(loss, await page.EvaluateAsync<double>("view.loss"));

        // when: back before it, the field has the first rate
        await page.EvaluateAsync("goTo(10)");
        await page.Idle();
        Assert.Equal("0.03", await page.InputValueAsync("#set-rate"));
        await page.EvaluateAsync("goTo(31)");
        await page.Idle();
        Assert.Equal(loss, await page.EvaluateAsync<double>("view.loss"));
        Assert.Equal("0.005", await page.InputValueAsync("#set-rate"));
    });
}
