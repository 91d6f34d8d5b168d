using Gradus.Graphs.Tests;
using Microsoft.Playwright;

namespace Gradus.Graphs.Browser.Tests;

[Collection(nameof(BrowserCollection))]
public class NudgeTests(Browser browser)
{
    [Fact]
    public Task Prediction_and_truth_stand_side_by_side_with_the_numbers_of_the_engine()
    {
        // given
        var (graph, moved) = (Sample.Evaluate("y = x**3 + 2*x", "x=2"), Sample.Evaluate("y = x**3 + 2*x", "x=2.5"));
        return browser.Open(graph, async page =>
        {
            // when
            await page.FillAsync("#nudge-step", "0.5");

            // then
            var change = NumberText.Of(moved.Value("y") - graph.Value("y"));
            Assert.Equal(["14 × 0.5 = 7", change, NumberText.Of(moved.Value("y"))], await page.Locator("#nudge-rows td").AllInnerTextsAsync());
            Assert.Equal($"x moved by 0.5: y should change by 7 and does by {change}.", await page.InnerTextAsync("#nudge-text"));
            foreach (var node in moved.Nodes.Where(static node => node.Kind != GraphNodeKind.Constant))
            {
                Assert.Equal(NumberText.Of(node.Value!), await page.Label(graph.Nodes[node.Id], "value"));
            }

            await page.ClickAsync("#nudge-reset");
            Assert.Equal("12", await page.Label(graph["y"], "value"));
            Assert.Equal("0", (await page.Locator("#nudge-rows td").AllInnerTextsAsync())[1]);
        });
    }

    [Fact]
    public Task An_element_of_a_tensor_is_moved_by_arrow_keys()
    {
        // given
        const string Text = "a = softmax(x @ w); loss = mean((a - [0, 1])**2)";
        var (graph, moved) = (Sample.Evaluate(Text, "x=[[1,2],[3,4]],w=[[.1,.2],[.3,-.4]]"), Sample.Evaluate(Text, "x=[[1,2],[3,4]],w=[[.1,.2],[.3,-.42]]"));
        return browser.Open(graph, async page =>
        {
            // when: five hundredths of 0.4 downwards
            await page.SelectOptionAsync("#nudge-input", new SelectOptionValue { Label = "w[1, 1]" });
            await page.FocusAsync("#nudge-slider");
            await page.Press("ArrowLeft", 5);

            // then
            var cells = await page.Locator("#nudge-rows td").AllInnerTextsAsync();
            var gradient = graph["w"].Gradient!.ToArray<double>()[3];
            Assert.Equal("w[1, 1] = −0.42", await page.InnerTextAsync("#nudge-value"));
            Assert.EndsWith($" = {NumberText.Of(gradient * -0.02)}", cells[0]);
            Assert.Equal(NumberText.Of(moved.Value("loss") - graph.Value("loss"))[..6], cells[1][..6]);
            Assert.Equal(NumberText.Of(moved.Value("loss")), cells[2]);
        });
    }

    [Fact]
    public Task An_input_is_dragged_in_the_picture() => browser.Open(Sample.Graph("apples"), async page =>
    {
        // given
        var tax = (await page.Locator("#n7").BoundingBoxAsync())!;
        Assert.Equal("tax", await page.EvaluateAsync<string>("graph.nodes[7].name"));

        // when: fifty pixels to the right are half of it
        await page.Mouse.MoveAsync(tax.X + 10, tax.Y + 12);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(tax.X + 60, tax.Y + 12);
        await page.Mouse.UpAsync();

        // then
        Assert.Equal("tax = 1.65", await page.InnerTextAsync("#nudge-value"));
        Assert.Equal(["650 × 0.55 = 357.5", "357.5", "1072.5"], await page.Locator("#nudge-rows td").AllInnerTextsAsync());
    });

