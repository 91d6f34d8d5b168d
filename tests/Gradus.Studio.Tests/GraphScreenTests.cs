using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Gradus.Studio.Tests;

/// <summary>The screen that follows a number: an expression, its graph, both passes.</summary>
[Collection(nameof(BrowserCollection))]
public class GraphScreenTests(Browser browser)
{
    private const string Polynomial = "y = 3*x**4 - 2*x**3 + x**2 - 7*x + 5";

    // Width and height, and which of each eight examples are looked at in it.
    public static TheoryData<int, int, int> Sizes => new() { { 320, 640, 0 }, { 390, 844, 2 }, { 768, 1024, 4 }, { 1400, 1000, 1 } };

    [Fact]
    public Task Numbers_are_typed_as_they_come_and_what_does_not_fit_has_its_field() => browser.OpenStudio("#/graph?e=y+%3D+a*x&at=a%3D2,x%3D3", async page =>
    {
        // when
        await page.FillAsync("#value-x", "");
        await page.Locator("#value-x").PressSequentiallyAsync("-0.50");
        await page.Drawn();

        // then
        Assert.Equal("-0.50", await page.InputValueAsync("#value-x"));
        Assert.Contains("−1", await page.Labels("value"));

        // when: new names, whose first values do not fit
        await page.FillAsync("#expression", "y = W @ v");
        await page.Drawn();
        Assert.Contains("Type a matrix", await page.InnerTextAsync("#expression-error"));
        await page.FillAsync("#value-W", "");
        await page.Locator("#value-W").PressSequentiallyAsync("[[1,2],[3,4]]");
        await page.Drawn();
        await page.FillAsync("#value-v", "[1,1]");
        await page.Drawn();

        // then
        Assert.True(await page.IsHiddenAsync("#expression-error"));
        Assert.Equal(4, await page.Locator("#variables [id^=value-W-]").CountAsync());
    });

    [Fact]
    public Task A_mistake_is_shown_where_it_is_and_the_last_graph_stays() => browser.OpenStudio("#/graph", async page =>
    {
        // when
        var waited = await page.EvaluateAsync<double>("""
            (async () => {
              const field = byId("expression");
              field.value = "3*x**";
              const start = performance.now();
              field.dispatchEvent(new Event("input"));
              while (byId("expression-error").hidden) await new Promise(requestAnimationFrame);
              return performance.now() - start;
            })()
            """);

        // then: no timed assertion; a person reads how long it was
        TestContext.Current.TestOutputHelper?.WriteLine($"the caret was there after {waited:F0} ms");
        Assert.Contains("3*x**\n     ^", await page.InnerTextAsync("#expression-error"));
        Assert.Equal("true", await page.GetAttributeAsync("#expression", "aria-invalid"));
        Assert.Contains("apple", await page.Graph("[...root.querySelectorAll('.symbol')].map(symbol => symbol.textContent).join(' ')"));
    });

