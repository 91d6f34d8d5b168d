using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class PastDocsTests
{
    private static readonly (string Program, string Output)[] Samples =
        [.. Sample.Matches(File.ReadAllText(Repository.At("docs/past.md")).ReplaceLineEndings("\n"))
            .Select(static match => (match.Groups[1].Value, match.Groups[2].Value))];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Samples.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void A_sample_prints_what_the_page_says(int number)
    {
        // when
        var output = CompiledProgram.Run($"past-{number}.cs", Samples[number].Program);

        // then
        Assert.Equal(Samples[number].Output, output);
    }

    [GeneratedRegex("```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample { get; }
}
