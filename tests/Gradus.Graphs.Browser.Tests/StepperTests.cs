using Gradus.Graphs.Tests;

namespace Gradus.Graphs.Browser.Tests;

[Collection(nameof(BrowserCollection))]
public class StepperTests(Browser browser)
{
    public static TheoryData<string> Names => Sample.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_page_is_walked_to_its_end_and_back_by_key_and_ends_with_the_numbers_of_the_engine(string name)
    {
        // given
        var graph = Sample.Graph(name);
        var count = graph.Nodes.Length + graph.Outputs.Length + GraphWalk.Of(graph).Steps.Count;
        return browser.Open(graph, async page =>
        {
            // when
            await page.EvaluateAsync(
                "window.said = []; new MutationObserver(() => said.push(find('now').textContent)).observe(find('now'), { childList: true })");
            await page.Press("ArrowRight", count);

            // then
            Assert.Equal($"{count} of {count}", await page.Count());
            var sentences = await page.EvaluateAsync<string[]>("said");
            Assert.Equal(sentences, await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#list li')].map(item => item.textContent)"));
            Assert.All(sentences, static sentence => Assert.DoesNotMatch("undefined|null|object", sentence));
            var sums = await page.EvaluateAsync<double[]?[]>("gradients.map(parts => parts.reduce(plus, null)?.data)");
            var (values, gradients) = (await page.Labels("value"), await page.Labels("gradient"));
            foreach (var node in graph.Nodes)
            {
                var expected = node.Gradient?.ToArray<double>() ?? [];
                Assert.True(
                    Close(expected, sums[node.Id] ?? new double[expected.Length]), $"{node}: the contributions on the page do not add up to the gradient");
                if (values[node.Id] is { } value) Assert.Equal(NumberText.Of(node.Value!), value);
                if (gradients[node.Id] is { } gradient) Assert.Equal(NumberText.Of(node.Gradient!), gradient);
                else
                {
                    Assert.True(
                        node.Gradient is null || node.Gradient.ToArray<double>().All(static number => number == 0), $"{node} has no gradient on the page");
                }
            }

            // What is drawn follows from the steps up to here alone; a few steps back are as good as all.
            await page.Press("ArrowLeft", 3);
            Assert.Equal($"{Math.Max(0, count - 3)} of {count}", await page.Count());
            await page.Press("Home");
            Assert.Equal($"0 of {count}", await page.Count());
            Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('.picture .label:not(.later), .picture .now, .picture .flow').length"));
        });
    }

    [Fact]
    public Task Lines_from_row_to_row_belong_to_their_edges()
    {
        // given: w is used in each of the rows
        var graph = Sample.Evaluate($"y = {Enumerable.Range(0, 30).Aggregate("x", static (inside, _) => $"sin({inside} * w)")}", "x=.5,w=1.2");
        return browser.Open(graph, async page =>
        {
            // when
            var starts = await page.EvaluateAsync<string[][]>("""
                graph.nodes.map(node => [...new Set(steps.filter(step => step.input !== undefined && step.target === node)
                  .map(step => ends(piecesOf(step.node, step.input).at(-1)).from))])
                """);

            // then
            Assert.All(graph.Nodes, node => Assert.Equal(graph.Outputs.Contains(node.Id) ? 0 : 1, starts[node.Id].Length));
        });
    }

    [Fact]
    public Task A_step_says_the_product_with_its_numbers_and_the_running_sum() => browser.Open(Sample.Evaluate("y = x*x + 3*x", "x=-2"), async page =>
    {
        // when
        var list = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#list li')].map(item => item.textContent)");
        await page.Press("End");

        // then
        string[] expected =
        [
            "x = −2 is given.", "t1 = x * x = (−2) * (−2) = 4", "The constant 3.", "t2 = 3 * x = 3 * (−2) = −6", "y = t1 + t2 = 4 + (−6) = −2",
            "Back-propagation starts at y with the gradient 1.",
            "From y to t1: upstream × local = 1 × 1 = 1, for ∂y/∂t1 = 1.",
            "From y to t2: upstream × local = 1 × 1 = 1, for ∂y/∂t2 = 1.",
            "From t2 to x: upstream × local = 1 × 3 = 3, for ∂t2/∂x = 3.",
            "From t1 to x: upstream × local = 1 × (−2) = −2, for ∂t1/∂x = x. x is used more than once, and contributions add: 3 + (−2) = 1.",
            "From t1 to x: upstream × local = 1 × (−2) = −2, for ∂t1/∂x = x. x is used more than once, and contributions add: 1 + (−2) = −1.",
        ];
        Assert.Equal(expected, list);
        Assert.Equal(["1", "(−2)", "−2", "1", "(−2)", "−1"], await page.Locator("#equation b").AllInnerTextsAsync());
    });

    [Fact]
    public Task Buttons_slider_list_and_the_address_reach_a_step_as_keys_do() => browser.Open(Sample.Graph("apples"), async page =>
    {
        // when, then
        await page.ClickAsync("#next");
        await page.ClickAsync("#next");
        Assert.Equal("2 of 18", await page.Count());
        await page.ClickAsync("#back");
        Assert.Equal("apple = 100 is given.", await page.Now());
        await page.ClickAsync("#last");
        Assert.Equal("18 of 18", await page.Count());
        await page.ClickAsync("#first");
        Assert.Equal("0 of 18", await page.Count());
        await page.Locator("#slider").FillAsync("9");
        Assert.StartsWith("price = t3 * tax", await page.Now());
        await page.ClickAsync("summary >> text=All steps");
        await page.ClickAsync("#list li:nth-child(12)");
        Assert.Equal("12 of 18", await page.Count());
        Assert.Equal("step", await page.GetAttributeAsync("#list li:nth-child(12)", "aria-current"));
        await page.ClickAsync("#play");
        await Assertions(page, "13 of 18");
        await page.ClickAsync("#play");
    });

    [Fact]
    public Task The_address_follows_the_steps_and_leads_back_to_them() => browser.Open(Sample.Graph("apples"), async page =>
    {
        // when
        await page.Press("ArrowRight", 14);

        // then
        await Microsoft.Playwright.Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#14$"));
        await page.EvaluateAsync("location.hash = '#3'");
        await Assertions(page, "3 of 18");
        await page.EvaluateAsync("location.hash = '#nowhere'");
        await Assertions(page, "0 of 18");
    });

    [Fact]
    public Task The_rule_of_a_tensor_is_told_as_a_function_of_the_upstream_gradient() =>
        browser.Open(Sample.Evaluate("y = w @ x; loss = mean(y * y)", "x=[1,2],w=[[.1,.2],[.3,-.4]]"), async page =>
    {
        // given
        var count = await page.EvaluateAsync<int>("steps.length");
        for (var step = 1; step <= count; step++)
        {
            // when
            await page.Press("ArrowRight");

            // then
            if (await page.EvaluateAsync<bool>("steps[at - 1].local?.number === null")) Assert.DoesNotContain("×", await page.InnerTextAsync("#equation"));
        }

        Assert.Contains("outer(g, x)", await page.EvaluateAsync<string>("steps.map(step => step.text).join()"));
        Assert.DoesNotContain("@ transpose(x)", await page.ContentAsync());
    });

    private static Task Assertions(Microsoft.Playwright.IPage page, string count) =>
        Microsoft.Playwright.Assertions.Expect(page.Locator("#count")).ToHaveTextAsync(count);

    private static bool Close(double[] expected, double[] got) =>
        expected.Length == got.Length &&
        expected.Zip(got).All(static pair =>
            pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= 1e-12 * Math.Max(1, Math.Abs(pair.First)));
}