    [Fact]
    public Task A_number_that_is_dragged_has_both_passes_computed_anew() => browser.OpenStudio(Address(Polynomial, "x=-1.3"), async page =>
    {
        // when: sixty pixels to the right
        Assert.Contains("−46.104", await page.Labels("gradient"));
        var field = (await page.Locator("#value-x").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(field.X + 10, field.Y + 10);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(field.X + 40, field.Y + 10);
        await page.Mouse.MoveAsync(field.X + 70, field.Y + 10);
        await page.Mouse.UpAsync();
        await page.Drawn();

        // then
        Assert.Equal("-0.7", await page.InputValueAsync("#value-x"));
        var model = Expression.Parse(Polynomial).Evaluate(Expression.ParseValues("x=-0.7"));
        var (values, gradients) = (await page.Labels("value"), await page.Labels("gradient"));
        Assert.Contains("−15.456", gradients);
        Assert.DoesNotContain("−46.104", gradients);
        Assert.All(model.Nodes.Where(static node => node.Kind != GraphNodeKind.Constant), node =>
        {
            Assert.Contains(NumberText.Of(node.Value!), values);
            Assert.Contains(NumberText.Of(node.Gradient!), gradients);
        });

        // when: an input of the picture
        var variable = (await page.Locator("#graph-page #picture .variable .symbol").First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(variable.X + 4, variable.Y + 6);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(variable.X + 34, variable.Y + 6);
        await page.Drawn();
        await page.Mouse.MoveAsync(variable.X + 64, variable.Y + 6);
        await page.Mouse.UpAsync();
        await page.Drawn();

        // then
        var x = double.Parse(await page.InputValueAsync("#value-x"), CultureInfo.InvariantCulture);
        Assert.InRange(x, -0.69, 0);
        var moved = Expression.Parse(Polynomial).Evaluate(Expression.ParseValues(FormattableString.Invariant($"x={x}")));
        Assert.Contains(NumberText.Of(moved["x"].Gradient!), await page.Labels("gradient"));
        await page.WaitUntil("location.hash.includes('x%3D') && !location.hash.includes('-1.3')");
    });

    [Fact]
    public Task Steps_of_tensors_are_rules_in_mathematics_and_small_matrices_are_matrices() =>
        browser.OpenStudio(Address("loss = sum((W @ x - b) ** 2)", "W=[[1,2],[3,4]],x=[1,2],b=[1,-1]"), async page =>
    {
        var count = await page.Graph<int>("Number(root.getElementById('slider').max)");
        var rules = new List<string>();
        for (var step = 1; step <= count; step++)
        {
            // when
            await page.Graph<bool>($"(root.getElementById('slider').value = {step}, root.getElementById('slider').dispatchEvent(new Event('input')), true)");
            var equation = await page.Graph("root.getElementById('equation').innerText");

            // then
            var isTensor = await page.Graph<bool>(
                "[...root.querySelectorAll('#equation .term small')].some(part => /^g,/.test(part.textContent))");
            if (isTensor) Assert.DoesNotContain("×", equation);
            if (isTensor) rules.Add(equation);
            Assert.True(await page.Graph<bool>("root.querySelector('#symbols math, #equation math, #equation .term') !== null"));
            if (step == 1)
            {
                Assert.Equal(2, await page.Graph<int>("root.querySelectorAll('#equation mtr').length"));
                Assert.Equal(2, await page.Graph<int>("root.querySelectorAll('#equation mtr:first-child mtd').length"));
            }

            Assert.Equal("", await page.Graph(Unnamed));
        }

        Assert.Contains(rules, static rule => rule.Contains("outer product", StringComparison.Ordinal));
        await page.Shoot("matrix");
    });

    // A8: each node that a step speaks of has its name in sight in the picture.
    private const string Unnamed = """
        (() => {
          const place = root.getElementById("picture").getBoundingClientRect();
          const names = [...root.getElementById("now").textContent.matchAll(/From (\S+) to (\S+):/g)].flatMap(match => [match[1], match[2]]);
          const shown = [...root.querySelectorAll(".tag-name, .variable .symbol, .constant .symbol")]
            .filter(label => { const box = label.getBoundingClientRect(); return box.width > 0 && box.left >= place.left - 1 && box.right <= place.right + 1; })
            .map(label => label.textContent);
          return names.filter(name => !shown.includes(name)).join(", ");
        })()
        """;

    [Fact]
    public Task Gradients_have_arrowheads_that_point_back() => browser.OpenStudio(Address(Polynomial, "x=-1.3"), async page =>
    {
        // when: all steps are shown, each head is a triangle from its tip to its base
        var directions = await page.Graph<double[]>("""
            [...root.querySelectorAll(".tip")].map(tip => tip.getAttribute("d").match(/-?[\d.]+/g).map(Number)).map(([x, , a, , b]) => x - (a + b) / 2)
            """);

        // then
        Assert.InRange(directions.Length, 10, 1000);
        Assert.All(directions, static direction => Assert.InRange(direction, -1000, 0.5));
        Assert.Equal(1, await page.Graph<int>("root.querySelectorAll('.output ~ .flow, .flow').length > 0 ? 1 : 0"));
    });

    [Fact]
    public Task A_picture_is_fitted_zoomed_pinched_and_moved() => browser.OpenStudio(Address(
        "v0 = x; " + string.Join("; ", Enumerable.Range(1, 200).Select(static n => $"v{n} = tanh(v{n - 1})")), "x=1"), async page =>
    {
        // when
        await page.Graph<bool>("(root.getElementById('fit').click(), true)");

        // then
        Assert.True(await page.Graph<bool>("root.getElementById('picture').scrollWidth <= root.getElementById('picture').clientWidth"));
        Assert.True(await page.Graph<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        Assert.Equal(0, await page.Graph<int>($$"""
            (() => { {{Inside}} return [...root.querySelectorAll(".node .head")].filter(head => !inside(head)).length; })()
            """));
        Assert.True(await page.Graph<bool>("root.getElementById('map').hasAttribute('hidden')"));

        // when: the wheel, over the tenth node
        var before = await page.Graph<double[]>(Head(10));
        await page.Mouse.MoveAsync((float)before[0], (float)before[1]);
        await Task.Delay(350, TestContext.Current.CancellationToken);
        await page.Mouse.WheelAsync(0, -400);
        await page.WaitUntil("byId('graph-page').shadowRoot.getElementById('map').hasAttribute('hidden') === false");
        var after = await page.Graph<double[]>(Head(10));

        // then: it is larger, and still there
        Assert.InRange(after[2] / before[2], 1.5, 3);
        Assert.InRange(after[0], before[0] - 1, before[0] + 1);
        Assert.InRange(after[1], before[1] - 1, before[1] + 1);

        // when: dragged
        await page.Mouse.MoveAsync((float)before[0] + 60, (float)before[1] + 25);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((float)before[0] + 30, (float)before[1] + 25);
        await page.Mouse.MoveAsync((float)before[0] + 10, (float)before[1] + 25);
        await page.Mouse.UpAsync();

        // then
        Assert.InRange((await page.Graph<double[]>(Head(10)))[0], before[0] - 51, before[0] - 46);
    });

    private const string Inside = """
        const place = root.getElementById("picture").getBoundingClientRect();
        const inside = head => {
          const box = head.getBoundingClientRect();
          return box.left >= place.left - 1 && box.right <= place.right + 1 && box.top >= place.top - 1 && box.bottom <= place.bottom + 1;
        };
        """;

    private static string Head(int node) => $$"""
        (() => {
          const box = root.querySelector("#n{{node}} .head").getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2, box.width];
        })()
        """;

    [Fact]
    public Task Two_fingers_zoom() => browser.OpenStudio(Address(Polynomial, "x=-1.3"), async page =>
    {
        // given
        var place = await page.Graph<double[]>("""
            (() => { const box = root.getElementById("picture").getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()
            """);
        var before = await page.Graph<double[]>(Head(3));
        var devtools = await page.Context.NewCDPSessionAsync(page);

        // when
        await Touch("touchStart", 40);
        await Touch("touchMove", 60);
        await Touch("touchMove", 100);
        await Touch("touchEnd", 0);

        // then
        Assert.InRange((await page.Graph<double[]>(Head(3)))[2] / before[2], 1.8, 3.2);

        Task Touch(string type, double apart) => devtools.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = apart == 0 ? Array.Empty<object>()
                : new object[] { new { x = place[0] - (apart / 2), y = place[1], id = 1 }, new { x = place[0] + (apart / 2), y = place[1], id = 2 } },
        });
    }, new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true });

