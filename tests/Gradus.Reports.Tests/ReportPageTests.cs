using System.Text;
using Gradus.Graphs.Browser.Tests;
using Microsoft.Playwright;

namespace Gradus.Reports.Tests;

/// <summary>The page in a browser: opened from a file, it asks for nothing and finds nothing wrong.</summary>
[Collection(nameof(BrowserCollection))]
public class ReportPageTests(Browser browser)
{
    private const string Plot = "#chart-loss .plot", Values = "#chart-loss .values", Range = "#range";

    [Fact]
    public async Task The_keyboard_alone_moves_the_cross_hair_zooms_and_changes_the_scale()
    {
        using var run = SampleRun.Complete();
        await browser.Open(run.Html, async page =>
        {
            // when: it is come to by the tab key, and seen
            for (var stop = 0; stop < 20 && await Focused(page) != "chart-loss"; stop++) await page.Keyboard.PressAsync("Tab");
            while (!await page.EvaluateAsync<bool>("document.activeElement.matches('.plot')")) await page.Keyboard.PressAsync("Tab");
            Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));

            // then: the cross-hair, with what was recorded there
            await page.Keyboard.PressAsync("ArrowRight");
            await page.Keyboard.PressAsync("ArrowRight");
            Assert.StartsWith("step 2 training 1.91818 training, smoothed ", Line(await page.InnerTextAsync(Values)));
            await page.Keyboard.PressAsync("End");
            Assert.StartsWith("step 300", await page.InnerTextAsync(Values));
            await page.Keyboard.PressAsync("Shift+ArrowLeft");
            Assert.StartsWith("step 270", await page.InnerTextAsync(Values));
            await page.Keyboard.PressAsync("Home");
            Assert.StartsWith("step 1 ", Line(await page.InnerTextAsync(Values)));

            // then: zoom, with the cross-hair on all charts
            await page.Keyboard.PressAsync("+");
            Assert.NotEqual("steps 1 to 300", await page.InnerTextAsync(Range));
            Assert.Equal(4, await page.Locator(".cross").CountAsync());
            await page.Keyboard.PressAsync("-");
            Assert.Equal("steps 1 to 300", await page.InnerTextAsync(Range));
            await page.Keyboard.PressAsync("+");
            await page.Keyboard.PressAsync("r");
            Assert.Equal("steps 1 to 300", await page.InnerTextAsync(Range));
            Assert.Equal("true", await page.GetAttributeAsync("#reset", "aria-disabled"));

            // then: the scale
            var before = await Ticks(page);
            await page.Keyboard.PressAsync("l");
            Assert.Equal("true", await page.GetAttributeAsync("#chart-loss button", "aria-pressed"));
            Assert.NotEqual(before, await Ticks(page));
            await page.Keyboard.PressAsync("Escape");
            Assert.Equal(0, await page.Locator(".cross").CountAsync());
            Assert.Contains("logarithmic scale", await page.InnerTextAsync("#keys"));
        });
    }

    [Fact]
    public async Task The_pointer_shows_values_zooms_by_drag_and_wheel_and_switches_lines()
    {
        using var run = SampleRun.Complete();
        await browser.Open(run.Html, async page =>
        {
            // given
            var box = (await page.Locator(Plot).BoundingBoxAsync())!;
            var (left, top) = (box.X + (box.Width * 0.3f), box.Y + (box.Height / 2));

            // when, then
            await page.Mouse.MoveAsync(left, top);
            Assert.StartsWith("step 8", await page.InnerTextAsync(Values));
            await page.Mouse.WheelAsync(0, -200);
            Assert.Equal("steps 1 to 300", await page.InnerTextAsync(Range));
            await page.EvaluateAsync("scrollTo(0, 0)");
            await page.Mouse.ClickAsync(left, top);
            await page.Mouse.WheelAsync(0, -200);
            await page.WaitForFunctionAsync("document.getElementById('range').textContent !== 'steps 1 to 300'");
            await page.Mouse.DblClickAsync(left, top);
            Assert.Equal("steps 1 to 300", await page.InnerTextAsync(Range));
            await page.Mouse.MoveAsync(left, top);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(left + 200, top, new() { Steps = 4 });
            Assert.Equal(1, await page.Locator(".chosen").CountAsync());
            await page.Mouse.UpAsync();
            Assert.Matches("steps 8. to 1..", await page.InnerTextAsync(Range));
            await page.ClickAsync("#reset");
            Assert.Equal("steps 1 to 300", await page.InnerTextAsync(Range));

            // when, then: lines are switched, and smoothing
            var curves = await page.Locator("#chart-loss .curve").CountAsync();
            await page.SetCheckedAsync("#loss-1", false);
            Assert.Equal(curves - 1, await page.Locator("#chart-loss .curve").CountAsync());
            await page.FillAsync("#smoothing", "0");
            Assert.Equal("none", await page.InnerTextAsync("#window"));
            Assert.Equal(0, await page.Locator(".curve.smooth").CountAsync());
        });
    }

    [Fact]
    public async Task Light_and_dark_follow_the_system_until_the_switch_says_otherwise_and_paper_is_light()
    {
        using var run = SampleRun.Complete();
        await browser.Open(run.Html, async page =>
        {
            Task<string> Paper() => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

            // when, then
            Assert.Equal("rgb(248, 250, 252)", await Paper());
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            Assert.Equal("rgb(11, 17, 32)", await Paper());
            Assert.Equal("true", await page.GetAttributeAsync("#theme", "aria-pressed"));
            await page.ClickAsync("#theme");
            Assert.Equal("rgb(248, 250, 252)", await Paper());
            await page.ClickAsync("#theme");
            Assert.Equal("rgb(11, 17, 32)", await Paper());
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.Equal("rgb(255, 255, 255)", await Paper());
            Assert.False(await page.IsVisibleAsync(".tools"));
            await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
            Assert.True(await page.IsVisibleAsync("#epochs"));
        }, new() { ColorScheme = ColorScheme.Light });
    }

    [Fact]
    public async Task A_narrow_screen_scrolls_no_page_sideways()
    {
        using var run = SampleRun.Complete("a-run-with-a-name-that-is-longer-than-a-telephone-is-wide");
        var long60 = SampleRun.Evaluation([.. Enumerable.Range(0, 60).Select(static label => $"a class of a long name {label}")]);
        long60.Write(run.Path);
        await browser.Open(run.Html, async page =>
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.Equal("none", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#confusion small')).display"));
            await page.ClickAsync("#shares");
            Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#confusion small')).display"));
            Assert.Equal(0, await page.Locator(".tick").EvaluateAllAsync<int>("""
                ticks => ticks.filter(tick => { const box = tick.getBoundingClientRect(); return box.left < 0 || box.right > 390; }).length
                """));
        }, new() { ViewportSize = new() { Width = 390, Height = 844 } });
    }

    [Fact]
    public async Task Many_steps_are_zoomed_to_the_spike_of_one_and_a_gap_is_marked()
    {
        using var run = new SampleRun();
        var events = new StringBuilder();
        for (var step = 1; step <= 300_000; step++)
        {
            events.Append(SampleRun.Step(step, step switch { 100_001 => 42, 100_901 => double.NaN, _ => 1 + (step % 7 / 10.0) }));
        }

        run.Write("events.jsonl", events.ToString());
        await browser.Open(run.Html, async page =>
        {
            // when
            await page.FocusAsync(Plot);
            await page.EvaluateAsync("setCross(100001)");
            for (var zoom = 0; zoom < 6; zoom++) await page.Keyboard.PressAsync("+");

            // then
            Assert.StartsWith("step 100,001 training 42", Line(await page.InnerTextAsync(Values)));
            Assert.Equal(1, await page.Locator("#chart-loss .gaps").CountAsync());
            await page.EvaluateAsync("setCross(100901)");
            Assert.Contains("training not finite", Line(await page.InnerTextAsync(Values)));
        });
    }

    [Fact]
    public async Task Several_runs_have_a_color_each()
    {
        using var one = SampleRun.Complete("one");
        using var other = SampleRun.Complete("other", steps: 600, scale: 0.5);
        await browser.Open(RunReport.Write([one.Record, other.Record]), async page =>
        {
            Assert.Equal("steps 1 to 600", await page.InnerTextAsync(Range));
            Assert.Equal(
                ["one, training", "one, validation", "other, training", "other, validation"], await page.Locator("#chart-loss label").AllInnerTextsAsync());
            var colors = await page.Locator("#chart-loss .curve.smooth")
                .EvaluateAllAsync<string[]>("curves => curves.map(curve => getComputedStyle(curve).stroke)");
            Assert.Equal(2, colors.Distinct().Count());
        });
    }

    [Fact]
    public async Task A_run_without_steps_and_one_of_numbers_open_without_a_fault()
    {
        using var young = new SampleRun("young");
        await browser.Open(young.Html, async page => Assert.True(await page.IsVisibleAsync("main .empty")));
        using var regression = SampleRun.Complete();
        (SampleRun.Evaluation(["a", "b"]) with
        {
            Classes = null,
            Confusion = null,
            Confused = null,
            Target = "price",
            Points = [.. Enumerable.Range(0, 50).Select(static index => new Training.TargetPoint(index * 1000, (index * 990) + 300))],
        }).Write(regression.Path);
        await browser.Open(regression.Html, async page => Assert.Equal(1, await page.Locator("#scatter .spots").CountAsync()));
    }

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("document.activeElement.closest('figure')?.id ?? ''");

    private static Task<string[]> Ticks(IPage page) =>
        page.Locator("#chart-loss .tick.end").EvaluateAllAsync<string[]>("ticks => ticks.map(tick => tick.textContent)");

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
