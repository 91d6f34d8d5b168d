using System.Globalization;
using Gradus.Nn.Tests.Layers;

namespace Gradus.Onnx.Tests.Export;

/// <summary>Every layer and model as files that ONNX Runtime runs on batches of two sizes, and the table of docs/onnx-export.md.</summary>
public class ExportedLayersTests
{
    private const string Heading = "## Layers and models";
    private const double Tolerance = 1e-5;

    private static readonly int[] Opsets = [13, 17, 20, 26];
    private static readonly int[] Batches = [1, 4];

    // One operator of ONNX that Gradus reads as several of its own.
    [Fact]
    public void ONNX_Runtime_computes_what_every_layer_does_and_the_page_says_how()
    {
        // when
        var rows = ExportCases.All.Select(static entry => Row(entry.Key, entry.Value)).ToArray();

        // then
        Assert.Equal([], rows.Where(static row => !(row.Worst <= Tolerance)).Select(static row => FormattableString.Invariant($"{row.Line}: {row.Worst}")));
        var cells = rows.Select(static row => row.Line.Split('|', StringSplitOptions.TrimEntries));
        var single = cells.Where(static row => !row[2].Contains(' ', StringComparison.Ordinal));
        Assert.Equal([], single.Where(static row => row[4] != "same bits").Select(static row => row[1]));
        Compare(rows);
    }

    private static void Compare((string Line, double Worst)[] rows)
    {
        var file = Path.Combine(Repository(), "docs", "onnx-export.md");
        var page = File.ReadAllText(file);
        var head = page[..(page.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length)];
        string[] lines =
        [
            "",
            $"Written by a test (`GRADUS_UPDATE=1` rewrites it) that runs each file by ONNX Runtime, with batches of {Batches[0]} and {Batches[1]}, " +
            $"at opsets {string.Join(", ", Opsets)}, and by Gradus. A difference is the worst one, as a part of the greatest number or of 1.",
            "", "| layer or model | at 17 | where another version differs | read by Gradus | by ONNX Runtime, difference below |", "|---|---|---|---|---|",
            .. rows.Select(static row => row.Line),
            "", "Of a fixed batch, the example's:", "", .. ExportCases.Static.Select(static entry => $"* {entry.Key}: {entry.Value}."),
        ];
        // How far numbers are off is the machine's.
        static IEnumerable<string> Structure(IEnumerable<string> lines) =>
            lines.Select(static line => line.LastIndexOf(" | ", StringComparison.Ordinal) is > 0 and var end ? line[..end] : line);
        if (Structure(lines).SequenceEqual(Structure(page[head.Length..].TrimEnd('\n').Split('\n').Skip(1)))) return;
        if (Environment.GetEnvironmentVariable("GRADUS_UPDATE") == "1") File.WriteAllText(file, head + "\n" + string.Join('\n', lines) + "\n");
        else Assert.Fail("docs/onnx-export.md is not what is exported. Run the test again with GRADUS_UPDATE=1 and review the file.");
    }

    private static (string Line, double Worst) Row(string name, ModuleSpec spec)
    {
        using var folder = new ExportFolder();
        using var noGrad = GradMode.Disable();
        var module = spec.Make();
        module.Initialize(1);
        module.To(DType.Float32);
        module.Eval();
        var inputs = spec.InputsIn(DType.Float32);
        var (forms, worst, back, back17) = (new Dictionary<int, string>(), 0.0, 0.0, 0.0);
        foreach (var opset in Opsets)
        {
            var path = folder.At(FormattableString.Invariant($"{opset}.onnx"));
            module.SaveOnnx(path, x => [spec.Run(module, x)], inputs, new()
            {
                Opset = opset,
                BatchAxes = ExportCases.BatchAxes(name),
                DynamicBatch = !ExportCases.Static.ContainsKey(name),
            });
            forms[opset] = ExportedFile.Operators(ExportedFile.Read(path));
            using var run = new OnnxRun(path);
            var read = OnnxModel.Load(path);
            foreach (var batch in Batches)
            {
                var x = ExportCases.Inputs(name, inputs, batch);
                var expected = spec.Run(module, x);
                worst = Math.Max(worst, ExportCheck.Difference(expected, run.Run(x)[0]));
                var difference = ExportCheck.Difference(expected, read.Run(x)[0]);
                (back, back17) = (Math.Max(back, difference), opset == 17 ? Math.Max(back17, difference) : back17);
            }
        }

        var others = Opsets.Where(opset => forms[opset] != forms[17]).GroupBy(opset => forms[opset])
            .Select(static group => $"{string.Join(", ", group)}: {group.Key}");
        var read17 = back17 == 0 ? "same bits" : "close";
        return ($"| {name} | {forms[17]} | {string.Join("; ", others)} | {read17} | {Bound(worst)} |", Math.Max(worst, back));
    }

    private static string Bound(double worst) => worst == 0 ? "0" : Math.Pow(10, Math.Ceiling(Math.Log10(worst))).ToString("g1", CultureInfo.InvariantCulture);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Gradus.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
