using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gradus.Text;

/// <summary>Writes a <c>tokenizer.json</c>, as Hugging Face reads it.</summary>
internal static class TokenizerJsonWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ByteLevelTokenizer tokenizer) => Write(tokenizer.Table, json =>
    {
        json.WriteNull("normalizer");
        WriteByteLevel(json, "pre_tokenizer", tokenizer.AddsPrefixSpace);
        WriteFrame(json, tokenizer.Frame, tokenizer.Tokens);
        WriteByteLevel(json, "decoder", tokenizer.AddsPrefixSpace);
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        foreach (var name in (string[])["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"]) json.WriteNull(name);
        foreach (var name in (string[])["fuse_unk", "byte_fallback"]) json.WriteBoolean(name, false);
        WriteVocabulary(json, tokenizer.Table);
        json.WriteStartArray("merges");
        foreach (var (left, right) in tokenizer.Merges) json.WriteStringValue($"{left} {right}");
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static string Of(BertWordPieceTokenizer tokenizer) => Write(tokenizer.Table, json =>
    {
        json.WriteStartObject("normalizer");
        json.WriteString("type", "BertNormalizer");
        json.WriteBoolean("clean_text", true);
        json.WriteBoolean("handle_chinese_chars", tokenizer.Rules.SplitChinese);
        json.WriteBoolean("strip_accents", tokenizer.Rules.StripAccents);
        json.WriteBoolean("lowercase", tokenizer.Rules.LowerCase);
        json.WriteEndObject();
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "BertPreTokenizer");
        json.WriteEndObject();
        WriteFrame(json, tokenizer.Frame, tokenizer.Tokens);
        json.WriteStartObject("decoder");
        json.WriteString("type", "WordPiece");
        json.WriteString("prefix", BertWordPieceTokenizer.Continuation);
        json.WriteBoolean("cleanup", false);
        json.WriteEndObject();
        json.WriteStartObject("model");
        json.WriteString("type", "WordPiece");
        json.WriteString("unk_token", tokenizer.Rules.Unknown);
        json.WriteString("continuing_subword_prefix", BertWordPieceTokenizer.Continuation);
        json.WriteNumber("max_input_chars_per_word", tokenizer.Rules.LongestWord);
        WriteVocabulary(json, tokenizer.Table);
        json.WriteEndObject();
    });

    private static string Write(TokenTable table, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteNull("truncation");
            json.WriteNull("padding");
            json.WriteStartArray("added_tokens");
            foreach (var (token, number) in table.Special.OrderBy(static entry => entry.Value))
            {
                json.WriteStartObject();
                json.WriteNumber("id", number);
                json.WriteString("content", token);
                foreach (var name in (string[])["single_word", "lstrip", "rstrip", "normalized"]) json.WriteBoolean(name, false);
                json.WriteBoolean("special", true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteByteLevel(Utf8JsonWriter json, string name, bool addsPrefixSpace)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", addsPrefixSpace);
        json.WriteBoolean("trim_offsets", true);
        json.WriteBoolean("use_regex", true);
        json.WriteEndObject();
    }

    /// <summary>The special tokens around a text, as a template.</summary>
    private static void WriteFrame(Utf8JsonWriter json, SpecialFrame frame, IReadOnlyList<string> tokens)
    {
        if (frame.IsEmpty)
        {
            json.WriteNull("post_processor");
            return;
        }

        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        WriteTemplate(json, "single", frame, tokens, ["A"]);
        WriteTemplate(json, "pair", frame, tokens, ["A", "B"]);
        json.WriteStartObject("special_tokens");
        foreach (var number in frame.Before.Concat(frame.After).Distinct())
        {
            json.WriteStartObject(tokens[number]);
            json.WriteString("id", tokens[number]);
            json.WriteStartArray("ids");
            json.WriteNumberValue(number);
            json.WriteEndArray();
            json.WriteStartArray("tokens");
            json.WriteStringValue(tokens[number]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTemplate(Utf8JsonWriter json, string name, SpecialFrame frame, IReadOnlyList<string> tokens, string[] texts)
    {
        json.WriteStartArray(name);
        for (var text = 0; text < texts.Length; text++)
        {
            foreach (var number in text == 0 ? frame.Before : []) WritePart(json, "SpecialToken", tokens[number], text);
            WritePart(json, "Sequence", texts[text], text);
            foreach (var number in frame.After) WritePart(json, "SpecialToken", tokens[number], text);
        }

        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, string kind, string id, int text)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("id", id);
        json.WriteNumber("type_id", text);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteVocabulary(Utf8JsonWriter json, TokenTable table)
    {
        json.WriteStartObject("vocab");
        foreach (var (token, number) in table.Vocabulary.OrderBy(static entry => entry.Value)) json.WriteNumber(token, number);
        json.WriteEndObject();
    }
}
