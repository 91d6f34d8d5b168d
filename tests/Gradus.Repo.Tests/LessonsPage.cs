using System.Text.RegularExpressions;
using Gradus.Graphs;

namespace Gradus.Repo.Tests;

/// <summary>docs/lessons.md as data: of each lesson, and of each of its exercises, the expression of its link and the numbers in bold.</summary>
/// <remarks>
/// Behind the words stands a comment that says what the numbers in bold are, in their order: <c>&lt;!-- answer: y = 9 | d x = 6 --&gt;</c>, of a lesson
/// <c>shows</c> in place of <c>answer</c>; <c>d x</c> is the gradient of x.
/// </remarks>
internal static partial class LessonsPage
{
    public static string Text { get; } = File.ReadAllText(Repository.At("docs/lessons.md")).ReplaceLineEndings("\n");

    /// <summary>The sections that run a lesson, in their order.</summary>
    public static Lesson[] Lessons { get; } = [.. Text.Split("\n## ").Skip(1).Select(Read)];

    /// <summary>The value of a name in the query of an address, as a browser reads it.</summary>
    public static string InAddress(string query, string name) => query.Split('&')
        .Where(part => part.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(part => Uri.UnescapeDataString(part[(name.Length + 1)..].Replace('+', ' '))).Single();

    private static Lesson Read(string section)
    {
        var parts = section.Split("<details>");
        return new(Command.Match(section).Groups[1].Value, QuestionOf(parts[0]), [.. parts.Skip(1).Select(QuestionOf)]);
    }

    private static Question QuestionOf(string text)
    {
        var query = Link.Match(text).Groups[1].Value;
        var told = Told.Match(text);
        if (query.Length == 0 || !told.Success)
        {
            throw new InvalidDataException($"docs/lessons.md: no link to an expression in the studio, or no comment with its numbers, in:\n{text}");
        }

        return new(
            InAddress(query, "e"), InAddress(query, "at"),
            [.. told.Groups[1].Value.Split(" | ").Select(static part => part.Split(" = ")).Select(static part => (part[0], part[1]))],
            [.. Bold.Matches(text).Select(static match => Spaces.Replace(match.Groups[1].Value.Replace('−', '-'), " "))],
            [.. Drawn.Matches(text).Select(static match => match.Groups[1].Value)]);
    }

    [GeneratedRegex(@"^dotnet run samples/lessons/(\S+)\.cs$", RegexOptions.Multiline)]
    private static partial Regex Command { get; }

    [GeneratedRegex(@"\]\((lessons/\S+\.svg)\)")]
    private static partial Regex Drawn { get; }

    [GeneratedRegex(@"\]\(studio\.html#/graph\?(\S+)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex("<!-- (?:shows|answer): (.*) -->")]
    private static partial Regex Told { get; }

    [GeneratedRegex(@"\*\*([−\d[][−\d\s.,[\]]*)\*\*")]
    private static partial Regex Bold { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }

    /// <summary>A lesson: its program without .cs, what its link shows, and its exercises.</summary>
    internal sealed record Lesson(string Program, Question Shown, Question[] Exercises)
    {
        public IEnumerable<Question> Questions => Exercises.Prepend(Shown);
    }

    /// <summary>An expression at values, the names asked for with their numbers, the numbers in bold that tell them, and the pictures of its graph.</summary>
    internal sealed record Question(string Expression, string At, (string Name, string Number)[] Answers, string[] Bold, string[] Pictures)
    {
        public GraphModel Evaluate() => Gradus.Graphs.Expression.Parse(Expression).Evaluate(Gradus.Graphs.Expression.ParseValues(At));
    }
}
