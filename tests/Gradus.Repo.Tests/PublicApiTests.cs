using System.Reflection;

namespace Gradus.Repo.Tests;

public class PublicApiTests
{
    [Theory]
    [InlineData("Gradus")]
    [InlineData("Gradus.Nn")]
    [InlineData("Gradus.Data")]
    [InlineData("Gradus.Data.Parquet")]
    [InlineData("Gradus.Formats")]
    [InlineData("Gradus.Graphs")]
    [InlineData("Gradus.Onnx")]
    [InlineData("Gradus.Text")]
    [InlineData("Gradus.Training")]
    [InlineData("Gradus.Reports")]
    [InlineData("Gradus.Distributed")]
    [InlineData("Gradus.Extensions")]
    [InlineData("Gradus.Serving")]
    public void What_is_public_is_what_was_reviewed(string name)
    {
        // given
        var file = Repository.At($"docs/api/{name}.txt");
        var reviewed = File.Exists(file) ? File.ReadAllLines(file) : [];

        // when
        var lines = PublicApi.Lines(Assembly.Load(name));

        // then
        if (lines.SequenceEqual(reviewed)) return;
        if (Environment.GetEnvironmentVariable("GRADUS_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, string.Concat(lines.Select(static line => line + "\n")));
            return;
        }

        var (before, now) = (Places(reviewed), Places(lines));
        var difference = before.Except(now).Select(static line => "- " + line)
            .Concat(now.Except(before).Select(static line => "+ " + line)).OrderBy(static line => line[2..], StringComparer.Ordinal);
        Assert.Fail($"The public API of {name} is not that of docs/api/{name}.txt. If the change is meant, run the test again with GRADUS_UPDATE=1 and " +
            $"review the file.\n{string.Join('\n', difference)}");
    }

    /// <summary>Each member with its type before it, so that a difference says where it belongs.</summary>
    private static string[] Places(string[] lines)
    {
        var places = new string[lines.Length];
        var type = "";
        for (var index = 0; index < lines.Length; index++)
        {
            if (!lines[index].StartsWith(' ')) type = lines[index].Split(" : ")[0].Split(' ', 2)[^1];
            places[index] = lines[index].StartsWith(' ') ? $"{type}: {lines[index].Trim()}" : lines[index];
        }

        return places;
    }
}
