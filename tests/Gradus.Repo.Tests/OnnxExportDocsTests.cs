using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class OnnxExportDocsTests
{
    [Fact]
    public void Each_program_of_docs_onnx_export_prints_what_the_page_says()
    {
        // given
        var page = File.ReadAllText(Repository.At("docs/onnx-export.md")).ReplaceLineEndings("\n");
        var samples = Sample.Matches(page).Select(static match => (Program: match.Groups[1].Value, Output: match.Groups[2].Value)).ToArray();
        Assert.Equal(page.Split("```csharp\n").Length - 1, samples.Length);

        var folder = Directory.CreateTempSubdirectory("gradus-docs-").FullName;
        try
        {
            foreach (var (index, sample) in samples.Index())
            {
                // when
                var output = CompiledProgram.Run($"onnx-export-{index}.cs", FileName.Replace(sample.Program, $"@\"{Path.Combine(folder, "$1")}\""));

                // then
                Assert.Equal(sample.Output, output);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample { get; }

    [GeneratedRegex("\"(\\w+\\.onnx)\"")]
    private static partial Regex FileName { get; }
}
