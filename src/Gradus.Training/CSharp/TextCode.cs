using Gradus.Nn;

namespace Gradus.Training;

/// <summary>A language model: it tells what may follow in a text, and writes on.</summary>
internal sealed class TextCode(TrainedModel model, string className) : ModelCode(model, className)
{
    private const int GoldenTokens = 5;

    private bool HasCharacters => Model.Vocabulary is not null;

    private Gpt? Gpt => Model.Network as Gpt;

    private int Vocabulary => Model.Record.Outputs;

    public override string Summary => $"{Model.Record.Model}: tells which {(HasCharacters ? "character" : "token")} follows in a text.";

    public override string Call => HasCharacters ? "Generate(\"…\", 100)" : "Generate(tokens, 100)";

    /// <summary>The parameters of the pass over tokens.</summary>
    public const string Parameters = "ReadOnlySpan<int> tokens, int first, bool isContinued";

    public override void Write(CodeText code)
    {
        Network.Uses.Add("Sums");
        IReadOnlyList<Value> states = [];
        Value logits;
        if (Gpt is { } gpt)
        {
            var (layers, heads) = Sizes();
            Network.Body.Line("var count = tokens.Length;");
            logits = Network.ForwardGpt(gpt, layers, heads);
        }
        else
        {
            (logits, states) = Model.Network switch
            {
                RecurrentLanguageModel<Lstm> network => Network.ForwardRecurrent(network.Encoder, network.Rnn, network.Decoder),
                RecurrentLanguageModel<Gru> network => Network.ForwardRecurrent(network.Encoder, network.Rnn, network.Decoder),
                _ => throw new GradusException($"csharp: '{Model.Record.Model}' is no language model that is known."),
            };
        }

        WriteNext(code);
        WriteGenerate(code);
        if (HasCharacters) WriteCharacters(code);
        code.Line();
        WriteSelfTest(code, static sample => CodeText.Of($"NextTokenProbabilities(Pattern({sample}))"), Expected);
        code.Line();
        code.Open("private static int[] Pattern(int sample)");
        code.Line(CodeText.Of($"var tokens = new int[Math.Min({GoldenTokens} * (sample + 1), Context)];"));
        code.Line(CodeText.Of($"for (var index = 0; index < tokens.Length; index++) tokens[index] = ((index * 7) + sample) % {Vocabulary};"));
        code.Line("return tokens;");
        code.Close();
        code.Line();
        WriteReading(code, logits, states);
    }

    private void WriteNext(CodeText code)
    {
        code.Summary("The number of tokens that are looked at: no longer text can be given.");
        code.Line(CodeText.Of($"public const int Context = {Model.Record.InputShape[0]};"));
        code.Line();
        code.Summary("The probability of each token to come next.");
        code.Line("/// <param name=\"tokens\">The tokens before it, from 1 to <see cref=\"Context\"/>.</param>");
        code.Line("/// <exception cref=\"ArgumentException\">There are more or fewer, or one is not known.</exception>");
        code.Open("public float[] NextTokenProbabilities(ReadOnlySpan<int> tokens)");
        code.Line("if (tokens.Length > Context) throw new ArgumentException($\"Got {tokens.Length} tokens, expected at most {Context}.\", nameof(tokens));");
        code.Line("Require(tokens);");
        code.Line("Restart();");
        code.Line("Forward(tokens, 0, false);");
        code.Line("return Finish();");
        code.Close();
        code.Line();
    }

    private void WriteGenerate(CodeText code)
    {
        code.Summary("Writes on, each time with the most probable token.");
        code.Line("/// <param name=\"prompt\">The tokens to begin with, at least one.</param>");
        code.Line("/// <param name=\"count\">How many tokens are written.</param>");
        code.Line("/// <exception cref=\"ArgumentException\">There is no token to begin with, or one is not known.</exception>");
        code.Open("public int[] Generate(ReadOnlySpan<int> prompt, int count)");
        code.Line("Require(prompt);");
        code.Line("ArgumentOutOfRangeException.ThrowIfNegative(count);");
        code.Line("Restart();");
        code.Line("var written = new int[count];");
        code.Line("for (var index = 0; index < count; index++)");
        code.Open("");
        code.Line("Read(index == 0 ? prompt : written.AsSpan(index - 1, 1));");
        code.Line("var probabilities = Finish();");
        code.Line("for (var token = 1; token < probabilities.Length; token++)");
        code.Line("    written[index] = probabilities[token] > probabilities[written[index]] ? token : written[index];");
        code.Close();
        code.Line();
        code.Line("return written;");
        code.Close();
        code.Line();
    }

