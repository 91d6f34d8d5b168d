using Gradus.Graphs.Tests;

namespace Gradus.Graphs.Browser.Tests;

[Collection(nameof(BrowserCollection))]
public class ZoomTests(Browser browser)
{
    [Fact]
    public Task An_element_of_a_matrix_product_shows_its_pairs_and_is_folded_again_by_keyboard() =>
        browser.Open(Sample.Evaluate("y = w @ x; loss = sum(y**2)", "w=[[1,2],[3,4]],x=[5,-6]"), async page =>
    {
        // given: the first node of the picture has the focus
        await page.FocusAsync("#n0");

        // when
        await page.Press("ArrowDown", 2);
        await page.Press("Enter");
        await page.Press("ArrowRight");

        // then
        Assert.Equal("zr-1", await page.Focus());
        Assert.Equal(
            "y[1] = w[1, 0]·x[0] + w[1, 1]·x[1] = 3·5 + 4·(−6) = −9. Its derivatives: 5 by w[1, 0], 3 by x[0], −6 by w[1, 1], 4 by x[1].",
            await page.InnerTextAsync("#zoom-text"));
        Assert.Equal(
            ["z0-2", "z0-3", "z1-0", "z1-1"], await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#zoom .part')].map(cell => cell.id)"));
        Assert.Equal("3\n∂ 5", await page.InnerTextAsync("#z0-2"));
        Assert.Contains("(−18) × 5 = −90", await page.Locator("#scalars text").AllTextContentsAsync());

        await page.Press("Escape");
        Assert.False(await page.IsVisibleAsync("#zoom"));
        Assert.Equal("n2", await page.Focus());
    });

    [Fact]
    public Task A_convolution_shows_its_window() =>
        browser.Open(Sample.Evaluate("y = conv2d(x, w)", "x=[[1,2,3],[4,5,6],[7,8,9]],w=[[1,0],[0,-1]]"), async page =>
    {
        // when
        await page.ClickAsync("#n2 .head");
        await page.ClickAsync("#zr-3");

        // then
        Assert.Equal(
            ["z0-4", "z0-5", "z0-7", "z0-8", "z1-0", "z1-1", "z1-2", "z1-3"],
            await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#zoom .part')].map(cell => cell.id)"));
        Assert.StartsWith(
            "y[1, 1] = x[1, 1]·w[0, 0] + x[1, 2]·w[0, 1] + x[2, 1]·w[1, 0] + x[2, 2]·w[1, 1] = 5·1 + 6·0 + 8·0 + 9·(−1) = −4.",
            await page.InnerTextAsync("#zoom-text"));
        await page.ClickAsync("#zoom-close");
        Assert.False(await page.IsVisibleAsync("#zoom"));
    });

    [Fact]
    public Task A_softmax_depends_on_its_row() => browser.Open(Sample.Evaluate("y = softmax(x)", "x=[[0,0],[1,2]]"), async page =>
    {
        // when
        await page.ClickAsync("#n1 .head");

        // then
        Assert.Equal(
            "y[0, 0] = softmax(x[0, 0], x[0, 1]) = softmax(0, 0) = 0.5. Its derivatives: 0.25 by x[0, 0], −0.25 by x[0, 1].",
            await page.InnerTextAsync("#zoom-text"));
        Assert.Equal(2, await page.Locator("#zoom .part").CountAsync());
    });

    [Theory]
    [InlineData("y = x * w", "y[0] = x[0] * w[0] = 1 * 3 = 3. Its derivatives: 3 by x[0], 1 by w[0].")]
    [InlineData("y = tanh(x - x) + w", "y[0] = t2[0] + w[0] = 0 + 3 = 3. Its derivatives: 1 by t2[0], 1 by w[0].")]
    [InlineData("y = sum(x * w)", "y = t1[0] + t1[1] = 3 + 8 = 11. Its derivatives: 1 by t1[0], 1 by t1[1].")]
    [InlineData("y = mean(x * w)", "y = (t1[0] + t1[1]) / 2 = (3 + 8) / 2 = 5.5. Its derivatives: 0.5 by t1[0], 0.5 by t1[1].")]
    [InlineData("y = -(x * w)", "y[0] = -t1[0] = -3 = −3. Its derivatives: −1 by t1[0].")]
    public Task Cells_and_sums_are_written_out(string text, string words) => browser.Open(Sample.Evaluate(text, "x=[1,2],w=[3,4]"), async page =>
    {
        // when
        await page.EvaluateAsync("openZoom(graph.nodes.at(-1))");

        // then
        Assert.Equal(words, await page.InnerTextAsync("#zoom-text"));
    });

    [Fact]
    public Task What_is_large_or_single_is_not_opened() =>
        browser.Open(Sample.Evaluate("a = exp(x); y = sum(x * w); z = w @ transpose(w)", "x=2,w=[[1,2,3,4,5,6,7,8,9,10],[1,2,3,4,5,6,7,8,9,10]]"), async page =>
        Assert.Equal(
            ["false", "true", "true", "true", "true"],
            await page.EvaluateAsync<string[]>("graph.nodes.filter(node => node.kind === 'operation').map(node => String(canZoom(node)))")));
}
