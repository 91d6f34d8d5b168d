using Gradus.Nn;

namespace Gradus.Training;

// A transformer that predicts the next token. Its code reads `count` tokens from `tokens`, the first of them at place `first` of the context.
internal sealed partial class NetworkCode
{
    /// <summary>Writes the pass over some tokens.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layers">The number of its blocks.</param>
    /// <param name="heads">The heads of each.</param>
    /// <returns>The logits after the last token.</returns>
    public Value ForwardGpt(Gpt network, int layers, int heads)
    {
        Uses.UnionWith(["Attention", "Norms", "Gelu"]);
        var modules = network.NamedModules().ToDictionary(static named => named.Name, static named => named.Module, StringComparer.Ordinal);
        Linear LinearOf(string name) => (Linear)modules[name];
        LayerNorm NormOf(string name) => (LayerNorm)modules[name];
        var context = WeightStore.Rounded(network.Context);
        var (width, pitch, words) = Rows(network.Wte);
        var (_, _, places) = Rows((Embedding)modules["wpe"]);
        Value x = Padded(network.Context, width), normal = Padded(network.Context, width), attended = Padded(network.Context, width);
        Value all = Padded(network.Context, 3 * width), scores = Padded(1, network.Context);
        Body.Line("// wte + wpe");
        Body.Open("for (var row = 0; row < count; row++)");
        Body.Line(CodeText.Of($"Weights({words} + (tokens[row] * {pitch}), {pitch}).CopyTo({RowOf(x)});"));
        Body.Line(CodeText.Of($"Functions.Add({RowOf(x)}, Weights({places} + ((first + row) * {pitch}), {pitch}));"));
        Body.Close();
        for (var layer = 0; layer < layers; layer++)
        {
            var name = CodeText.Of($"h.{layer}");
            Body.Line();
            Body.Line($"// {name}: attention");
            Value keys = New(width, context, context), values = New(network.Context, width, width);
            Normalize(NormOf($"{name}.ln_1"), x, normal);
            Multiply(LinearOf($"{name}.attn.c_attn"), normal, all);
            Body.Open("for (var row = 0; row < count; row++)");
            Body.Line(CodeText.Of($"Attention.Keep({RowOf(all)}, {width}, first + row, {context}, {keys.Code}, {values.Code});"));
            Body.Line(CodeText.Of($"Attention.Row({RowOf(all)}[..{width}], {heads}, first + row + 1, ") +
                CodeText.Of($"isContinued ? first + count : Attention.TermsOf(row, count), {context}, {ScaleOf(width / heads)}, ") +
                CodeText.Of($"isContinued && count > 1, {keys.Code}, {values.Code}, {scores.Code}, {RowOf(attended)});"));
            Body.Close();
            Multiply(LinearOf($"{name}.attn.c_proj"), attended, normal);
            Body.Line($"Functions.Add({All(x)}, {All(normal)});");
            Body.Line($"// {name}: mlp");
            Normalize(NormOf($"{name}.ln_2"), x, normal);
            var first = LinearOf($"{name}.mlp.c_fc");
            var hidden = Padded(network.Context, first.Weight.Shape[0]);
            Multiply(first, normal, hidden);
            Body.Line($"Functions.Apply<Gelu>({All(hidden)});");
            Multiply(LinearOf($"{name}.mlp.c_proj"), hidden, normal);
            Free(hidden);
            Body.Line($"Functions.Add({All(x)}, {All(normal)});");
        }

        Body.Line();
        Body.Line("// ln_f and lm_head, of the last token");
        var last = Padded(1, width);
        var norm = NormOf("ln_f");
        Body.Line(CodeText.Of($"Norms.Row(Buffer({x.At} + ((count - 1) * {x.Pitch}), {width}), {NormCode(norm)}, Buffer({last.At}, {width}));"));
        return Forward("lm_head", network.LmHead, last);
    }

    private static string RowOf(Value x) => CodeText.Of($"Buffer({x.At} + (row * {x.Pitch}), {x.Pitch})");

    private static string All(Value x) => CodeText.Of($"Buffer({x.At}, count * {x.Pitch})");

    private static string ScaleOf(int width) => Identifiers.Number((float)(1 / Math.Sqrt(width))) + "f";

    private string NormCode(LayerNorm norm) =>
        $"{Weights.Add(NumbersOf(norm.Weight!.Value))}, {Weights.Add(NumbersOf(norm.Bias!.Value))}, {Identifiers.Number((float)norm.Epsilon)}f";

    private void Normalize(LayerNorm norm, Value x, Value z)
    {
        var code = NormCode(norm);
        Body.Open("for (var row = 0; row < count; row++)");
        Body.Line(CodeText.Of($"Norms.Row(Buffer({x.At} + (row * {x.Pitch}), {x.Columns}), {code}, Buffer({z.At} + (row * {z.Pitch}), {x.Columns}));"));
        Body.Close();
    }

    private void Multiply(Linear layer, Value x, Value z)
    {
        var (outputs, terms) = (layer.Weight.Shape[0], layer.Weight.Shape[1]);
        Body.Line(CodeText.Of($"Product.Rows({x.Code}, {Table(CodeText.Of($"Product.Steps({x.Rows}, {x.Pitch})"))}.AsSpan(0, count), ") +
            CodeText.Of($"{Table(CodeText.Of($"Product.Steps({terms}, 1)"))}, ") +
            CodeText.Of($"{Weights.AddPanels(NumbersOf(layer.Weight.Value), outputs, terms)}, {BiasOf(layer.Bias)}, {z.Pitch}, {z.Code});"));
    }
}
