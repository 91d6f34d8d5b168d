namespace Gradus.Onnx.Tests.Export;

public class ExportedLayersTests
{
    [Fact]
    public void Explore()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        foreach (var (name, spec) in ExportCases.All)
        {
            foreach (var opset in (int[])[13, 17, 20, 26])
            {
                var text = "?";
                try
                {
                    var module = spec.Make();
                    module.Initialize(1);
                    module.To(DType.Float32);
                    var inputs = spec.InputsIn(DType.Float32);
                    var path = Path.Combine(folder, "m.onnx");
                    module.SaveOnnx(path, x => [spec.Run(module, x)], inputs, new() { Opset = opset, BatchAxes = ExportCases.BatchAxes(name), DynamicBatch = !ExportCases.Static.ContainsKey(name) });
                    using var run = new OnnxRun(path);
                    module.Eval();
                    using var no = GradMode.Disable();
                    var worst = 0.0;
                    foreach (var batch in (int[])[1, 4])
                    {
                        var x = ExportCases.Inputs(name, inputs, batch);
                        worst = Math.Max(worst, ExportCheck.Difference(spec.Run(module, x), run.Run(x)[0]));
                    }

                    text = $"{worst:g2}";
                }
                catch (Exception e)
                {
                    text = e.GetType().Name + " " + e.Message.Split('\n')[0];
                }

                if (!double.TryParse(text, out var d) || d > 1e-5) Console.WriteLine($"{name} @ {opset}: {text}");
            }
        }
    }
}
