using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gradus.Compare;
using Gradus.Testing;
using Gradus.Testing.Specs;

namespace Gradus.Repo.Tests;

/// <summary>docs/operators.md: what there is, from the specs, the rows and their documentation.</summary>
internal static partial class OperatorTable
{
    private static readonly Lazy<Dictionary<string, string>> Documentation = new(static () =>
        XDocument.Load(Path.ChangeExtension(typeof(Tensor).Assembly.Location, ".xml")).Descendants("member")
            .Select(static member => (Name: member.Attribute("name")!.Value.Split('(', '`')[0], Summary: member.Element("summary")))
            .Where(static member => member.Summary is not null)
            .GroupBy(static member => member.Name).ToDictionary(static group => group.Key, static group => FirstSentence(group.First().Summary!)));

    /// <summary>The specs of each family: the classes of specs.</summary>
    public static IEnumerable<(string Family, OpSpec[] Specs)> Families => typeof(OpSpecs).Assembly.GetTypes()
        .Where(static type => type.Namespace == typeof(OpSpecs).Namespace && type != typeof(OpSpecs))
        .Select(static type => (type.Name, All: type.GetProperty("All", BindingFlags.Static | BindingFlags.Public)?.GetValue(null) as IEnumerable<OpSpec>))
        .Where(static family => family.All is not null)
        .Select(static family => (family.Name, family.All!.OrderBy(static spec => spec.Name, StringComparer.Ordinal).ToArray()))
        .OrderBy(static family => family.Name, StringComparer.Ordinal);

    /// <summary>The lines of the file.</summary>
    public static IEnumerable<string> Lines()
    {
        yield return "# The operators";
        yield return "";
        yield return "Written by a test (`GRADUS_UPDATE=1` rewrites it) from the table of operators and its specs. Each is checked by the battery: values, " +
            "types, views, broadcasting, gradients, bits, errors.";
        yield return "";
        yield return "* **Elements**: *any*, *numbers* (i32, i64, f32, f64), *floats* (f32, f64) or *bool*; f16 and bf16 are computed as f32. After an " +
            "arrow: what comes out, where it is another type.";
        yield return "* **Gradient**: of *any order*; *zero* wherever there is one; *none*, since what comes out are no real numbers or the place of the " +
            "input alone.";
        yield return "* **How**: *kernel*; *fused* (a kernel beside a composed twin, which is its specification); *fast gradient* (a kernel for the " +
            "derivative beside its rule); *view*; *composed* of other operators.";
        yield return "* **PyTorch**: compared on random cases, see [parity.md](parity.md).";
        foreach (var (family, specs) in Families)
        {
            yield return "";
            yield return $"## {Words().Replace(family, static word => " " + word.Value.ToLowerInvariant())}";
            yield return "";
            yield return "| operator | what it computes | elements | gradient | how | PyTorch |";
            yield return "|---|---|---|---|---|---|";
            foreach (var spec in specs)
            {
                yield return $"| {spec.Name} | {Escape(Summary(spec))} | {Elements(spec)} | {Gradient(spec)} | {How(spec)} | " +
                    $"{(IsCompared(spec) ? "yes" : "")} |";
            }
        }
    }

    /// <summary>Whether compare.py tries it, in one form or another.</summary>
    public static bool IsCompared(OpSpec spec) =>
        Operations.All.Keys.Select(static name => name.Split('.')[0]).Any(name => name == spec.Name || name == FormOf(spec));

    /// <summary>The first sentence of what the row or the method says of itself.</summary>
    public static string Summary(OpSpec spec)
    {
        if (spec.Row is not null) return Documentation.Value.GetValueOrDefault($"F:Gradus.Ops.{spec.Name}", "");
        var methods = Methods.SpecOf.Where(pair => pair.Value == spec.Name).Select(static pair => pair.Key).Prepend(spec.Name);
        return methods.Select(static name => Documentation.Value.GetValueOrDefault($"M:Gradus.Tensor.{name}")
            ?? Documentation.Value.GetValueOrDefault($"P:Gradus.Tensor.{name.Replace("get_", "", StringComparison.Ordinal)}"))
                .FirstOrDefault(static text => text is not null)
            ?? (FormOf(spec) is { } form ? Documentation.Value[$"M:Gradus.Tensor.{form}"] : Documentation.Value["P:Gradus.Tensor.Part"]);
    }

    /// <summary>The method that a spec such as PadReflect or Norm1 tries one form of; null where the spec is the row's or the method's own.</summary>
    private static string? FormOf(OpSpec spec) => spec.Row is not null || Documentation.Value.ContainsKey($"M:Gradus.Tensor.{spec.Name}") ? null
        : Enumerable.Range(1, spec.Name.Length - 1)
            .Select(length => spec.Name[..^length]).FirstOrDefault(static name => Documentation.Value.ContainsKey($"M:Gradus.Tensor.{name}"));

    private static string Elements(OpSpec spec)
    {
        var types = spec.Types.Order().ToArray();
        var given = types.SequenceEqual(OpSpec.AllTypes.Order()) ? "any"
            : types.SequenceEqual(OpSpec.Numbers.Order()) ? "numbers"
            : types.SequenceEqual(OpSpec.Floats.Order()) ? "floats"
            : string.Join(", ", types.Select(static type => type.ShortName));
        var results = types.Select(spec.Result).ToArray();
        if (results.SequenceEqual(types)) return given;
        var distinct = results.Distinct().ToArray();
        return $"{given} → {(distinct.Length == 1 ? distinct[0].ShortName : distinct.All(static type => type.IsFloat) ? "floats" : "numbers")}";
    }

    private static string Gradient(OpSpec spec)
    {
        if (!spec.Types.Contains(DType.Float64) || !spec.Result(DType.Float64).IsFloat) return "none";
        var gradients = spec.Cases.Where(static use => !use.IsLarge).SelectMany(static use =>
        {
            var inputs = Samples.Tensors(use, Samples.Draw(use, DType.Float64), DType.Float64);
            var variables = inputs.Where(static input => input.DType.IsFloat).Select(static input => input.RequireGrad()).ToArray();
            var output = use.Apply(inputs)[0];
            return output.Node is null ? [] : Autograd.Grad([output], variables, [Tensor.Ones(output.Shape, output.DType)]);
        }).OfType<Tensor>().Where(static gradient => gradient.Count > 0).ToArray();
        return gradients.Length == 0 ? "none"
            : gradients.All(static gradient => gradient.ToArray<double>().All(static value => value == 0)) ? "zero"
            : "any order";
    }

    private static string How(OpSpec spec)
    {
        if (spec.Row is not { } row) return "composed";
        var type = row.GetType();
        if (type.Name.StartsWith("View", StringComparison.Ordinal)) return "view";
        var (isFast, isFused) = (row.HasFastRule, row.IsFused);
        return (isFused ? "fused" : "kernel") + (isFast ? ", fast gradient" : "");
    }

    private static string FirstSentence(XElement summary)
    {
        var text = string.Concat(summary.Nodes().Select(static node => node is XElement element
            ? element.Attribute("cref")?.Value.Split('(')[0].Split('.')[^1] ?? element.Attribute("name")?.Value ?? element.Value
            : ((XText)node).Value));
        var sentence = Sentence().Match(Spaces().Replace(text, " ").Trim());
        return sentence.Success ? sentence.Value : text.Trim();
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    [GeneratedRegex(@"^.*?[.](?=\s|$)")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Words();
}
