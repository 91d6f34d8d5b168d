using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Gradus.Graphs.Tests;

public class LatexTests
{
    [Fact]
    public void The_formulas_of_all_samples_compile_where_a_TeX_is_there_and_balance_everywhere()
    {
        // given
        var formulas = Sample.Explained.Select(static row => Sample.Graph(row.Data))
            .Concat(TensorSample.Names.Select(static row => TensorSample.Graph(row.Data)))
            .SelectMany(
                static graph => graph.Nodes.Where(static node => node.Kind == GraphNodeKind.Variable).Select(node => graph.Explain(node.Name, 3).ToLatex()))
            .Append(TensorSample.Graph("modules within modules").Fold().Explain("0.0.weight").ToLatex())
            .Append(Named("θ_α{b}%#&$^~\\ – ü").ToLatex())
            .ToArray();

        // then
        Assert.All(formulas, AssertBalanced);
        if (Find("pdflatex") is { } tex) AssertCompiles(tex, string.Join("\n", formulas));
    }

    [Fact]
    public void Each_path_has_a_line_and_the_gradient_of_a_head_is_a_factor()
    {
        // when
        var latex = Sample.Evaluate("y = 3*x + x**2", "x=5", "y=2").Explain("x").ToLatex();

        // then
        Assert.Equal(
            """
            \begin{align*}
            \frac{\partial y}{\partial x} &= \frac{\partial y}{\partial t_{2}} \cdot \frac{\partial t_{2}}{\partial x} \\
            &\quad + \frac{\partial y}{\partial t_{1}} \cdot \frac{\partial t_{1}}{\partial x} \\
            &= g_{y} \cdot 1 \cdot 2 x \\
            &\quad + g_{y} \cdot 1 \cdot 3 \\
            &= 2 \cdot 1 \cdot 10 \\
            &\quad + 2 \cdot 1 \cdot 3 \\
            &= 26
            \end{align*}

            """, latex, ignoreLineEndingDifferences: true);
    }

    private static Explanation Named(string name)
    {
        var x = Tensor.Of(1.0, 2.0).Named(name).RequireGrad();
        return (x * x).Sum().Explain(x);
    }

    private static void AssertBalanced(string latex)
    {
        var bare = latex.Replace(@"\{", "").Replace(@"\}", "");
        var depth = 0;
        foreach (var character in bare)
        {
            depth += character switch { '{' => 1, '}' => -1, _ => 0 };
            Assert.True(depth >= 0, latex);
        }

        Assert.Equal(0, depth);
        Assert.Equal(Regex.Count(latex, @"\\left\b"), Regex.Count(latex, @"\\right\b"));
        Assert.Equal(Regex.Count(latex, @"\\begin\{align\*\}"), Regex.Count(latex, @"\\end\{align\*\}"));
        Assert.DoesNotMatch(@"[^\x00-\x7F]", latex);
    }

    private static void AssertCompiles(string tex, string formulas)
    {
        var folder = Directory.CreateTempSubdirectory("gradus-tex-");
        try
        {
            File.WriteAllText(
                Path.Combine(folder.FullName, "formulas.tex"),
                $"\\documentclass{{article}}\n\\usepackage{{amsmath}}\n\\allowdisplaybreaks\n\\begin{{document}}\n{formulas}\n\\end{{document}}\n");
            using var process = Process.Start(new ProcessStartInfo(tex, ["-interaction=nonstopmode", "-halt-on-error", "formulas.tex"])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
            })!;
            var log = new StringBuilder(process.StandardOutput.ReadToEnd());
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, log.ToString());
            Assert.True(File.Exists(Path.Combine(folder.FullName, "formulas.pdf")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
