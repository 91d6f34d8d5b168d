using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Gradus.Text.Tests;

/// <summary>GPT-2's vocabulary, from the ranks that come with Microsoft.ML.Tokenizers, as the two files in which Hugging Face has it.</summary>
public sealed class Gpt2Files
{
    private const string EndOfText = "<|endoftext|>";

    public Gpt2Files()
    {
        using var folder = new TemporaryFolder();
        Write(folder);
        Tokenizer = Tokenizer.Read(folder.Path);
    }

    /// <summary>What is read from the files.</summary>
    public Tokenizer Tokenizer { get; }

    private static void Write(TemporaryFolder folder)
    {
        // Tokens as Latin-1 texts: a character for a byte.
        var ranks = ReadRanks();
        var vocabulary = ranks.ToDictionary(static entry => Letters(entry.Key), static entry => entry.Value);
        vocabulary.Add(EndOfText, ranks.Count);
        folder.Write("vocab.json", "{" + string.Join(", ", vocabulary.Select(static entry => $"{JsonSerializer.Serialize(entry.Key)}: {entry.Value}")) + "}");
        var merges = ranks.Where(static entry => entry.Key.Length > 1).OrderBy(static entry => entry.Value)
            .Select(entry => Merge(entry.Key, entry.Value, ranks));
        folder.Write("merges.txt", "#version: 0.2\n" + string.Join('\n', merges) + "\n");
    }

    private static Dictionary<string, int> ReadRanks()
    {
        var data = Assembly.Load("Microsoft.ML.Tokenizers.Data.R50kBase");
        using var packed = data.GetManifestResourceStream("r50k_base.tiktoken.deflate")!;
        using var lines = new StreamReader(new DeflateStream(packed, CompressionMode.Decompress));
        var ranks = new Dictionary<string, int>();
        // The first line says how many there are; the rank of a token is then its line.
        for (var line = lines.ReadLine(); (line = lines.ReadLine()) is not null;)
        {
            if (line.Length > 0) ranks.Add(Encoding.Latin1.GetString(Convert.FromBase64String(line)), ranks.Count);
        }

        return ranks;
    }

    /// <summary>The pair that gave a token: what is left of its bytes when all earlier pairs are merged.</summary>
    private static string Merge(string token, int rank, Dictionary<string, int> ranks)
    {
        var parts = token.Select(static letter => letter.ToString()).ToList();
        while (parts.Count > 2)
        {
            var best = Enumerable.Range(0, parts.Count - 1)
                .MinBy(at => ranks.TryGetValue(parts[at] + parts[at + 1], out var other) && other < rank ? other : int.MaxValue);
            parts[best] += parts[best + 1];
            parts.RemoveAt(best + 1);
        }

        return $"{Letters(parts[0])} {Letters(parts[1])}";
    }

    private static string Letters(string bytes) => ByteAlphabet.TextOf(Encoding.Latin1.GetBytes(bytes));
}
