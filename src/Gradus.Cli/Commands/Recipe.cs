using System.CommandLine;
using System.Text.Json;

namespace Gradus.Cli.Commands;

/// <summary>
/// The recipe of a run, run.json: the options of <c>gradus train</c> with all defaults resolved, each under its flag's name. It is log and input.
/// </summary>
internal static class Recipe
{
    // What says nothing of the result may be given anew.
    private static readonly string[] Free =
    [
        "--threads", "--prefetch", "--heartbeat-timeout", "--out", "--overwrite", "--json", "--verbose", "--checkpoint-every", "--keep", "--history",
        "--tensorboard", "--timeline", "--resume",
    ];

    /// <summary>Whether what is given as data is the recipe of a run.</summary>
    public static bool Is(string? data) => data is not null && data.EndsWith(".json", StringComparison.Ordinal) && File.Exists(data);

    /// <summary>The command line that a recipe stands for, with what the user gives anew.</summary>
    /// <param name="command">gradus train.</param>
    /// <param name="given">What the user gives: the recipe, or the run that has it.</param>
    /// <param name="json">The recipe.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="UsageException">The user gives an option that the recipe has.</exception>
    /// <exception cref="InvalidDataException">It is no recipe.</exception>
    public static ParseResult Read(Command command, ParseResult given, string json, string name)
    {
        var words = new List<string>(Words(json, name));
        foreach (var option in command.Options.Where(option => given.GetResult(option) is { Implicit: false }))
        {
            if (!Free.Contains(option.Name)) throw new UsageException($"{option.Name}: the run's own options are in {name}; leave it out.");
            if (option.Name is "--resume") continue;
            words.Add(option.Name);
            words.AddRange(given.GetResult(option)!.Tokens.Select(static token => token.Value));
        }

        var parsed = command.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0) throw new InvalidDataException($"{name}: {parsed.Errors[0].Message}");
        return parsed;
    }

    private static IEnumerable<string> Words(string json, string name)
    {
        using var document = Parse(json, name);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("data", out var data))
        {
            throw new InvalidDataException($"{name}: this is no recipe of a run: there is no \"data\" in it.");
        }

        var words = new List<string> { Text(data, name) };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Name is "data" or "gradus" or "threads") continue;
            var values = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().ToArray() : [member.Value];
            foreach (var value in values)
            {
                words.Add("--" + member.Name.Replace('_', '-'));
                if (value.ValueKind != JsonValueKind.True) words.Add(Text(value, name));
            }
        }

        return words;
    }

    private static JsonDocument Parse(string json, string name)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{name}: it cannot be read: {exception.Message}", exception);
        }
    }

    private static string Text(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new InvalidDataException($"{name}: a value is {value.ValueKind}, expected a text, a number or true."),
    };
}
