namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public class ReadmeTests
{
    [Theory, InlineData("README.md"), InlineData("docs/graph.md"), InlineData("docs/models.md"), InlineData("docs/text.md"), InlineData("docs/tables.md"),
        InlineData("docs/package-readme.md"), InlineData("docs/publishing.md")]
    public void Every_program_in_a_document_compiles_and_runs(string document)
    {
        // given
        var blocks = Blocks(document, "csharp");
        Assert.NotEmpty(blocks);
        var before = Environment.CurrentDirectory;
        var folder = Directory.CreateTempSubdirectory("gradus-tests-");

        try
        {
            // A program may save what it made.
            Environment.CurrentDirectory = folder.FullName;

            // when, then: each fails by itself if it does not
            for (var index = 0; index < blocks.Count; index++)
            {
                CompiledProgram.Run($"{Path.GetFileNameWithoutExtension(document)}-{index + 1}.cs", blocks[index]);
            }
        }
        finally
        {
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_first_two_commands_of_the_readme_run_and_test()
    {
        // when
        var commands = Blocks("README.md", "sh")
            .SelectMany(static block => block.Split('\n')).Where(static line => line.Length > 0 && line[0] != '#').Take(2).ToArray();

        // then
        Assert.Collection(commands, static run => Assert.StartsWith("dotnet run ", run), static test => Assert.StartsWith("dotnet test", test));
    }

    /// <summary>The code blocks of a language in a document, in order.</summary>
    private static List<string> Blocks(string document, string language)
    {
        var blocks = new List<string>();
        List<string>? open = null;
        foreach (var line in File.ReadLines(Repository.At(document)))
        {
            if (line == "```" + language)
            {
                open = [];
            }
            else if (open is not null && line == "```")
            {
                blocks.Add(string.Join('\n', open));
                open = null;
            }
            else
            {
                open?.Add(line);
            }
        }

        return blocks;
    }
}
