using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public sealed partial class FilesDocsTests : IDisposable
{
    private static readonly (string Program, string Output)[] Samples =
        [.. Sample.Matches(File.ReadAllText(Repository.At("docs/files.md")).ReplaceLineEndings("\n"))
            .Select(static match => (match.Groups[1].Value, match.Groups[2].Value))];

    private readonly string _before = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradus-docs-");

    public FilesDocsTests() => Environment.CurrentDirectory = _folder.FullName;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Samples.Length)];

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }

    [Theory, MemberData(nameof(Numbers))]
    public void A_sample_prints_what_the_page_says(int number)
    {
        // when
        var output = CompiledProgram.Run($"files-{number}.cs", Samples[number].Program);

        // then
        Assert.Equal(3, Samples.Length);
        Assert.Equal(Samples[number].Output, output);
    }

    [GeneratedRegex("```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample { get; }
}