    [Fact]
    public Task Of_several_heads_each_has_a_row_and_they_add() =>
        browser.Open(Sample.Evaluate("h = w*x; price = h*2; risk = h**2", "w=3,x=1", "price=1,risk=10"), async page =>
    {
        // when
        await page.FillAsync("#nudge-step", "0.1");

        // then
        Assert.Equal(["price", "risk, weighted", "sum"], await page.Locator("#nudge-rows th").AllInnerTextsAsync());
        Assert.Equal(
            ["2 × 0.1 = 0.2", "0.2", "6.2", "60 × 0.1 = 6", "6.1", "96.1", "62 × 0.1 = 6.2", "6.3", "102.3"],
            await page.Locator("#nudge-rows td").AllInnerTextsAsync());
    });

    [Fact]
    public Task A_head_that_is_switched_on_while_an_input_is_moved_has_its_gradient() =>
        browser.Open(Sample.Evaluate("price = x*2; risk = x**2", "x=3"), static async page =>
    {
        // when: what was moved goes back
        await page.SetCheckedAsync("#head1", false);
        await page.FillAsync("#nudge-step", "0.1");
        await page.SetCheckedAsync("#head1", true);

        // then
        Assert.Equal(["2 × 0 = 0", "0", "6", "6 × 0 = 0", "0", "9", "8 × 0 = 0", "0", "15"], await page.Locator("#nudge-rows td").AllInnerTextsAsync());
    });

    [Fact]
    public Task An_input_that_is_moved_out_of_the_domain_is_no_fault() => browser.Open(Sample.Evaluate("y = log(x) + 1/x", "x=1"), async page =>
    {
        // when
        await page.FillAsync("#nudge-step", "-2");

        // then
        Assert.Equal(["0 × (−2) = 0", "NaN", "NaN"], await page.Locator("#nudge-rows td").AllInnerTextsAsync());
        await page.FillAsync("#nudge-step", "-1");
        await page.ClickAsync("#back");
    });

    [Theory]
    [InlineData("y = exp(x**2) * x", "x=-1.3", "x=-.7", "x", .6)]
    [InlineData("h = tanh(w @ x); loss = mean((h - [0, 1])**2)", "x=[1,2],w=[[.1,.2],[.3,-.4]]", "x=[1.5,2],w=[[.1,.2],[.3,-.4]]", "x[0]", .5)]
    [InlineData("a = softmax(x * s); price = sum(a * [1, 2, 3]); risk = max(x) + prod(x)", "x=[1,2,3],s=.5", "x=[1,2,3],s=.75", "s", .25)]
    public Task All_that_a_nudge_shows_is_what_the_moved_input_would_have_given(string text, string at, string moved, string input, double step)
    {
        // given
        var (before, after) = (Sample.Evaluate(text, at), Sample.Evaluate(text, moved));
        return browser.Open(before, async page =>
        {
            // when
            await page.SelectOptionAsync("#nudge-input", new SelectOptionValue { Label = input });
            await page.FillAsync("#nudge-step", step.ToString(System.Globalization.CultureInfo.InvariantCulture));

            // then: the picture, the table, the steps and the tooltips are those of a page of its own
            string[] seen =
            [
                "[...document.querySelectorAll('.picture .label')].map(label => label.textContent)",
                "[...document.querySelectorAll('#table td')].map(cell => cell.textContent)",
                "steps.map(step => step.text)",
                "[...document.querySelectorAll('.picture .node')].map(node => node.getAttribute('aria-label'))",
            ];
            var shown = new List<string[]>();
            foreach (var what in seen) shown.Add(await page.EvaluateAsync<string[]>(what));
            await browser.Open(after, async other =>
            {
                await other.Press("End");
                for (var index = 0; index < seen.Length; index++) Assert.Equal(await other.EvaluateAsync<string[]>(seen[index]), shown[index]);
            });
            Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('.picture .strip:not(.later)').length"));

            await page.ClickAsync("#nudge-reset");
            await page.Press("End");
            foreach (var node in before.Nodes.Where(static node => node.Gradient is not null))
            {
                var gradient = NumberText.Of(node.Gradient!);
                Assert.Equal(gradient, await page.Label(node, "gradient") ?? gradient);
            }

        });
    }
}