    private void WriteCharacters(CodeText code)
    {
        code.Summary("The characters, in the order of their tokens.");
        var characters = string.Join(", ", Model.Vocabulary!.Characters.Select(Identifiers.Text));
        code.Line($"public static IReadOnlyList<string> Characters {{ get; }} = new string[] {{ {characters} }};");
        code.Line();
        code.Summary("The tokens of a text.");
        code.Line("/// <exception cref=\"ArgumentException\">A character is not known.</exception>");
        code.Open("public static int[] Encode(string text)");
        code.Line("ArgumentNullException.ThrowIfNull(text);");
        code.Line("var tokens = new List<int>(text.Length);");
        code.Open("foreach (var rune in text.EnumerateRunes())");
        code.Line("tokens.Add(Numbers.TryGetValue(rune.ToString(), out var token)");
        code.Line("    ? token");
        code.Line("    : throw new ArgumentException($\"The character '{rune}' is not among those that are known.\", nameof(text)));");
        code.Close();
        code.Line();
        code.Line("return tokens.ToArray();");
        code.Close();
        code.Line();
        code.Summary("The probability of each character to come next.");
        code.Line("/// <exception cref=\"ArgumentException\">The text is empty or too long, or a character is not known.</exception>");
        code.Line("public float[] NextTokenProbabilities(string text) => NextTokenProbabilities(Encode(text));");
        code.Line();
        code.Summary("Writes a text on, each time with the most probable character.");
        code.Line("/// <exception cref=\"ArgumentException\">The prompt is empty, or a character is not known.</exception>");
        code.Open("public string Generate(string prompt, int count)");
        code.Line("var text = new System.Text.StringBuilder();");
        code.Line("foreach (var token in Generate(Encode(prompt), count)) text.Append(Characters[token]);");
        code.Line("return text.ToString();");
        code.Close();
        code.Line();
        code.Line("private static readonly Dictionary<string, int> Numbers = MakeNumbers();");
        code.Line();
        code.Open("private static Dictionary<string, int> MakeNumbers()");
        code.Line("var numbers = new Dictionary<string, int>(StringComparer.Ordinal);");
        code.Line("foreach (var character in Characters) numbers.Add(character, numbers.Count);");
        code.Line("return numbers;");
        code.Close();
    }

    private void WriteReading(CodeText code, Value logits, IReadOnlyList<Value> states)
    {
        code.Open("private static void Require(ReadOnlySpan<int> tokens)");
        code.Line("if (tokens.Length == 0) throw new ArgumentException(\"Got no token, expected at least one.\", nameof(tokens));");
        code.Open("foreach (var token in tokens)");
        code.Line(CodeText.Of($"if ((uint)token < {Vocabulary}) continue;"));
        code.Line(CodeText.Of($"throw new ArgumentException($\"There is no token {{token}}: they go from 0 to {Vocabulary - 1}.\", nameof(tokens));"));
        code.Close();
        code.Close();
        code.Line();
        if (Gpt is null)
        {
            code.Open("private void Restart()");
            foreach (var state in states) code.Line($"{state.Code}.Clear();");
            code.Close();
            code.Line();
            code.Line("private void Read(ReadOnlySpan<int> tokens) => Forward(tokens, 0, true);");
        }
        else
        {
            code.Line("// The tokens of the context that have been read.");
            code.Line("private readonly List<int> _read = new();");
            code.Line();
            code.Line("private void Restart() => _read.Clear();");
            code.Line();
            code.Line("// After a full context it begins anew with the later half of it.");
            code.Open("private void Read(ReadOnlySpan<int> tokens)");
            code.Line("var first = _read.Count;");
            code.Line("foreach (var token in tokens) _read.Add(token);");
            code.Open("if (_read.Count <= Context)");
            code.Line("Forward(tokens, first, true);");
            code.Line("return;");
            code.Close();
            code.Line();
            code.Line("_read.RemoveRange(0, _read.Count - ((Context + 1) / 2));");
            code.Line("Forward(_read.ToArray(), 0, true);");
            code.Close();
        }

        code.Line();
        code.Open("private float[] Finish()");
        code.Line(CodeText.Of($"var probabilities = Buffer({logits.At}, {logits.Columns}).ToArray();"));
        code.Line("Sums.Softmax(probabilities);");
        code.Line("return probabilities;");
        code.Close();
    }

    private float[] Expected(int sample)
    {
        var length = Math.Min(GoldenTokens * (sample + 1), Model.Record.InputShape[0]);
        var tokens = Enumerable.Range(0, length).Select(index => ((index * 7L) + sample) % Vocabulary).ToArray();
        return Ask(Tensor.From(tokens, [1, length]))[^Vocabulary..];
    }

    /// <summary>The blocks and heads, as the model's word has them: <c>gpt:4,4,128,64</c>.</summary>
    private (int Layers, int Heads) Sizes() => ModelSpec.Parse(Model.Record.Model) is GptSpec spec ? (spec.Layers, spec.Heads) : default;
}
