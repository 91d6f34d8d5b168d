using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class FineTuningDocsTests
{
    private const int LongestProgram = 30;

    private static readonly (string Program, string Output)[] Samples =
        [.. Sample.Matches(File.ReadAllText(Repository.At("docs/fine-tuning.md")).ReplaceLineEndings("\n"))
            .Select(static match => (match.Groups[1].Value, match.Groups[2].Value))];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Samples.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void A_sample_prints_what_the_page_says(int number)
    {
        // when
        var output = CompiledProgram.Run($"fine-tuning-{number}.cs", Samples[number].Program);

        // then
        Assert.Equal(Samples[number].Output, output);
    }

    [Theory, MemberData(nameof(Numbers))]
    public void A_sample_has_at_most_30_lines_of_code(int number)
    {
        // when
        var lines = Samples[number].Program.Split('\n').Where(static line => line.Any(char.IsLetterOrDigit) &&
            !line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("//", StringComparison.Ordinal));

        // then: imports, comments and braces aside
        Assert.InRange(lines.Count(), 1, LongestProgram);
    }

    [GeneratedRegex("```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample { get; }
}
