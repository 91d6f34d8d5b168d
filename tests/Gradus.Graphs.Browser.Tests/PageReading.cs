using Microsoft.Playwright;

namespace Gradus.Graphs.Browser.Tests;

/// <summary>What a person reads on the page.</summary>
internal static class PageReading
{
    public static Task<string> Now(this IPage page) => page.InnerTextAsync("#now");

    public static Task<string> Count(this IPage page) => page.InnerTextAsync("#count");

    /// <summary>A label that is to be seen, without the name before a value; null where there is none yet.</summary>
    public static Task<string?> Label(this IPage page, GraphNode node, string kind) =>
        page.EvaluateAsync<string?>($"(() => {{ const label = document.querySelector('#n{node.Id} .label.{kind}'); return label && " +
            $"!label.classList.contains('later') ? label.lastChild.nodeValue : null; }})()");

    /// <summary>The labels of all nodes.</summary>
    public static Task<string?[]> Labels(this IPage page, string kind) =>
        page.EvaluateAsync<string?[]>(
            $"graph.nodes.map(node => labelOf(node, '{kind}')).map(label => label && !label.classList.contains('later') ? label.lastChild.nodeValue : null)");

    /// <summary>What has the focus: its id, or that of the part of the page it is in.</summary>
    public static Task<string> Focus(this IPage page) =>
        page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.closest('[id]')?.id || document.activeElement.tagName");

    public static async Task Press(this IPage page, string key, int times = 1)
    {
        for (var time = 0; time < times; time++) await page.Keyboard.PressAsync(key);
    }
}
