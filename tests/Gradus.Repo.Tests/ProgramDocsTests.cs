using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

/// <summary>Pages whose programs print what stands below them.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed partial class ProgramDocsTests : IDisposable
{
    private const int LongestProgram = 30;

    private static readonly Dictionary<string, (string Program, string Output)[]> Pages =
        new[]
        {
            "training", "fine-tuning", "files", "hugging-face", "onnx", "onnx-export", "predicting", "modules", "threads", "distributed", "from-torchsharp",
            "from-keras", "export-csharp", "studio", "../skills/gradus/SKILL",
        }.ToDictionary(static page => page, Read);

    private readonly string _before = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradus-docs-");

    public ProgramDocsTests() => Environment.CurrentDirectory = _folder.FullName;

    public static TheoryData<string, int> Programs =>
        [.. Pages.SelectMany(static page => Enumerable.Range(0, page.Value.Length).Select(number => (page.Key, number)))];

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }

    [Theory, MemberData(nameof(Programs))]
    public void A_program_prints_what_the_page_says(string page, int number)
    {
        // given
        var (program, expected) = Pages[page][number];
        if (page == "hugging-face")
        {
            SmallModels.WriteGpt2("gpt2");
            SmallModels.WriteBert("minilm");
        }

        // when
        var output = CompiledProgram.Run($"{page}-{number}.cs", program);

        // then
        Update(page, program, expected, output ?? "");
        Assert.Equal(expected, output);
    }

    [Fact]
    public void Every_program_says_what_it_prints()
    {
        // when
        var without = Pages.Where(static page => Text(page.Key).Split("```csharp\n").Length - 1 != page.Value.Length).Select(static page => page.Key);

        // then
        Assert.Empty(without);
    }

    [Theory, MemberData(nameof(Programs))]
    public void A_program_has_at_most_30_lines_of_code(string page, int number)
    {
        // when
        var lines = Pages[page][number].Program.Split('\n').Where(static line => line.Any(char.IsLetterOrDigit) &&
            !line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("//", StringComparison.Ordinal));

        // then: imports, comments and braces aside
        Assert.InRange(lines.Count(), 1, LongestProgram);
    }

    private static void Update(string page, string program, string expected, string output)
    {
        if (expected == output || Environment.GetEnvironmentVariable("GRADUS_UPDATE") != "1") return;
        var block = $"```csharp\n{program}```\n\n```text\n";
        File.WriteAllText(Repository.At($"docs/{page}.md"), Text(page).Replace($"{block}{expected}```", $"{block}{output}```", StringComparison.Ordinal));
    }

    private static string Text(string page) => File.ReadAllText(Repository.At($"docs/{page}.md")).ReplaceLineEndings("\n");

    private static (string Program, string Output)[] Read(string page) =>
        [.. Sample.Matches(Text(page)).Select(static match => (match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex("```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample { get; }
}
