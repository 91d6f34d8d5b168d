using System.Globalization;
using System.Text.Json;

namespace Gradus.Formats.Tests;

/// <summary>Files that PyTorch 1.13 and 2.6 wrote, held against the values that NumPy saved beside them.</summary>
public sealed class PyTorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_file_of_pytorch_reads_to_its_values_and_is_written_back()
    {
        // given
        string[] files = [.. Directory.GetFiles(SharedData.PyTorchFiles(), "*.pt", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("hostile")).Order()];
        int read = 0, tensors = 0, leftOut = 0, refused = 0;

        foreach (var file in files)
        {
            using var told = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(file, ".json")));
            if (told.RootElement.GetProperty("expect").GetString()!.StartsWith("refuse", StringComparison.Ordinal))
            {
                // when, then
                var refusal = Assert.Throws<InvalidDataException>(() => PyTorchFile.Read(file));
                Assert.Matches("TorchScript.*torch.save\\(model.state_dict\\(\\)|pickle protocol 0", refusal.Message);
                refused++;
                continue;
            }

            // when
            var contents = PyTorchFile.Read(file);
            PyTorchFile.Write(_folder["again.pt"], contents.Tensors);
            PyTorchFile.Write(_folder["once more.pt"], contents.Tensors);
            var again = PyTorchFile.Read(_folder["again.pt"]).Tensors;

            // then
            using var values = NamedArrays.Open(Path.ChangeExtension(file, ".npz"));
            Assert.Equal(contents.Tensors.Keys, again.Keys);
            Assert.Equal(File.ReadAllBytes(_folder["again.pt"]), File.ReadAllBytes(_folder["once more.pt"]));
            var left = contents.LeftOut.ToDictionary(static value => value.Name);
            foreach (var entry in told.RootElement.GetProperty("tensors").EnumerateArray())
            {
                var name = string.Join('/', entry.GetProperty("path").EnumerateArray());
                if (left.ContainsKey(name))
                {
                    leftOut++;
                    continue;
                }

                var tensor = contents.Tensors[name];
                Assert.Equal(entry.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32()), tensor.Shape);
                Assert.Equal(entry.GetProperty("dtype").GetString(), tensor.DType == DType.Int32 ? "uint16" : tensor.DType.ToString().ToLowerInvariant());
                Same(values.Read(entry.GetProperty("npz").GetString()!).Numbers!, tensor, $"{file}: {name}");
                Same(tensor, again[name], $"{file}: {name}, written back");
                tensors++;
            }

            foreach (var entry in told.RootElement.GetProperty("other").EnumerateArray())
            {
                var name = string.Join('/', entry.GetProperty("path").EnumerateArray());
                Assert.Equal(Text(entry.GetProperty("value")), Text(contents.Values[name]));
            }

            read++;
        }

        Assert.Equal((33, 4), (read, refused));
        Assert.Equal((1126, 5), (tensors, leftOut));
    }

    // Numbers as JSON has them, so that 1 and 1.0 are one.
    private static string Text(object? value) => value switch
    {
        null => "",
        byte[] bytes => $"b'{string.Concat(bytes.Select(static part => $"\\x{part:x2}"))}'",
        object?[] items => $"[{string.Join(", ", items.Select(Text))}]",
        JsonElement { ValueKind: JsonValueKind.Array } items => $"[{string.Join(", ", items.EnumerateArray().Select(static item => Text(item)))}]",
        JsonElement { ValueKind: JsonValueKind.Number } number => Text(number.GetRawText()),
        JsonElement element => element.ToString(),
        double real => real.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant(),
        _ => FormattableString.Invariant($"{value}"),
    };

    private static void Same(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (x, y) = (expected.To(DType.Float64).ToArray<double>(), actual.To(DType.Float64).ToArray<double>());
        for (var at = 0; at < x.Length; at++)
        {
            Assert.True(BitConverter.DoubleToInt64Bits(x[at]) == BitConverter.DoubleToInt64Bits(y[at]), $"{what}: element {at} is {y[at]}, expected {x[at]}");
        }
    }
}
