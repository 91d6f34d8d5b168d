using System.Diagnostics;
using System.Text;
using Gradus.Formats;
using Gradus.Testing;

namespace Gradus.Onnx.Tests;

/// <summary>Files that are damaged, or made to do harm.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gradus-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ten_thousand_damaged_files_are_refused_or_read_and_do_no_harm()
    {
        // given
        byte[][] good = [Make.Bytes(Make.Perceptron()), Make.Bytes(Make.Branches()), Make.Bytes(Make.Functions())];
        byte[][] words =
        [
            [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            [0x08, 0x01], [0x10, 0x07], [0x12, 0x00], [0x0A, 0xFF, 0x7F],
            .. new[] { "Loop", "If", "Scan", "Reshape", "Cast", "Constant", "then_branch", "body", "x", "two", "ai.onnx" }.Select(Encoding.UTF8.GetBytes),
        ];
        var slowest = TimeSpan.Zero;

        // when
        var (refused, read) = Fuzz.Run(good, words, 10_000, bytes =>
        {
            var watch = Stopwatch.StartNew();
            try
            {
                _ = OnnxModel.Load(new MemoryStream(bytes), name: "damaged.onnx");
                return true;
            }
            catch (Exception exception) when (exception is InvalidDataException or GradusException)
            {
                Assert.Contains("damaged.onnx", exception.Message);
                return false;
            }
            finally
            {
                if (watch.Elapsed > slowest) slowest = watch.Elapsed;
            }
        });

        // then
        Assert.InRange(refused, 5000, 10_000);
        Assert.InRange(read, 1, 10_000);
        Assert.True(slowest < TimeSpan.FromSeconds(2), $"{slowest}");
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../secret.data")]
    [InlineData("a/../../secret.data")]
    [InlineData("C:/secret.data")]
    [InlineData("..\\secret.data")]
    [InlineData("link.data")]
    [InlineData("linked/secret.data")]
    [InlineData("")]
    public void Data_in_another_file_are_read_from_below_the_folder_of_the_model_alone(string location)
    {
        // given
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows links need rights of their own.");
        var inside = Directory.CreateDirectory(Path.Combine(_folder, "model")).FullName;
        File.WriteAllBytes(Path.Combine(_folder, "secret.data"), new byte[8]);
        File.CreateSymbolicLink(Path.Combine(inside, "link.data"), Path.Combine(_folder, "secret.data"));
        Directory.CreateSymbolicLink(Path.Combine(inside, "linked"), _folder);
        var path = Path.Combine(inside, "model.onnx");
        File.WriteAllBytes(path, Make.Bytes(External(location, "0", "8")));

        // when
        var fault = Assert.Throws<InvalidDataException>(() => OnnxModel.Load(path));

        // then
        Assert.Contains("tensor 'w'", fault.Message);
    }

    [Theory]
    [InlineData("0", "9", "9 bytes of data, expected 8")]
    [InlineData("4", "8", "bytes 4 to 12")]
    [InlineData("-4", "8", "expected a whole number")]
    [InlineData("9223372036854775807", "8", "which has 8")]
    public void Data_in_another_file_must_be_there(string offset, string length, string message)
    {
        // given
        File.WriteAllBytes(Path.Combine(_folder, "w.data"), new byte[8]);
        var path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, Make.Bytes(External("w.data", offset, length)));

        // when
        var fault = Assert.Throws<InvalidDataException>(() => OnnxModel.Load(path));

        // then
        Assert.Contains(message, fault.Message);
    }

    [Fact]
    public void Data_in_another_file_are_read()
    {
        // given
        File.WriteAllBytes(Path.Combine(_folder, "w.data"), [0, 0, 0, 0, .. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(3f)]);
        var path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, Make.Bytes(External("w.data", "4", "8")));

        // when
        var result = OnnxModel.Load(path).Forward(Tensor.Of(10f, 100f));

        // then
        Assert.Equal([20f, 300f], result.ToArray<float>());
    }

    [Fact]
    public void What_calls_itself_is_refused()
    {
        // given
        var model = Make.Functions();
        var inner = Make.Node("Affine", ["in"], ["again"]);
        inner.Domain = "local";
        model.Functions[0].Nodes.Insert(0, inner);

        // when
        var fault = Assert.Throws<InvalidDataException>(() => Make.Load(model));

        // then
        Assert.Contains("functions that call each other", fault.Message);
    }

    [Fact]
    public void Functions_that_grow_without_end_are_refused()
    {
        // given
        var model = Make.Functions();
        model.Functions.Clear();
        for (var level = 0; level < 12; level++)
        {
            var function = new FunctionProto { Name = level == 0 ? "Affine" : $"f{level}", Domain = "local" };
            function.Inputs.Add("in");
            function.Outputs.Add("o9");
            function.OperatorSets.AddRange([new OperatorSetId("", 17), new OperatorSetId("local", 1)]);
            for (var index = 0; index < 10; index++)
            {
                var call = Make.Node(level == 11 ? "Neg" : $"f{level + 1}", [index == 0 ? "in" : $"o{index - 1}"], [$"o{index}"]);
                call.Domain = level == 11 ? "" : "local";
                function.Nodes.Add(call);
            }

            model.Functions.Add(function);
        }

        // when
        var fault = Assert.Throws<InvalidDataException>(() => Make.Load(model));

        // then
        Assert.Contains("nodes", fault.Message);
    }

    [Fact]
    public void What_waits_for_itself_is_refused()
    {
        // given
        var model = Make.Model(Make.GraphOf(
            [Make.Info("x", DType.Float32, 2)], [Make.Node("Add", ["x", "b"], ["a"]), Make.Node("Neg", ["a"], ["b"])], [Make.Info("b", DType.Float32, 2)]));

        // when
        var fault = Assert.Throws<InvalidDataException>(() => Make.Load(model));

        // then
        Assert.Contains("waits for what is computed from it", fault.Message);
    }

    private static ModelProto External(string location, string offset, string length)
    {
        var model = Make.Model(Make.GraphOf(
            [Make.Info("x", DType.Float32, 2)], [Make.Node("Mul", ["x", "w"], ["y"])], [Make.Info("y", DType.Float32, 2)], ("w", Tensor.Of(1f, 2f))));
        var tensor = model.Graph!.Initializers[0];
        tensor.IsExternal = true;
        tensor.External.AddRange([new("location", location), new("offset", offset), new("length", length)]);
        return model;
    }
}
