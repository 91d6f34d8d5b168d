using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

/// <summary>The app of docs/in-your-app.md, from a CSV file to an answer.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed partial class InYourAppDocsTests : IDisposable
{
    private const int MostLines = 15;

    // What a project of `dotnet new web` has without saying it.
    private const string WebUsings = "using Microsoft.AspNetCore.Builder;\nusing Microsoft.Extensions.DependencyInjection;\n";

    private static readonly string Page = File.ReadAllText(Repository.At("docs/in-your-app.md")).ReplaceLineEndings("\n");

    private readonly string _before = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradus-app-");

    public InYourAppDocsTests() => Environment.CurrentDirectory = _folder.FullName;

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void The_program_answers_what_the_page_says()
    {
        // given
        var found = Sample.Match(Page);
        var (program, body, expected) = (found.Groups["program"].Value, found.Groups["body"].Value, found.Groups["answer"].Value);
        WriteHouses("houses.csv");
        // The program as it stands, but that it is asked once and ends.
        var asked = program.Replace("app.Run();\n", $"""
            await app.StartAsync();
            using var client = new HttpClient();
            client.BaseAddress = new Uri(app.Urls.First());
            var reply = await client.PostAsync("price", new StringContent({Literal(body)}, System.Text.Encoding.UTF8, "application/json"));
            Console.WriteLine(await reply.Content.ReadAsStringAsync());
            await app.StopAsync();

            """, StringComparison.Ordinal);

        // when
        var output = CompiledProgram.Run("in-your-app.cs", WebUsings + asked, "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None");

        // then
        if (output != expected && Environment.GetEnvironmentVariable("GRADUS_UPDATE") == "1")
            File.WriteAllText(Repository.At("docs/in-your-app.md"), Page.Replace(expected, output, StringComparison.Ordinal));
        Assert.Equal(expected, output);
    }

    [Fact]
    public void The_program_has_under_15_lines_of_code()
    {
        // when
        var lines = Sample.Match(Page).Groups["program"].Value.Split('\n')
            .Where(static line => line.Any(char.IsLetterOrDigit) && !line.StartsWith("using ", StringComparison.Ordinal));

        // then: imports and braces aside
        Assert.InRange(lines.Count(), 1, MostLines - 1);
    }

    private static string Literal(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static void WriteHouses(string path)
    {
        var text = new StringBuilder("area,city,price\n");
        for (var row = 0; row < 400; row++)
        {
            var (area, isBonn) = (40 + (row * 37 % 120), row % 3 == 0);
            var price = (2000 * area) + (isBonn ? 50_000 : 0) + (row * 7919 % 5000) - 2500;
            text.Append(CultureInfo.InvariantCulture, $"{area},{(isBonn ? "Bonn" : "Ulm")},{price}\n");
        }

        File.WriteAllText(path, text.ToString());
    }

    [GeneratedRegex("```csharp\n(?<program>.*?)```\n\n```sh\ncurl .* -d '(?<body>.*?)'\n```\n\n```text\n(?<answer>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample { get; }
}
