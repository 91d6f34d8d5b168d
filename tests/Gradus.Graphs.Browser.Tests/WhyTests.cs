using Gradus.Graphs.Tests;

namespace Gradus.Graphs.Browser.Tests;

/// <summary>The paths of a gradient, and the curve beside them, where there is too much or too little of something.</summary>
[Collection(nameof(BrowserCollection))]
public class WhyTests(Browser browser)
{
    [Fact]
    public Task Each_path_stands_with_its_product_and_they_add_up() => browser.Open(Sample.Evaluate("y = x * sin(x) + x ** 2", "x=.7"), async page =>
    {
        Assert.Equal(3, await page.Locator("#why-paths button").CountAsync());
        Assert.Equal("3 paths lead here, and they add up: 1.4 + 0.644218 + 0.53539 = 2.57961.", await page.InnerTextAsync("#why-sum"));
        await page.Locator("#why-paths button").First.ClickAsync();
        Assert.Equal("true", await page.Locator("#why-paths button").First.GetAttributeAsync("aria-pressed"));
        Assert.NotEqual(0, await page.Locator(".picture .lit").CountAsync());
    });

    [Fact]
    public Task More_paths_than_can_be_walked_lead_to_a_head_that_is_switched_off()
    {
        // given: 2⁶⁰ paths to y, one to z
        var doubled = string.Join("; ", Enumerable.Range(1, 60).Select(static n => $"v{n} = v{n - 1} + v{n - 1}"));
        return browser.Open(Sample.Evaluate($"v0 = 2 * x; {doubled}; y = v60; z = 3 * v0", "x=1"), async page =>
        {
            // when
            await page.UncheckAsync("#head0");

            // then
            Assert.Equal("Why the gradient of x is 6", await page.InnerTextAsync("#why-title"));
            Assert.Equal(1, await page.Locator("#why-paths button").CountAsync());
        });
    }

    [Theory]
    [InlineData("y = 1e16 + x", "x=1")]
    [InlineData("y = x - x", "x=1")]
    [InlineData("y = x * 1e-300 * 1e-20", "x=1")]
    [InlineData("y = 1 / (x - 1)", "x=2")]
    public Task A_curve_of_hardly_any_height_is_drawn(string expression, string at) => browser.Open(Sample.Evaluate(expression, at), async page =>
        Assert.Equal(1, await page.Locator("#curve .truth").CountAsync()));
}
