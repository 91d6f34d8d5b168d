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

        var folder = Directory.CreateTempSubdirectory("gradus-docs-").FullName;
        try
        {
            var shapes = WriteShapes(Path.Combine(folder, "shapes"));
            foreach (var (index, sample) in samples.Index())
            {
                // when
                var output = CompiledProgram.Run($"data-{index}.cs", sample.Program.Replace("\"shapes\"", $"@\"{shapes}\"", StringComparison.Ordinal));

                // then
                Assert.Equal(sample.Output, output?.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Three classes of ten pictures, BMP of 4 × 4 pixels.</summary>
    private static string WriteShapes(string directory)
    {
        byte[] header = [66, 77, 102, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 1, 0, 24, 0];
        foreach (var (label, name) in new[] { "circle", "square", "triangle" }.Index())
        {
            var folder = Directory.CreateDirectory(Path.Combine(directory, name)).FullName;
            for (var number = 0; number < 10; number++)
            {
                var pixels = Enumerable.Range(0, 48).Select(index => (byte)((index * (label + 1)) + number));
                File.WriteAllBytes(Path.Combine(folder, $"{number}.bmp"), [.. header, .. new byte[24], .. pixels]);
            }
        }

        return directory;
    }

    [GeneratedRegex("```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample { get; }
}
