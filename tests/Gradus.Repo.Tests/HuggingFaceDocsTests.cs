using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class HuggingFaceDocsTests
{
    [Fact]
    public void Each_program_of_docs_hugging_face_prints_what_the_page_says()
    {
        // given
        var page = File.ReadAllText(Repository.At("docs/hugging-face.md")).ReplaceLineEndings("\n");
        var samples = Sample.Matches(page).Select(static match => (Program: match.Groups[1].Value, Output: match.Groups[2].Value)).ToArray();
        Assert.Equal(page.Split("```csharp\n").Length - 1, samples.Length);
        var folder = Directory.CreateTempSubdirectory("gradus-docs-").FullName;
        try
        {
            SmallModels.WriteGpt2(Path.Combine(folder, "gpt2"));
            SmallModels.WriteBert(Path.Combine(folder, "minilm"));
            foreach (var (index, sample) in samples.Index())
            {
                // when
                var program = sample.Program.Replace("(\"gpt2\")", $"(@\"{folder}/gpt2\")", StringComparison.Ordinal)
                    .Replace("(\"minilm\")", $"(@\"{folder}/minilm\")", StringComparison.Ordinal);

                // then
                Assert.Equal(sample.Output, CompiledProgram.Run($"hugging-face-{index}.cs", program));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample { get; }
}
