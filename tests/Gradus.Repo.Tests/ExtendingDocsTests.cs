using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class ExtendingDocsTests
{
    private const int LongestSample = 25;

    private static readonly (string Program, string Output)[] Samples =
        [.. Sample.Matches(File.ReadAllText(Repository.At("docs/extending.md")).ReplaceLineEndings("\n"))
            .Select(static match => (match.Groups[1].Value, match.Groups[2].Value))];

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void A_sample_prints_what_the_page_says(int number)
    {
        // when
        var output = CompiledProgram.Run($"extending-{number}.cs", Samples[number].Program);

        // then
        Assert.Equal(Samples[number].Output, output);
    }

    [Fact]
    public void Each_class_of_a_sample_is_short()
    {
        // when
        var classes = Samples.SelectMany(static sample => Class.Matches(sample.Program));
        var lengths = classes.Select(static found => found.Value.Count(static character => character == '\n')).ToArray();

        // then: two of them in the sample of metrics
        Assert.Equal(6, Samples.Length);
        Assert.Equal(7, lengths.Length);
        Assert.All(lengths, static length => Assert.InRange(length, 1, LongestSample - 1));
    }

    [GeneratedRegex("```csharp\n(.*?)```\n\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample { get; }

    // From its first line to the brace that ends it.
    [GeneratedRegex(@"^sealed (class|record) [^;]*?\n\{\n.*?\n\}\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Class { get; }
}
