namespace Gradus.Repo.Tests;

/// <summary>The samples that are published ahead of time, run with a JIT: one trains and saves, the other loads and predicts.</summary>
[Collection(nameof(ConsoleCollection))]
public class SamplesTests
{
    [Fact]
    public void A_model_that_one_sample_trains_is_read_by_the_other()
    {
        // given
        var folder = Directory.CreateTempSubdirectory("gradus-tests-");
        var file = Path.Combine(folder.FullName, "digits.safetensors");
        try
        {
            // when
            CompiledProgram.Run("aot-training.cs", File.ReadAllText(Repository.At("samples/aot-training/Program.cs")), file);
            var output = CompiledProgram.Run("aot-inference.cs", File.ReadAllText(Repository.At("samples/aot-inference/Program.cs")), file)!;

            // then
            Assert.Matches(@"\na \d, with probability 0\.\d+\npredictions [0-9A-F]{64}\n", output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
