using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gradus.Graphs;
using Gradus.Studio;

namespace Gradus.Repo.Tests;

public partial class LessonsPageTests
{
    // A number with fewer decimals is meant as it stands.
    private const int RoundedFrom = 4;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, LessonsPage.Lessons.Length)];

    [Fact]
    public void Every_lesson_stands_on_the_page_in_order_with_three_exercises()
    {
        // when
        var programs = LessonsPage.Lessons.Select(static lesson => lesson.Program);

        // then
        Assert.Equal(LessonsTests.Names.Select(static row => row.Data), programs);
        Assert.All(LessonsPage.Lessons, static lesson => Assert.Equal(3, lesson.Exercises.Length));
    }

    [Theory, MemberData(nameof(Numbers))]
    public void The_numbers_in_bold_are_what_the_engine_computes(int number)
    {
        // when
        var faults = LessonsPage.Lessons[number - 1].Questions.SelectMany(Faults);

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void The_pictures_are_the_graphs_that_the_links_open()
    {
        // given
        var drawn = LessonsPage.Lessons.SelectMany(static lesson => lesson.Questions)
            .SelectMany(static question => question.Pictures.Select(picture => (Picture: picture, Question: question))).ToArray();

        // when
        var faults = drawn.Where(static of =>
        {
            var file = Repository.At($"docs/{of.Picture}");
            var svg = SvgWriter.Write(of.Question.Evaluate());
            if (Environment.GetEnvironmentVariable("GRADUS_UPDATE") == "1") File.WriteAllText(file, svg);
            return !File.Exists(file) || File.ReadAllText(file) != svg;
        }).Select(static of =>
            $"docs/{of.Picture} is not what is drawn now. If the change is meant, run the test again with GRADUS_UPDATE=1 and look at the file.");

        // then
        Repository.AssertNone(faults);
        Assert.Equal(
            drawn.Select(static of => Path.GetFileName(of.Picture)).Order(StringComparer.Ordinal),
            Directory.GetFiles(Repository.At("docs/lessons")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_files_that_the_page_links_to_are_there()
    {
        // when: but for the studio, which is made and not committed, and for the pictures that the test above holds
        var missing = Target.Matches(LessonsPage.Text).Select(static match => match.Groups[1].Value)
            .Where(static target => target is not "" and not "studio.html" && !target.StartsWith("lessons/", StringComparison.Ordinal)
                && !File.Exists(Repository.At($"docs/{target}")));

        // then
        Assert.Empty(missing);
    }

    [Fact]
    public void The_links_into_the_playground_are_settings_that_it_takes()
    {
        // given: what the page calls each setting in an address
        var names = Setting.Matches(File.ReadAllText(Repository.At("src/Gradus.Studio/Page/link.js")))
            .ToDictionary(static match => match.Groups[2].Value, static match => (Name: match.Groups[1].Value, IsText: match.Groups[3].Length > 0));
        var links = Playground.Matches(LessonsPage.Text).Select(static match => match.Groups[1].Value).ToArray();

        // when
        var answers = links.Select(query => new StudioEngine().Answer(JsonSerializer.Serialize(query.Split('&').Select(static part => part.Split('=')[0])
            .ToDictionary(key => names[key].Name, key => ValueOf(names[key].Name, names[key].IsText, LessonsPage.InAddress(query, key)))
            .Append(new("do", "play")).ToDictionary())));

        // then
        Assert.NotEmpty(links);
        Assert.All(answers, static answer => Assert.StartsWith("{\"points\":", answer));
    }

    private static object ValueOf(string name, bool isText, string value) => name switch
    {
        "layers" => value.Split(',').Select(static size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray(),
        "features" => value.Split(','),
        _ => isText ? value : double.Parse(value, CultureInfo.InvariantCulture),
    };

    private static IEnumerable<string> Faults(LessonsPage.Question question)
    {
        if (!question.Bold.SequenceEqual(question.Answers.Select(static answer => answer.Number)))
        {
            yield return $"{question.Expression}: in bold stands {string.Join("; ", question.Bold)}, "
                + $"and the comment has {string.Join("; ", question.Answers.Select(static answer => answer.Number))}.";
        }

        var graph = question.Evaluate();
        foreach (var (name, number) in question.Answers)
        {
            var computed = name.StartsWith("d ", StringComparison.Ordinal) ? graph[name[2..]].Gradient : graph[name].Value;
            var said = Expression.ParseValues($"said={number}")["said"];
            if (computed is null || !Agree(computed, said, number))
            {
                yield return $"{question.Expression} at {question.At}: {name} is {computed?.ToString("F6") ?? "nothing"}, and the page says {number}.";
            }
        }
    }

    private static bool Agree(Tensor computed, Tensor said, string number)
    {
        if (computed.Shape != said.Shape) return false;
        var decimals = Decimals.Matches(number).Select(static match => match.Length - 1).DefaultIfEmpty(0).Max();
        var tolerance = decimals < RoundedFrom ? 1e-9 : 0.500001 * Math.Pow(10, -decimals);
        return (computed - said).Abs().Max().Item() <= tolerance;
    }

    [GeneratedRegex(@"\.\d+")]
    private static partial Regex Decimals { get; }

    [GeneratedRegex(@"\]\(([^)#]*)")]
    private static partial Regex Target { get; }

    [GeneratedRegex(@"\]\(studio\.html#/play\?(\S+)\)")]
    private static partial Regex Playground { get; }

    [GeneratedRegex(@"(\w+): \[""(\w+)"", (""?)")]
    private static partial Regex Setting { get; }
}
