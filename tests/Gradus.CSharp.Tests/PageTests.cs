using System.Text.RegularExpressions;
using Gradus.Nn;
using Gradus.Training;

namespace Gradus.CSharp.Tests;

/// <summary>What docs/export-csharp.md says about layers.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void The_page_names_the_layers_that_become_code()
    {
        // given
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "export-csharp.md"));

        // when
        var named = Names.Match(page).Groups[1].Value.Split(", ");

        // then
        Assert.Equal(LayerSupport.Layers.Select(static type => type.Name).Order(StringComparer.Ordinal), named);
        Assert.All(LayerSupport.Layers, static type => Assert.True(type.IsSubclassOf(typeof(Module))));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gradus.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| mlp, .*? \| (.*?) \|$", RegexOptions.Multiline)]
    private static partial Regex Names { get; }
}