    [Theory]
    [MemberData(nameof(Sizes))]
    public Task No_labels_overlap_and_the_steps_leave_room(int width, int height, int eighth) => browser.OpenStudio("#/graph", async page =>
    {
        var gallery = JsonDocument.Parse(await page.EvaluateAsync<string>("JSON.stringify(gallery)")).RootElement.EnumerateArray()
            .Select(static row => (Expression: row[1].GetString()!, At: row[2].GetString()!)).ToArray();
        // Every fifth, and at each size others.
        foreach (var (expression, at) in gallery.Where((_, index) => index % 8 == eighth || index < 2))
        {
            await page.EvaluateAsync("([expression, at]) => showExpression(expression, at)", new[] { expression, at });
            await page.Drawn();
            Assert.Equal("", await page.Graph(Overlaps));
            await page.Graph<bool>("(root.getElementById('back').click(), root.getElementById('back').click(), true)");
            Assert.Equal("", await page.Graph(Overlaps));
            var isWithin = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
            Assert.True(isWithin, $"{expression} is wider than {width} px");
            var player = await page.Graph<double>("root.querySelector('.player').getBoundingClientRect().height");
            if (width < 500) Assert.InRange(player, 60, height * (height < 700 ? 0.34 : 0.25));
        }

        await page.Shoot($"graph-{width}");
    }, new() { ViewportSize = new() { Width = width, Height = height } });

