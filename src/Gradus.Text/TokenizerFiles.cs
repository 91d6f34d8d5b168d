using Gradus.Formats;

namespace Gradus.Text;

/// <summary>Finds the files of a tokenizer, and reads those that are no <c>tokenizer.json</c>.</summary>
internal static class TokenizerFiles
{
    // The largest tokenizer in use has 34 MB.
    private const long LongestFile = 1 << 26;

    private const string Whole = "tokenizer.json";
    private const string Vocabulary = "vocab.json";
    private const string Merges = "merges.txt";
    private const string Words = "vocab.txt";
    private const string Config = "tokenizer_config.json";
    private const string EndOfText = "<|endoftext|>";

    private static readonly string[] BertTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    public static Tokenizer Read(string path)
    {
        if (!Directory.Exists(path))
        {
            return Path.GetExtension(path) == ".txt" ? ReadWords(path)
                : Path.GetFileName(path) == Vocabulary ? ReadPairs(path)
                : TokenizerJson.Parse(Bytes(path), path);
        }

        var found = Array.Find([Whole, Vocabulary, Words], name => File.Exists(Path.Combine(path, name)))
            ?? throw new InvalidDataException($"{path}: there is no tokenizer in this folder; expected {Whole}, {Vocabulary} with {Merges}, or {Words}.");
        return Read(Path.Combine(path, found));
    }

    /// <summary>GPT-2's two files.</summary>
    private static ByteLevelTokenizer ReadPairs(string path)
    {
        using var document = JsonObject.Open(Bytes(path), path);
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (token, number) in new JsonObject(document.RootElement, path, "").Numbers())
        {
            if (!vocabulary.TryAdd(token, number)) throw new InvalidDataException($"{path}: token '{PlainText.Quote(token)}' is given twice.");
        }

        var special = new Dictionary<string, int>(StringComparer.Ordinal);
        if (vocabulary.TryGetValue(EndOfText, out var end)) special.Add(EndOfText, end);
        var other = Path.Combine(Path.GetDirectoryName(path)!, Merges);
        if (!File.Exists(other)) throw new FileNotFoundException($"{other}: there is no such file; {Vocabulary} needs its merges beside it.", other);
        var merges = new List<(string, string)>();
        var lines = Lines(other);
        for (var line = 0; line < lines.Length; line++)
        {
            if (lines[line].Length == 0 || (line == 0 && lines[line].StartsWith("#version", StringComparison.Ordinal))) continue;
            merges.Add(lines[line].Split(' ') is [{ Length: > 0 } left, { Length: > 0 } right]
                ? (left, right)
                : throw new InvalidDataException(
                    $"{other}: line {line + 1}: got '{PlainText.Quote(lines[line])}'; expected two tokens and a space between them."));
        }

        return ByteLevelTokenizer.Create(TokenTable.Of(vocabulary, special, path), merges, SpecialFrame.None, addsPrefixSpace: false, path);
    }

    /// <summary>BERT's file: a token a line.</summary>
    private static BertWordPieceTokenizer ReadWords(string path)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        var lines = Lines(path);
        for (var line = 0; line < lines.Length; line++)
        {
            if (line == lines.Length - 1 && lines[line].Length == 0) break;
            if (vocabulary.TryAdd(lines[line], line)) continue;
            throw new InvalidDataException($"{path}: line {line + 1}: token '{PlainText.Quote(lines[line])}' is given twice.");
        }

        var special = BertTokens.Where(vocabulary.ContainsKey).ToDictionary(static token => token, token => vocabulary[token]);
        var frame = special.TryGetValue("[CLS]", out var first) && special.TryGetValue("[SEP]", out var last)
            ? new SpecialFrame([first], [last])
            : SpecialFrame.None;
        return BertWordPieceTokenizer.Create(TokenTable.Of(vocabulary, special, path), frame, RulesBeside(path), path);
    }

    private static WordPieceRules RulesBeside(string path)
    {
        var other = Path.Combine(Path.GetDirectoryName(path)!, Config);
        if (!File.Exists(other)) return new WordPieceRules();
        using var document = JsonObject.Open(Bytes(other), other);
        var config = new JsonObject(document.RootElement, other, "");
        var lowerCase = config.Flag("do_lower_case", true);
        return new WordPieceRules
        {
            LowerCase = lowerCase,
            StripAccents = config.Flag("strip_accents", lowerCase),
            SplitChinese = config.Flag("tokenize_chinese_chars", true),
        };
    }

    private static string[] Lines(string path)
    {
        try
        {
            return StrictUtf8.Encoding.GetString(Bytes(path)).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{path}: it is not UTF-8.", exception);
        }
    }

    private static byte[] Bytes(string path)
    {
        using var stream = InputFile.Open(path);
        if (stream.Length > LongestFile)
        {
            throw new InvalidDataException($"{path}: {stream.Length} bytes are too many for a tokenizer; expected at most {LongestFile}.");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
