using Gradus.Graphs.Tests;

namespace Gradus.Graphs.Browser.Tests;

[Collection(nameof(BrowserCollection))]
public class HeadsTests(Browser browser)
{
    private const string Text = "h = tanh(w*x); price = h*2; risk = h**2 - x; cost = x*3";

    [Fact]
    public Task Heads_that_are_switched_off_flow_no_more_and_the_others_add()
    {
        // given
        (string Name, double Seed)[] heads = [("price", 1), ("risk", -2), ("cost", .5)];
        return browser.Open(Evaluate(heads), async page =>
        {
            foreach (var kept in (int[][])[[0, 1, 2], [0, 1], [1], [1, 2], []])
            {
                // when
                for (var head = 0; head < heads.Length; head++) await page.SetCheckedAsync($"#head{head}", kept.Contains(head));
                await page.Press("End");

                // then
                var expected = kept.Length == 0 ? null : Evaluate([.. kept.Select(head => heads[head])]);
                foreach (var name in (string[])["w", "x", "h"])
                {
                    var node = Evaluate(heads)[name];
                    Assert.Equal(
                        expected is null || expected.Gradient(name) == 0 ? null : NumberText.Of(expected[name].Gradient!), await page.Label(node, "gradient"));
                }
            }
        });
    }

    [Fact]
    public Task The_gradient_of_each_head_stands_beside_the_sum() => browser.Open(Evaluate([("price", 1), ("risk", -2)]), async page =>
    {
        // given
        string[] expected =
        [
            .. new[] { "w", "x" }.SelectMany(static name => new[] { Evaluate([("price", 1)]), Evaluate([("risk", -2)]), Evaluate([("price", 1), ("risk", -2)]) }
                .Select(graph => NumberText.Of(graph.Gradient(name)))),
        ];

        // then
        Assert.Equal(["input", "∂ price", "∂ risk", "sum", "w", "x"], await page.Locator("#inputs th").AllInnerTextsAsync());
        Assert.Equal(expected, await page.Locator("#inputs td").AllInnerTextsAsync());
    });

    [Fact]
    public Task A_line_has_the_colors_of_the_heads_that_flow_along_it() => browser.Open(Evaluate([("price", 1), ("risk", 1)]), async page =>
    {
        // when
        await page.Press("End");

        // then: to h both flow, to 2·h and h² one each
        Assert.Equal(2, await Flows("tanh", 0));
        Assert.Equal(1, await Flows("mul", 0, "price"));
        Assert.Equal(1, await Flows("pow", 0));
        Assert.Contains("Of this 1.5729 is from price, 0.726862 is from risk.", await page.TextContentAsync("#list"));

        Task<int> Flows(string operation, int input, string? name = null) =>
            page.EvaluateAsync<int>($"(() => {{ const node = graph.nodes.find(other => other.op === '{operation}' && (!'{name}' || other.name === '{name}'));" +
                $" return document.querySelectorAll(`#e${{node.id}}-{input} .flow`).length; }})()");
    });

    private static GraphModel Evaluate((string Name, double Seed)[] heads) =>
        Sample.Evaluate(Text, "w=.5,x=1", string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{string.Join(",", heads.Select(static head => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{head.Name}={head.Seed}")))}"));
}
