using Gradus.Extensions.Tests;
using Gradus.Graphs;
using Gradus.Graphs.Browser.Tests;
using Microsoft.Playwright;

namespace Gradus.Serving.Tests;

[Collection(nameof(BrowserCollection))]
public sealed class TryPageTests(Browser browser) : IDisposable
{
    private readonly ServedModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Every_module_of_the_folder_is_part_of_the_page() =>
        Assert.Empty(typeof(ModelServer).Assembly.GetManifestResourceNames().Where(static name => name.EndsWith(".js", StringComparison.Ordinal))
            .Except(PageScript.Order("try.js", TryPage.Read)));

    [Fact]
    public async Task Rows_digits_sentences_and_texts_are_tried_on_the_page()
    {
        // given
        await using var server = await RunningServer.Start(
            new ServedModel("prices", _models.WriteTableModel("prices.safetensors")),
            new ServedModel("digits", _models.WritePictureModel("digits.safetensors")),
            new ServedModel("mood", _models.WriteSentenceModel("mood.safetensors")), new ServedModel("book", _models.WriteTextModel("book.safetensors")));
        var narrow = new BrowserNewContextOptions { ViewportSize = new() { Width = 390, Height = 900 } };

        // when
        var requests = await browser.OpenAt(server.Address, async page =>
        {
            await page.Locator("#reasons .bars dt").First.WaitForAsync();
            Assert.Equal(["(missing)", "blue", "red"], await page.Locator("select").First.Locator("option").AllInnerTextsAsync());
            var before = await page.Locator(".answer").InnerTextAsync();
            await page.GetByLabel("color").SelectOptionAsync("red");
            await page.WaitForFunctionAsync("before => document.querySelector('.answer').innerText !== before", before);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

            await page.GotoAsync(new Uri(server.Address, "/models/digits").AbsoluteUri);
            await page.Locator("#pad").FocusAsync();
            foreach (var key in (string[])["Space", "ArrowDown", "ArrowDown", "Space"]) await page.Keyboard.PressAsync(key);
            await page.Locator(".heat canvas").Nth(1).WaitForAsync();
            Assert.Equal(10, await page.Locator("#said .bars dt").CountAsync());

            await page.GotoAsync(new Uri(server.Address, "/models/mood").AbsoluteUri);
            await page.Locator("#text").FillAsync("a good film");
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Enter");
            await page.Locator(".words span").Nth(2).WaitForAsync();

            await page.GotoAsync(new Uri(server.Address, "/models/book").AbsoluteUri);
            await page.Locator("#text").FillAsync("the ca");
            await page.GetByText("Write", new() { Exact = true }).ClickAsync();
            await page.Locator(".written b").WaitForAsync();
        }, narrow);

        // then: whatever is asked for comes from the server
        Assert.All(requests, request => Assert.StartsWith(server.Address.AbsoluteUri, request, StringComparison.Ordinal));
    }
}