    private const string Overlaps = """
        (() => {
          const labels = [...root.querySelectorAll("#picture .label:not(.later), #picture .symbol, #picture .tag-name")]
            .filter(label => label.textContent.trim()).map(label => ({ words: label.textContent, box: label.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0);
          const found = [];
          labels.forEach((one, index) => labels.slice(index + 1).forEach(other => {
            const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
            // The line height of a text is more than its letters.
            if (across > 1 && down > Math.min(one.box.height, other.box.height) * .4) found.push(`${one.words} | ${other.words}`);
          }));
          return found.join("; ");
        })()
        """;

    [Fact]
    public Task Everything_is_reached_by_keyboard_and_nothing_moves_where_that_is_asked() =>
        browser.OpenStudio(Address("y = tanh(w*x)", "w=2,x=0.5"), async page =>
    {
        // when
        var reached = new List<string>();
        await page.FocusAsync("#tab-graph");
        for (var stop = 0; stop < 30; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("""
                (() => {
                  let at = document.activeElement;
                  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                  return at.id || at.tagName;
                })()
                """));
        }

        // then
        string[] controls =
        [
            "language", "expression", "gallery", "layout", "value-w", "value-x", "first", "play", "slider", "speed", "n0", "constants", "fit", "sweep-x",
            "why-node",
        ];
        Assert.All(controls, id => Assert.Contains(id, reached));

        // when: a number is turned by keys, a function is completed, the steps are walked
        await page.FocusAsync("#value-w");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Drawn();
        Assert.Equal("2.1", await page.InputValueAsync("#value-w"));
        await page.FillAsync("#expression", "y = sig");
        await page.WaitForSelectorAsync("#completion li");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        Assert.StartsWith("y = sig", await page.InputValueAsync("#expression"));
        Assert.True(await page.EvaluateAsync<bool>("functions.map(name => name + '(').includes(byId('expression').value.slice(4))"));
        await page.FocusAsync("#tab-graph");
        await page.Keyboard.PressAsync("Home");

        // then
        Assert.Equal(0, await page.EvaluateAsync<int>("document.getAnimations().length"));
        Assert.Equal(0, await page.Graph<int>("root.getAnimations().length"));
    }, new() { ViewportSize = new() { Width = 1400, Height = 1000 }, ReducedMotion = ReducedMotion.Reduce });

    [Fact]
    public Task The_paths_of_a_gradient_are_lit_as_wide_as_what_they_contribute() =>
        browser.OpenStudio(Address("y = x * sin(x) + x ** 2", "x=0.7"), async page =>
    {
        // when
        var paths = await page.Graph<string[]>("[...root.querySelectorAll('#why-paths button')].map(button => button.textContent)");
        await page.Graph<bool>("(root.querySelectorAll('#why-paths button')[0].click(), true)");
        var widest = await page.Graph<double>("Math.max(...[...root.querySelectorAll('.lit')].map(flow => parseFloat(flow.style.strokeWidth)))");
        await page.Graph<bool>("(root.querySelectorAll('#why-paths button')[2].click(), true)");
        var narrow = await page.Graph<double>("Math.max(...[...root.querySelectorAll('.lit')].map(flow => parseFloat(flow.style.strokeWidth)))");

        // then
        Assert.Equal(3, paths.Length);
        Assert.Equal(9, widest);
        Assert.InRange(narrow, 2, 8.9);
        Assert.Contains("3 paths lead here", await page.Graph("root.getElementById('why-sum').textContent"));
        await page.Shoot("paths");
    });

    [Fact]
    public Task An_address_leads_back_to_step_and_layout() => browser.OpenStudio(Address(Polynomial, "x=-0.7") + "&step=12&layout=topdown", async page =>
    {
        Assert.Contains("12 of", await page.Graph("root.getElementById('count').textContent"));
        Assert.Equal("topdown", await page.InputValueAsync("#layout"));
        await page.SelectOptionAsync("#layout", "wrapped");
        await page.WaitUntil("location.hash.includes('layout=wrapped') && location.hash.includes('step=12')");
    });

    private static string Address(string expression, string at) => $"#/graph?e={Uri.EscapeDataString(expression)}&at={Uri.EscapeDataString(at)}";
}
