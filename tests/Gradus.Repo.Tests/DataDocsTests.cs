using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class DataDocsTests
{
    [Fact]
    public void Each_program_of_docs_data_prints_what_the_page_says()
    {
        // given
        var page = File.ReadAllText(Repository.At("docs/data.md")).ReplaceLineEndings("\n");
        var samples = Sample.Matches(page).Select(static match => (Program: match.Groups[1].Value, Output: match.Groups[2].Value)).ToArray();
        Assert.Equal(page.Split("```csharp\n").Length - 1, samples.Length);

        foreach (var (index, sample) in samples.Index())
        {
            // when
            var output = CompiledProgram.Run($"data-{index}.cs", sample.Program);

            // then
            Assert.Equal(sample.Output, output);
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample { get; }
}
