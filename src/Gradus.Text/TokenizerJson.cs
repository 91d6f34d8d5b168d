using System.Text.Json;
using Gradus.Formats;

namespace Gradus.Text;

/// <summary>
/// Reads a <c>tokenizer.json</c> of Hugging Face, which may have been made to do harm. What would change the tokens and is not known is refused.
/// </summary>
internal static class TokenizerJson
{
    public static Tokenizer Parse(ReadOnlyMemory<byte> json, string file)
    {
        using var document = JsonObject.Open(json, file);
        var root = new JsonObject(document.RootElement, file, "");
        var model = root.Object("model");
        return model.Text("type") switch
        {
            "BPE" => ByteLevel(root, model, file),
            "WordPiece" => WordPiece(root, model, file),
            var other => throw model.Wrong("type", $"'{PlainText.Quote(other)}'", "BPE (byte-level) or WordPiece"),
        };
    }

    private static ByteLevelTokenizer ByteLevel(JsonObject root, JsonObject model, string file)
    {
        RequireNothing(root, "normalizer");
        foreach (var name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model.TextOrNull(name) is { Length: > 0 } affix) throw model.Wrong(name, $"'{PlainText.Quote(affix)}'", "none, as byte-level BPE has");
        }

        foreach (var name in (string[])["byte_fallback", "ignore_merges"])
        {
            if (model.Flag(name, false)) throw model.Wrong(name, "true", "false, as byte-level BPE has");
        }

        if (model.NumberOrNull("dropout") is > 0) throw model.Wrong("dropout", "a share", "null: equal texts have equal tokens");
        var words = root.ObjectOrNull("pre_tokenizer") ?? throw root.Wrong("pre_tokenizer", "none", "ByteLevel");
        if (words.Text("type") is not "ByteLevel" and var type) throw words.Wrong("type", $"'{PlainText.Quote(type)}'", "ByteLevel, as GPT-2 has");
        if (!words.Flag("use_regex", true)) throw words.Wrong("use_regex", "false", "true, as GPT-2 has");
        var table = TokenTable.Of(Vocabulary(model), SpecialTokens(root), file);
        return ByteLevelTokenizer.Create(table, Merges(model), Frame(root, table), words.Flag("add_prefix_space", true), file);
    }

    private static BertWordPieceTokenizer WordPiece(JsonObject root, JsonObject model, string file)
    {
        if (model.TextOrNull("continuing_subword_prefix") is { } prefix && prefix != BertWordPieceTokenizer.Continuation)
        {
            throw model.Wrong("continuing_subword_prefix", $"'{PlainText.Quote(prefix)}'", BertWordPieceTokenizer.Continuation);
        }

        var words = root.ObjectOrNull("pre_tokenizer") ?? throw root.Wrong("pre_tokenizer", "none", "BertPreTokenizer");
        if (words.Text("type") is not "BertPreTokenizer" and var type) throw words.Wrong("type", $"'{PlainText.Quote(type)}'", "BertPreTokenizer");
        var normalizer = root.ObjectOrNull("normalizer") ?? throw root.Wrong("normalizer", "none", "BertNormalizer");
        if (normalizer.Text("type") is not "BertNormalizer" and var kind) throw normalizer.Wrong("type", $"'{PlainText.Quote(kind)}'", "BertNormalizer");
        if (!normalizer.Flag("clean_text", true)) throw normalizer.Wrong("clean_text", "false", "true");
        var lowerCase = normalizer.Flag("lowercase", true);
        var table = TokenTable.Of(Vocabulary(model), SpecialTokens(root), file);
        return BertWordPieceTokenizer.Create(table, Frame(root, table), new WordPieceRules
        {
            LowerCase = lowerCase,
            StripAccents = normalizer.Flag("strip_accents", lowerCase),
            SplitChinese = normalizer.Flag("handle_chinese_chars", true),
            LongestWord = model.Whole("max_input_chars_per_word", 100, 1 << 16),
            Unknown = model.TextOrNull("unk_token") ?? "[UNK]",
        }, file);
    }

    private static Dictionary<string, int> Vocabulary(JsonObject model)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (token, number) in model.Object("vocab").Numbers())
        {
            if (!vocabulary.TryAdd(token, number)) throw model.Wrong("vocab", $"the token '{PlainText.Quote(token)}' twice", "each once");
            if (vocabulary.Count > TokenTable.MostTokens) throw model.Wrong("vocab", "more tokens", $"at most {TokenTable.MostTokens}");
        }

        return vocabulary;
    }

    private static List<(string Left, string Right)> Merges(JsonObject model)
    {
        var merges = new List<(string, string)>();
        foreach (var merge in model.Items("merges"))
        {
            // Two texts, or in older files one with a space between them.
            string[] pair = merge.ValueKind == JsonValueKind.Array
                ? [.. merge.EnumerateArray().Take(3).Select(part => model.TextOf("merges", part) ?? "")]
                : model.TextOf("merges", merge)?.Split(' ') ?? [];
            if (pair is not [{ Length: > 0 } left, { Length: > 0 } right])
            {
                throw model.Wrong("merges", $"{PlainText.Quote(merge.GetRawText())} as number {merges.Count}", "two tokens");
            }

            merges.Add((left, right));
        }

        return merges;
    }

    private static Dictionary<string, int> SpecialTokens(JsonObject root)
    {
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in root.Objects("added_tokens"))
        {
            var content = token.Text("content");
            foreach (var name in (string[])["single_word", "lstrip", "rstrip"])
            {
                if (token.Flag(name, false)) throw token.Wrong(name, $"true for '{PlainText.Quote(content)}'", "false");
            }

            if (content.Length == 0 || !tokens.TryAdd(content, token.Whole("id", null, TokenTable.MostTokens)))
            {
                throw root.Wrong("added_tokens", $"'{PlainText.Quote(content)}'", "texts, each once");
            }
        }

        return tokens;
    }

    /// <summary>What the post-processors put around a text.</summary>
    private static SpecialFrame Frame(JsonObject root, TokenTable table)
    {
        if (root.ObjectOrNull("post_processor") is not { } outer) return SpecialFrame.None;
        var frame = SpecialFrame.None;
        foreach (var processor in outer.Text("type") == "Sequence" ? outer.Objects("processors") : [outer])
        {
            switch (processor.Text("type"))
            {
                case "ByteLevel":
                    break;
                case "BertProcessing" or "RobertaProcessing":
                    frame = new SpecialFrame([Number(processor, "cls")], [Number(processor, "sep")]);
                    break;
                case "TemplateProcessing":
                    frame = Template(processor, table);
                    break;
                case var other:
                    throw processor.Wrong("type", $"'{PlainText.Quote(other)}'", "ByteLevel, BertProcessing, RobertaProcessing or TemplateProcessing");
            }
        }

        return frame;

        int Number(JsonObject processor, string name) =>
            processor.Items(name) is [var first, ..] && processor.TextOf(name, first) is { } token && table.TryGetNumber(token, out var number)
                ? number : throw processor.Wrong(name, "no such token", "a special token and its number");
    }

    private static SpecialFrame Template(JsonObject processor, TokenTable table)
    {
        List<int> before = [], after = [];
        var isBehind = false;
        foreach (var part in processor.Objects("single"))
        {
            if (part.ObjectOrNull("SpecialToken") is { } special)
            {
                var name = special.Text("id");
                if (!table.TryGetNumber(name, out var number)) throw special.Wrong("id", $"'{PlainText.Quote(name)}'", "one of the tokens");
                (isBehind ? after : before).Add(number);
            }
            else if (!isBehind && part.ObjectOrNull("Sequence") is not null) isBehind = true;
            else throw processor.Wrong("single", "another template", "special tokens and one text");
        }

        return isBehind ? new SpecialFrame(before, after) : throw processor.Wrong("single", "a template without a text", "special tokens and one text");
    }

    private static void RequireNothing(JsonObject root, string name)
    {
        if (root.ObjectOrNull(name) is { } found) throw root.Wrong(name, $"'{PlainText.Quote(found.Text("type"))}'", "null, as GPT-2 has");
    }
}
